import { choleskyFactorJittered, choleskySolve } from '../numeric/linearAlgebra';
import type { Variable } from './dependenceTest';
import type { DesignMatrix } from './design';
import { fitProportionalOdds, probabilityScaleResidual } from './proportionalOdds';
import { scoresOf } from './variable';

/** A design matrix with row weights, factored once for all regressions on it. */
export interface Regression {
  readonly matrix: DesignMatrix;
  /** Shape (rows,), not negative. */
  readonly weights: Float64Array;
  /** Lower Cholesky factor of Xᵀ W X. */
  readonly factor: Float64Array;
}

/** Residuals of shape (rows,) and the coefficients they belong to. */
export interface Fit {
  readonly residual: Float64Array;
  readonly coefficients: Float64Array;
}

export const createRegression = (matrix: DesignMatrix, weights: Float64Array): Regression => ({
  matrix,
  weights,
  factor: choleskyFactorJittered(weightedGram(matrix, weights), matrix.width),
});

/** Lower triangle of Xᵀ W X. */
function weightedGram({ rows, width, start, index, value }: DesignMatrix, weights: Float64Array): Float64Array {
  const gram = new Float64Array(width * width);
  for (let row = 0; row < rows; row++) {
    const weight = weights[row]!;
    if (weight === 0) continue;
    const first = start[row]!;
    const end = start[row + 1]!;
    for (let i = first; i < end; i++) {
      const scaled = weight * value[i]!;
      const base = index[i]! * width;
      for (let j = first; j <= i; j++) gram[base + index[j]!]! += scaled * value[j]!;
    }
  }
  return gram;
}

/** Xᵀ W v. */
function weightedTransposed(
  { rows, width, start, index, value }: DesignMatrix,
  weights: Float64Array,
  v: Float64Array,
): Float64Array {
  const out = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    const scaled = weights[row]! * v[row]!;
    if (scaled === 0) continue;
    const end = start[row + 1]!;
    for (let i = start[row]!; i < end; i++) out[index[i]!]! += scaled * value[i]!;
  }
  return out;
}

/** Writes X β into `out`. */
function multiplyInPlace(
  { rows, start, index, value }: DesignMatrix,
  beta: Float64Array,
  out: Float64Array,
): Float64Array {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    const end = start[row + 1]!;
    for (let i = start[row]!; i < end; i++) sum += value[i]! * beta[index[i]!]!;
    out[row] = sum;
  }
  return out;
}

/** y - X β with β the weighted least squares fit. */
function linearFit({ matrix, weights, factor }: Regression, y: Float64Array): Fit {
  const coefficients = choleskySolve(factor, matrix.width, weightedTransposed(matrix, weights, y));
  const residual = multiplyInPlace(matrix, coefficients, new Float64Array(matrix.rows));
  for (let row = 0; row < matrix.rows; row++) residual[row] = y[row]! - residual[row]!;
  return { residual, coefficients };
}

export const linearResidual = (regression: Regression, y: Float64Array): Float64Array =>
  linearFit(regression, y).residual;

const MOST_STEPS = 25;
/** In logits: how far the last step may still have moved a coefficient; Newton's error after it is the square of that. */
const TOLERANCE = 3e-3;
/** Steps that take a new curvature; later ones keep the last, which near the optimum costs little and saves most. */
const NEWTON_STEPS = 2;
/** The curvature is a mean over rows: this many tell it well enough for a step, which is judged by the gradient of all. */
const CURVATURE_ROWS = 3000;
/** A Newton step of more logits is an extrapolation beyond what the quadratic knows. */
const LONGEST_STEP = 5;
/** On coefficients other than the constant, in rows of weight: keeps separated levels finite. */
const LOGIT_RIDGE = 0.1;

/**
 * y - P(y = 1 | X) for y in {0, 1}, by weighted ridge logistic regression (penalty 0.05 |β|², constant free).
 * A y that is constant has residual 0.
 * @param start Coefficients to start from, of a sample thought to be alike but for the share of ones.
 */
export function logisticFit({ matrix, weights }: Regression, y: Float64Array, start?: Float64Array): Fit {
  const { rows, width } = matrix;
  let total = 0;
  let ones = 0;
  for (let row = 0; row < rows; row++) {
    total += weights[row]!;
    ones += weights[row]! * y[row]!;
  }
  const beta = start ? Float64Array.from(start) : new Float64Array(width);
  if (!(ones > 0 && ones < total)) return { residual: new Float64Array(rows), coefficients: beta };
  if (!start) beta[0] = Math.log(ones / (total - ones));
  const residual = new Float64Array(rows);
  const gradient = new Float64Array(width);
  const hessian = new Float64Array(width * width);
  const stride = Math.max(1, Math.floor(rows / CURVATURE_ROWS));
  let factor: Float64Array | null = null;
  for (let step = 0; ; step++) {
    const isNewton = factor === null || step < NEWTON_STEPS;
    logisticPass(matrix, weights, y, beta, residual, gradient, isNewton ? hessian : null, stride);
    if (step === MOST_STEPS) return { residual, coefficients: beta };
    for (let i = 1; i < width; i++) gradient[i]! -= LOGIT_RIDGE * beta[i]!;
    if (factor === null || isNewton) {
      for (let i = 1; i < width; i++) hessian[i * width + i]! += LOGIT_RIDGE;
      factor = choleskyFactorJittered(hessian, width);
    }
    const move = choleskySolve(factor, width, gradient);
    let largest = 0;
    for (let i = 0; i < width; i++) largest = Math.max(largest, Math.abs(move[i]!));
    const shrink = largest > LONGEST_STEP ? LONGEST_STEP / largest : 1;
    for (let i = 0; i < width; i++) beta[i]! += shrink * move[i]!;
    if (largest < TOLERANCE) {
      // The rows need not be visited again: a short step moves a probability by its slope.
      shiftResidual(matrix, y, move, residual);
      return { residual, coefficients: beta };
    }
  }
}

