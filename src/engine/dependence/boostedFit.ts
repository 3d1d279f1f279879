import type { ValueSpec } from '../data/frame';
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

/**
 * Out-of-fold predictions of y by boosted trees on top of spline regressions (`mean`) or of the share of ones
 * (`probability`): every row is predicted by a model that has not seen it, and the number of trees is chosen on the rows
 * left out. Five random folds from a fixed stream, stratified by y for probabilities: equal data give equal predictions.
 * @param features Columns without missing values; without any the prediction is the fold's mean.
 * @see Double/debiased machine learning for treatment and structural parameters, Econometrics Journal 21 (2018), section 3.
 */
function crossFittedBoost(features: readonly Variable[], y: Float64Array, kind: BoostedKind): Float64Array {
  const rows = y.length;
  const fold = drawFolds(y, kind);
  const specs = features.map((feature, i) => specOf(feature, i));
  const columns = features.map(scoresOf);
  const bins = fitBins(specs, columns);
  const base = Array.from({ length: FOLDS }, (_, f) => [
    kind === 'mean' ? splineBase(features, y, fold, f) : shareBase(y, fold, f),
  ]);
  const weights = new Float64Array(rows).fill(1);
  if (features.length > 0) {
    boostFolds(
      {
        features: bins,
        binned: binColumns(bins, columns, rows),
        weights,
        loss: kind === 'mean' ? squaredLoss(y) : softmaxLoss(y, 2),
        options: { ...steadyGrowth, leastWeight: LEAST_WEIGHT[kind], penalty: LEAF_PENALTY },
      },
      fold,
      base,
      weights,
    );
  }
  return y.map((_, row) => {
    const predictor = base[fold[row]!]![0]![row]!;
    return kind === 'mean' ? predictor : 1 / (1 + Math.exp(-predictor));
  });
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

/** Spline regression of the rows outside fold f, as predictions of all rows. */
function splineBase(features: readonly Variable[], y: Float64Array, fold: Uint8Array, f: number): Float64Array {
  const rows = y.length;
  const design = splineDesign(features, Math.floor((rows * (FOLDS - 1)) / FOLDS));
  const weights = Float64Array.from(fold, (own) => Number(own !== f));
  const residual = linearResidual(createRegression(design.matrix(features, rows), weights), y);
  return y.map((value, row) => value - residual[row]!);
}

function shareBase(y: Float64Array, fold: Uint8Array, f: number): Float64Array {
  let ones = 0.5;
  let rows = 1;
  y.forEach((value, row) => {
    if (fold[row] === f) return;
    ones += value;
    rows++;
  });
  return new Float64Array(y.length).fill(Math.log(ones / (rows - ones)));
}

/** Residual columns by cross-fitted boosting: one for numbers and orders (as scores), one a level but the first else. */
export function boostedResiduals(features: readonly Variable[], variable: Variable): Float64Array[] {
  if (variable.kind !== 'categorical') {
    const scores = scoresOf(variable);
    const predicted = crossFittedBoost(features, scores, 'mean');
    return [scores.map((value, row) => value - predicted[row]!)];
  }
  return Array.from({ length: variable.levels - 1 }, (_, i) => {
    const indicator = variable.codes.map((code) => Number(code === i + 1));
    const predicted = crossFittedBoost(features, indicator, 'probability');
    return indicator.map((value, row) => value - predicted[row]!);
  });
}
