import { dealFolds, foldsOfUnits } from '../data/folds';
import type { ValueSpec } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { binColumns, fitBins } from '../mechanisms/trees/binning';
import { boostFolds, steadyGrowth } from '../mechanisms/trees/boosting';
import { softmaxLoss, squaredLoss } from '../mechanisms/trees/losses';
import { createRng, shuffleInPlace } from '../rng';
import type { Variable } from './dependenceTest';
import { splineDesign } from './design';
import { createRegression, linearResidual } from './residuals';
import { scoresOf } from './variable';

const FOLDS = 5;
const LEAST_WEIGHT = { mean: 12, probability: 3 };
const LEAF_PENALTY = 4;

/** What is predicted: a mean of numbers, or the probability of a 1 among 0 and 1. */
type BoostedKind = 'mean' | 'probability';

/** How rows are split and weighed when predictions are cross-fitted. */
export interface CrossFit {
  /** Fold of each row: it is predicted by the model that has not seen its fold. */
  readonly fold: Uint8Array;
  readonly folds: number;
  /** Weight of each row in learning, and in choosing the number of trees. */
  readonly trained: Float64Array;
  readonly scored: Float64Array;
}

/**
 * Out-of-fold predictions of y by boosted trees on top of spline regressions (`mean`) or of the share of ones
 * (`probability`): every row is predicted by a model that has not seen its fold, and the number of trees is chosen on the
 * rows left out.
 * @param features Columns without missing values; without any the prediction is the mean of the other folds.
 * @see Double/debiased machine learning for treatment and structural parameters, Econometrics Journal 21 (2018), section 3.
 */
export function crossFittedBoost(
  features: readonly Variable[],
  y: Float64Array,
  kind: BoostedKind,
  { fold, folds, trained, scored }: CrossFit,
): Float64Array {
  const columns = features.map(scoresOf);
  const bins = fitBins(features.map(specOf), columns);
  const base = Array.from({ length: folds }, (_, f) => {
    const weights = trained.map((weight, row) => (fold[row] === f ? 0 : weight));
    return [kind === 'mean' ? splineBase(features, y, weights) : shareBase(y, weights)];
  });
  if (features.length > 0) {
    boostFolds(
      {
        features: bins,
        binned: binColumns(bins, columns, y.length),
        weights: trained,
        loss: kind === 'mean' ? squaredLoss(y) : softmaxLoss(y, 2),
        options: { ...steadyGrowth, leastWeight: LEAST_WEIGHT[kind], penalty: LEAF_PENALTY },
      },
      fold,
      base,
      scored,
    );
  }
  return y.map((_, row) => {
    const predictor = base[fold[row]!]![0]![row]!;
    return kind === 'mean' ? predictor : 1 / (1 + Math.exp(-predictor));
  });
}

/** Five random folds from a fixed stream, of whole units, stratified by y for probabilities: equal data give equal predictions. */
function fiveFolds(y: Float64Array, kind: BoostedKind, units: RowUnits | null): CrossFit {
  const ones = new Float64Array(y.length).fill(1);
  if (units) {
    const folds = foldsOfUnits(FOLDS, units);
    const stratum = (row: number) => (kind === 'probability' ? y[row]! : 0);
    const fold = dealFolds({ rows: y.length, folds, stratum, units }, createRng(0, 'boosted-folds'));
    return { fold, folds, trained: ones, scored: ones };
  }
  return { fold: drawFolds(y, kind), folds: FOLDS, trained: ones, scored: ones };
}

function drawFolds(y: Float64Array, kind: BoostedKind): Uint8Array {
  const order = shuffleInPlace(
    Int32Array.from(y, (_, row) => row),
    createRng(0, 'boosted-folds'),
  );
  if (kind === 'probability') order.sort((a, b) => y[a]! - y[b]!);
  const fold = new Uint8Array(y.length);
  order.forEach((row, i) => {
    fold[row] = i % FOLDS;
  });
  return fold;
}

const specOf = (feature: Variable, index: number): ValueSpec => ({
  name: String(index),
  kind: feature.kind === 'numeric' ? 'continuous' : feature.kind === 'ordinal' ? 'ordinal' : 'nominal',
  levels: feature.kind === 'numeric' ? null : Array.from({ length: feature.levels }, (_, level) => String(level)),
  decimals: 0,
  datePattern: null,
});

/** Spline regression with these weights, as predictions of all rows. */
function splineBase(features: readonly Variable[], y: Float64Array, weights: Float64Array): Float64Array {
  const used = weights.reduce((sum, weight) => sum + Number(weight > 0), 0);
  const design = splineDesign(features, used);
  const residual = linearResidual(createRegression(design.matrix(features, y.length), weights), y);
  return y.map((value, row) => value - residual[row]!);
}

function shareBase(y: Float64Array, weights: Float64Array): Float64Array {
  let ones = 0.5;
  let rows = 1;
  y.forEach((value, row) => {
    ones += weights[row]! * value;
    rows += weights[row]!;
  });
  return new Float64Array(y.length).fill(Math.log(ones / (rows - ones)));
}

/** Residual columns by cross-fitted boosting: one for numbers and orders (as scores), one a level but the first else. */
export function boostedResiduals(
  features: readonly Variable[],
  variable: Variable,
  units: RowUnits | null = null,
): Float64Array[] {
  if (variable.kind !== 'categorical') {
    const scores = scoresOf(variable);
    const predicted = crossFittedBoost(features, scores, 'mean', fiveFolds(scores, 'mean', units));
    return [scores.map((value, row) => value - predicted[row]!)];
  }
  return Array.from({ length: variable.levels - 1 }, (_, i) => {
    const indicator = variable.codes.map((code) => Number(code === i + 1));
    const predicted = crossFittedBoost(features, indicator, 'probability', fiveFolds(indicator, 'probability', units));
    return indicator.map((value, row) => value - predicted[row]!);
  });
}