/** residual -= p (1 - p) X move, p = y - residual. */
function shiftResidual(
  { rows, start, index, value }: DesignMatrix,
  y: Float64Array,
  move: Float64Array,
  residual: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    let shift = 0;
    const end = start[row + 1]!;
    for (let i = start[row]!; i < end; i++) shift += value[i]! * move[index[i]!]!;
    const p = y[row]! - residual[row]!;
    residual[row]! -= p * (1 - p) * shift;
  }
}

/**
 * One pass over the rows: y - p into `residual`, Xᵀ W (y - p) into `gradient`, and the lower triangle of Xᵀ W p (1 - p) X
 * into `hessian` where one is given, from every `stride`-th row and scaled up to all.
 */
function logisticPass(
  { rows, width, start, index, value }: DesignMatrix,
  weights: Float64Array,
  y: Float64Array,
  beta: Float64Array,
  residual: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array | null,
  stride: number,
): void {
  gradient.fill(0);
  hessian?.fill(0);
  for (let row = 0; row < rows; row++) {
    const first = start[row]!;
    const end = start[row + 1]!;
    let eta = 0;
    for (let i = first; i < end; i++) eta += value[i]! * beta[index[i]!]!;
    const p = 1 / (1 + Math.exp(-eta));
    const rest = y[row]! - p;
    residual[row] = rest;
    const pull = weights[row]! * rest;
    for (let i = first; i < end; i++) gradient[index[i]!]! += pull * value[i]!;
    if (hessian === null || row % stride !== 0) continue;
    const curvature = stride * weights[row]! * Math.max(p * (1 - p), 1e-6);
    for (let i = first; i < end; i++) {
      const scaled = curvature * value[i]!;
      const base = index[i]! * width;
      for (let j = first; j <= i; j++) hessian[base + index[j]!]! += scaled * value[j]!;
    }
  }
}

/** A residual with less than this share of its variable's variance left is a variable fixed by its conditions. */
const DETERMINED = 1e-9;

/** Rounding left over by a regression that explains everything must not pass for a residual: zeros. */
function undetermined(fit: Fit, raw: Float64Array, weights: Float64Array): Fit {
  const spread = weightedVariance(raw, weights);
  return spread > 0 && weightedVariance(fit.residual, weights) > DETERMINED * spread
    ? fit
    : { ...fit, residual: new Float64Array(fit.residual.length) };
}

function weightedVariance(values: Float64Array, weights: Float64Array): number {
  let total = 0;
  let sum = 0;
  let squares = 0;
  const origin = values[0] ?? 0; // equal values have a variance of exactly 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row]! - origin;
    total += weights[row]!;
    sum += weights[row]! * value;
    squares += weights[row]! * value * value;
  }
  return total > 0 ? squares / total - (sum / total) ** 2 : 0;
}

/** How the indicator of a level is regressed; an order by scores, or by its law. */
export type LevelModel = 'linear' | 'logistic';

/**
 * Residual columns of a variable: one for numbers and for orders (scores by `linear`, on the probability scale of a
 * proportional odds model by `logistic`); for categories one a level but the first, each level against the rest.
 * @param starts Coefficients of an alike sample, a residual column each.
 */
export function residualFits(
  regression: Regression,
  variable: Variable,
  levelModel: LevelModel,
  starts: readonly Float64Array[] = [],
): Fit[] {
  const { matrix, weights } = regression;
  if (variable.kind === 'numeric' || (variable.kind === 'ordinal' && levelModel === 'linear')) {
    const scores = scoresOf(variable);
    return [undetermined(linearFit(regression, scores), scores, weights)];
  }
  if (variable.kind === 'ordinal') {
    const fit = fitProportionalOdds(matrix, variable.codes, weights, LOGIT_RIDGE);
    // Where the odds are not proportional the residual keeps a mean that depends on z: taken out once more.
    const residual = linearResidual(regression, probabilityScaleResidual(matrix, variable.codes, fit));
    return [undetermined({ residual, coefficients: fit.slopes }, variable.codes, weights)];
  }
  return Array.from({ length: variable.levels - 1 }, (_, i) => {
    const indicator = variable.codes.map((code) => Number(code === i + 1));
    const fit =
      levelModel === 'linear' ? linearFit(regression, indicator) : logisticFit(regression, indicator, starts[i]);
    return undetermined(fit, indicator, weights);
  });
}

export const residualColumns = (regression: Regression, variable: Variable, levelModel: LevelModel): Float64Array[] =>
  residualFits(regression, variable, levelModel).map(({ residual }) => residual);
