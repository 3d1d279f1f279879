import type { ValueSpec } from '../../data/frame';
import { EngineError } from '../../errors';
import { createRng, shuffleInPlace } from '../../rng';
import type { ParentColumns } from '../mechanism';
import { softmax } from '../softmaxRegression';
import { spreadOf } from '../spread';
import { binColumns, fitBins } from './binning';
import {
  type BoostInput,
  type BoostOptions,
  boostAll,
  boostFolds,
  type Loss,
  readyForest,
  steadyGrowth,
} from './boosting';
import { absoluteLoss, quantileLoss, softmaxLoss, squaredLoss } from './losses';

/** What is predicted: a mean, a median, a quantile, the odds of code 1, or the odds of each of several codes. */
export type Objective =
  | { readonly kind: 'squared' }
  | { readonly kind: 'absolute' }
  | { readonly kind: 'quantile'; readonly tau: number }
  | { readonly kind: 'logistic' }
  | { readonly kind: 'softmax'; readonly levels: number };

export interface LearnerInput {
  readonly features: readonly ValueSpec[];
  /** Shape (n,) each, NaN for missing. */
  readonly columns: ParentColumns;
  /** Shape (n,): numbers, or codes from 0. */
  readonly outcome: Float64Array;
  readonly weights: Float64Array;
  readonly objective: Objective;
  readonly seed: number;
  /** Direction of each feature's effect: 1 never falls, -1 never rises, 0 free. */
  readonly directions?: Int8Array;
  readonly options?: Partial<BoostOptions>;
}

/** Boosted trees by themselves, for regression or classification. */
export interface BoostedLearner {
  /** Number of rounds, chosen on rows left out. */
  readonly rounds: number;
  /** The mean, median or quantile of each row. For classes: the probability of each code, row-major (rows, levels). */
  predict(columns: ParentColumns, rows: number): Float64Array;
}

const FOLDS = 4;

/**
 * Gradient boosting on histograms, started from the best constant; the number of rounds is the one with the least loss on rows left
 * out of four folds (stratified by class), then all rows are used.
 * @throws EngineError `too-few-rows` below 8 rows.
 * @see Greedy Function Approximation: A Gradient Boosting Machine, Annals of Statistics 29 (2001), sections 4 and 5.
 */
export function boostedLearner(input: LearnerInput): BoostedLearner {
  const { features, columns, outcome, weights, objective, seed, directions, options } = input;
  const n = outcome.length;
  if (n < 2 * FOLDS) throw new EngineError('too-few-rows', `Boosted trees need at least ${2 * FOLDS} rows, got ${n}.`);
  const bins = fitBins(features, columns);
  const loss = lossOf(objective, outcome, weights);
  const isClass = objective.kind === 'logistic' || objective.kind === 'softmax';
  const boost: BoostInput = {
    features: bins,
    binned: binColumns(bins, columns, n),
    weights,
    loss,
    options: {
      ...steadyGrowth,
      leastWeight: isClass ? 4 : 12,
      penalty: 4,
      ...(directions ? { directions } : {}),
      ...options,
    },
  };
  const fold = foldsOf(outcome, isClass, seed);
  const base = constants(objective, outcome, weights);
  const start = () => base.map((constant) => new Float64Array(n).fill(constant));
  const rounds = boostFolds(boost, fold, Array.from({ length: FOLDS }, start), weights);
  const forest = readyForest(bins, boostAll(boost, rounds, start()));
  return {
    rounds,
    predict(given, rows) {
      const outputs = base.map((constant) => new Float64Array(rows).fill(constant));
      forest(given, outputs);
      return isClass ? softmax(outputs, rows) : outputs[0]!;
    },
  };
}

function lossOf(objective: Objective, outcome: Float64Array, weights: Float64Array): Loss {
  switch (objective.kind) {
    case 'squared':
      return squaredLoss(outcome);
    case 'absolute':
      return absoluteLoss(outcome, spreadOf(outcome, weights));
    case 'quantile':
      return quantileLoss(outcome, objective.tau, spreadOf(outcome, weights));
    case 'logistic':
      return softmaxLoss(outcome, 2);
    case 'softmax':
      return softmaxLoss(outcome, objective.levels);
  }
}

/** The best prediction without features, one number an output. */
function constants(objective: Objective, outcome: Float64Array, weights: Float64Array): number[] {
  let total = 0;
  for (const w of weights) total += w;
  if (objective.kind === 'squared') return [outcome.reduce((sum, y, i) => sum + weights[i]! * y, 0) / total];
  if (objective.kind === 'absolute' || objective.kind === 'quantile') {
    const tau = objective.kind === 'quantile' ? objective.tau : 0.5;
    const loss = quantileLoss(outcome, tau, 1);
    return [loss.leafValue!([new Float64Array(outcome.length)], 0, weights, Uint32Array.from(outcome.keys()))];
  }
  const levels = objective.kind === 'softmax' ? objective.levels : 2;
  // Half a row for each class keeps the odds of an unseen one finite.
  const counts = new Float64Array(levels).fill(0.5);
  outcome.forEach((code, i) => {
    counts[code]! += weights[i]!;
  });
  return Array.from(counts.subarray(1), (count) => Math.log(count / counts[0]!));
}

function foldsOf(outcome: Float64Array, isClass: boolean, seed: number): Uint8Array {
  const order = shuffleInPlace(Int32Array.from(outcome.keys()), createRng(seed, 'learner-folds'));
  // Dealing out class by class spreads a rare one over all folds; the sort keeps the shuffled order within a class.
  if (isClass) order.sort((a, b) => outcome[a]! - outcome[b]!);
  const fold = new Uint8Array(outcome.length);
  order.forEach((row, at) => {
    fold[row] = at % FOLDS;
  });
  return fold;
}
