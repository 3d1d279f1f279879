import type { ParentColumns } from '../mechanism';
import { binColumns, type FeatureBins } from './binning';
import { addTree, growTree, type Tree } from './tree';

export const LEARNING_RATE = 0.15;
const MOST_ROUNDS = 120;
/** Rounds without a better out-of-fold loss after which boosting stops. */
const PATIENCE = 5;

/** One or more trees a round (several for the levels of a category), added to a base predictor. */
export interface Loss {
  /** Number of predictors: 1, or levels - 1. */
  readonly outputs: number;
  /** Called once a round, before `derivatives`: work that all outputs share. */
  beginRound?(predictors: readonly Float64Array[]): void;
  /** Fills gradient and hessian of output k at the given predictors; rows with zero weight get zeros. */
  derivatives(
    predictors: readonly Float64Array[],
    k: number,
    weights: Float64Array,
    gradient: Float64Array,
    hessian: Float64Array,
  ): void;
  /** Loss of each row at the given predictors, unweighted. */
  rowLoss(predictors: readonly Float64Array[], out: Float64Array): void;
}

export interface BoostInput {
  readonly features: readonly FeatureBins[];
  readonly binned: readonly Uint8Array[];
  readonly weights: Float64Array;
  readonly loss: Loss;
  /** Least sum of hessians in a leaf and the penalty on leaf values. */
  readonly leastWeight: number;
  readonly penalty: number;
}

/** Adds one round of trees to the predictors, in place; returns the trees. */
export function boostRound(
  input: BoostInput,
  weights: Float64Array,
  predictors: Float64Array[],
  scratch: Scratch,
): Tree[] {
  const { features, binned, loss } = input;
  const trees: Tree[] = [];
  loss.beginRound?.(predictors);
  for (let k = 0; k < loss.outputs; k++) {
    loss.derivatives(predictors, k, weights, scratch.gradient, scratch.hessian);
    trees.push(growTree(features, binned, scratch.gradient, scratch.hessian, input, scratch.assigned));
  }
  trees.forEach((tree, k) => {
    addTree(tree, binned, LEARNING_RATE, predictors[k]!);
  });
  return trees;
}

export interface Scratch {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly assigned: Uint8Array;
}
export const createScratch = (rows: number): Scratch => ({
  gradient: new Float64Array(rows),
  hessian: new Float64Array(rows),
  assigned: new Uint8Array(rows),
});

/**
 * Boosts all folds side by side, so that the number of rounds is chosen on rows left out of fitting.
 * @param foldPredictors Base predictors of each fold's model on all rows; left at the best round's state.
 * @param rowWeights Importance of each row in the out-of-fold loss.
 * @returns The best number of rounds; 0 when no tree helps.
 */
export function boostFolds(
  input: BoostInput,
  fold: Uint8Array,
  foldPredictors: Float64Array[][],
  rowWeights: Float64Array,
): number {
  const n = fold.length;
  const folds = foldPredictors.length;
  const scratch = createScratch(n);
  const trainWeights = foldPredictors.map((_, f) => input.weights.map((w, i) => (fold[i] === f ? 0 : w)));
  const loss = new Float64Array(n);
  const outOfFoldLoss = () => {
    let sum = 0;
    for (let f = 0; f < folds; f++) {
      input.loss.rowLoss(foldPredictors[f]!, loss);
      for (let i = 0; i < n; i++) if (fold[i] === f) sum += rowWeights[i]! * loss[i]!;
    }
    return sum;
  };
  let best = outOfFoldLoss();
  let bestRound = 0;
  let kept = foldPredictors.map((outputs) => outputs.map((p) => p.slice()));
  for (let round = 1; round <= MOST_ROUNDS && round - bestRound <= PATIENCE; round++) {
    for (let f = 0; f < folds; f++) boostRound(input, trainWeights[f]!, foldPredictors[f]!, scratch);
    const now = outOfFoldLoss();
    if (now < best) {
      best = now;
      bestRound = round;
      kept = foldPredictors.map((outputs) => outputs.map((p) => p.slice()));
    }
  }
  foldPredictors.forEach((outputs, f) => {
    outputs.forEach((p, k) => {
      p.set(kept[f]![k]!);
    });
  });
  return bestRound;
}

/** Fits `rounds` rounds on all rows, starting from the base predictors, which are changed in place. */
export function boostAll(input: BoostInput, rounds: number, predictors: Float64Array[]): Tree[][] {
  const scratch = createScratch(input.weights.length);
  return Array.from({ length: rounds }, () => boostRound(input, input.weights, predictors, scratch));
}

/** Adds the trees of output k of every round to `out`. */
export function addForest(
  features: readonly FeatureBins[],
  rounds: readonly (readonly Tree[])[],
  parents: ParentColumns,
  outputs: readonly Float64Array[],
): void {
  if (rounds.length === 0) return;
  const binned = binColumns(features, parents, outputs[0]!.length);
  for (const trees of rounds)
    trees.forEach((tree, k) => {
      addTree(tree, binned, LEARNING_RATE, outputs[k]!);
    });
}
