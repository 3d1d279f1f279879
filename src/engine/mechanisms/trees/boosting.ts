import type { ParentColumns } from '../mechanism';
import { binColumns, type FeatureBins } from './binning';
import { addGrownTree, addTree, addTreeTo, type GrowOptions, growTree, type Tree } from './tree';

/** How trees are grown and added. */
export interface BoostOptions extends GrowOptions {
  /** Share of each tree's step that is taken. */
  readonly rate: number;
  readonly mostRounds: number;
  /** Rounds without a better out-of-fold loss after which boosting stops. */
  readonly patience: number;
}

/** Steps small enough that the number of rounds is a fine dial, few enough rounds that a node is learned in a fraction of a second. */
export const steadyGrowth: Pick<BoostOptions, 'depth' | 'rate' | 'mostRounds' | 'patience'> = {
  depth: 3,
  rate: 0.15,
  mostRounds: 120,
  patience: 5,
};

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
  /** Loss of row i at the given predictors, unweighted. */
  rowLoss(predictors: readonly Float64Array[], i: number): number;
  /** The best step of a leaf for its rows, where that is not the Newton step. */
  leafValue?(predictors: readonly Float64Array[], k: number, weights: Float64Array, rows: Uint32Array): number;
}

export interface BoostInput {
  readonly features: readonly FeatureBins[];
  readonly binned: readonly Uint8Array[];
  readonly weights: Float64Array;
  readonly loss: Loss;
  readonly options: BoostOptions;
}

/** The rows that trees are grown on, and those that only follow. */
interface Part {
  /** 0 for the rows left out. */
  readonly weights: Float64Array;
  readonly grown: Uint32Array;
  readonly others: Uint32Array;
}

interface Scratch {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}
const createScratch = (rows: number): Scratch => ({
  gradient: new Float64Array(rows),
  hessian: new Float64Array(rows),
});

/** Adds one round of trees to the predictors, in place; returns the trees, their values scaled by the rate. */
function boostRound(
  { features, binned, loss, options }: BoostInput,
  { weights, grown, others }: Part,
  predictors: readonly Float64Array[],
  { gradient, hessian }: Scratch,
): Tree[] {
  loss.beginRound?.(predictors);
  const trees = predictors.map((_, k) => {
    loss.derivatives(predictors, k, weights, gradient, hessian);
    const one = growTree(features, binned, gradient, hessian, options, grown.slice());
    const { feature, value } = one.tree;
    for (let node = 0; node < value.length; node++) {
      // A direction is kept by the bounds on Newton steps: another step could break it.
      if (loss.leafValue && !options.directions && feature[node]! < 0 && one.end[node]! > one.start[node]!)
        value[node] = loss.leafValue(predictors, k, weights, one.rows.subarray(one.start[node], one.end[node]));
      value[node]! *= options.rate;
    }
    return one;
  });
  trees.forEach((tree, k) => {
    addGrownTree(tree, predictors[k]!);
    addTreeTo(tree.tree, binned, predictors[k]!, others);
  });
  return trees.map(({ tree }) => tree);
}

/**
 * Boosts all folds side by side, so that the number of rounds is chosen on rows left out of fitting.
 * @param foldPredictors Base predictors of each fold's model on all rows; left at the best round's state.
 * @param rowWeights Importance of each row in the out-of-fold loss.
 * @returns The best number of rounds; 0 when no tree helps.
 */
export function boostFolds(
  input: BoostInput,
  fold: Uint8Array,
  foldPredictors: readonly (readonly Float64Array[])[],
  rowWeights: Float64Array,
): number {
  const scratch = createScratch(fold.length);
  const parts = foldPredictors.map((_, f) => partOf(input.weights, (i) => fold[i] !== f));
  const outOfFoldLoss = () => {
    let sum = 0;
    parts.forEach(({ others }, f) => {
      const predictors = foldPredictors[f]!;
      for (let at = 0; at < others.length; at++) {
        const i = others[at]!;
        sum += rowWeights[i]! * input.loss.rowLoss(predictors, i);
      }
    });
    return sum;
  };
  const { mostRounds, patience } = input.options;
  let best = outOfFoldLoss();
  let bestRound = 0;
  const kept = foldPredictors.map((outputs) => outputs.map((p) => p.slice()));
  for (let round = 1; round <= mostRounds && round - bestRound <= patience; round++) {
    foldPredictors.forEach((predictors, f) => {
      boostRound(input, parts[f]!, predictors, scratch);
    });
    const now = outOfFoldLoss();
    if (now < best) {
      best = now;
      bestRound = round;
      copyPredictors(foldPredictors, kept);
    }
  }
  copyPredictors(kept, foldPredictors);
  return bestRound;
}

function partOf(weights: Float64Array, isGrownOn: (row: number) => boolean): Part {
  const grown = new Uint32Array(weights.length);
  const others = new Uint32Array(weights.length);
  const own = weights.slice();
  let count = 0;
  for (let i = 0; i < weights.length; i++) {
    if (isGrownOn(i)) grown[count++] = i;
    else {
      others[i - count] = i;
      own[i] = 0;
    }
  }
  return { weights: own, grown: grown.slice(0, count), others: others.slice(0, weights.length - count) };
}

function copyPredictors(from: readonly (readonly Float64Array[])[], to: readonly (readonly Float64Array[])[]): void {
  from.forEach((outputs, f) => {
    outputs.forEach((p, k) => {
      to[f]![k]!.set(p);
    });
  });
}

/** Fits `rounds` rounds on all rows, starting from the base predictors, which are changed in place. */
export function boostAll(input: BoostInput, rounds: number, predictors: readonly Float64Array[]): Tree[][] {
  const scratch = createScratch(input.weights.length);
  const part = partOf(input.weights, () => true);
  return Array.from({ length: rounds }, () => boostRound(input, part, predictors, scratch));
}

/** A forest over so few combinations of bins is summed once for each of them. */
const MOST_COMBINATIONS = 4096;

/** Adds the trees of output k of every round to outputs[k], for rows of the parents' values. */
export type Forest = (parents: ParentColumns, outputs: readonly Float64Array[]) => void;

/** The trees of all rounds, made ready to be asked many times. */
export function readyForest(features: readonly FeatureBins[], rounds: readonly (readonly Tree[])[]): Forest {
  if (rounds.length === 0) return () => {};
  const addTo = (binned: readonly Uint8Array[], outputs: readonly Float64Array[]) => {
    for (const trees of rounds)
      trees.forEach((tree, k) => {
        addTree(tree, binned, outputs[k]!);
      });
  };
  const combinations = features.reduce((product, { bins }) => product * bins, 1);
  if (combinations > MOST_COMBINATIONS)
    return (parents, outputs) => addTo(binColumns(features, parents, outputs[0]!.length), outputs);
  const binned = features.map(() => new Uint8Array(combinations));
  for (let cell = 0; cell < combinations; cell++) {
    let rest = cell;
    for (let f = features.length - 1; f >= 0; f--) {
      binned[f]![cell] = rest % features[f]!.bins;
      rest = Math.floor(rest / features[f]!.bins);
    }
  }
  const sums = rounds[0]!.map(() => new Float64Array(combinations));
  addTo(binned, sums);
  return (parents, outputs) => {
    const rows = outputs[0]!.length;
    const cells = new Uint16Array(rows);
    const binned = binColumns(features, parents, rows);
    for (let f = 0; f < binned.length; f++) {
      const own = binned[f]!;
      const { bins } = features[f]!;
      for (let i = 0; i < rows; i++) cells[i] = cells[i]! * bins + own[i]!;
    }
    for (let k = 0; k < sums.length; k++) {
      const out = outputs[k]!;
      const sum = sums[k]!;
      for (let i = 0; i < rows; i++) out[i]! += sum[cells[i]!]!;
    }
  };
}
