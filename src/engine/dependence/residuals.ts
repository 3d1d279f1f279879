import { choleskyFactorJittered, choleskySolve } from '../numeric/linearAlgebra';
import type { Variable } from './dependenceTest';

/** A design matrix with row weights, factored once for all regressions on it. */
export interface Regression {
  readonly rows: number;
  readonly width: number;
  /** Row-major, shape (rows, width); the first column is the constant. */
  readonly matrix: Float64Array;
  readonly weights: Float64Array;
  /** Lower Cholesky factor of Xᵀ W X. */
  readonly factor: Float64Array;
}

/** @param weights Shape (rows,), not negative. */
export function createRegression(matrix: Float64Array, width: number, weights: Float64Array): Regression {
  const gram = weightedGram(matrix, width, weights);
  return { rows: weights.length, width, matrix, weights, factor: choleskyFactorJittered(gram, width) };
}

/** Lower triangle of Xᵀ W X. */
function weightedGram(matrix: Float64Array, width: number, weights: Float64Array): Float64Array {
  const gram = new Float64Array(width * width);
  const kept = new Int32Array(width);
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row]!;
    if (weight === 0) continue;
    const base = row * width;
    // Spline and indicator columns are mostly zero.
    let filled = 0;
    for (let i = 0; i < width; i++) if (matrix[base + i] !== 0) kept[filled++] = i;
    for (let i = 0; i < filled; i++) {
      const column = kept[i]!;
      const scaled = weight * matrix[base + column]!;
      for (let j = 0; j <= i; j++) gram[column * width + kept[j]!]! += scaled * matrix[base + kept[j]!]!;
    }
  }
  return gram;
}

/** Xᵀ v. */
function transposedTimes(matrix: Float64Array, width: number, v: Float64Array): Float64Array {
  const out = new Float64Array(width);
  for (let row = 0; row < v.length; row++) {
    const value = v[row]!;
    if (value === 0) continue;
    for (let i = 0; i < width; i++) out[i]! += value * matrix[row * width + i]!;
  }
  return out;
}

/** X β. */
function times(matrix: Float64Array, width: number, beta: Float64Array, rows: number): Float64Array {
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += matrix[row * width + i]! * beta[i]!;
    out[row] = sum;
  }
  return out;
}

/** y - X β with β the weighted least squares fit; shape (rows,). */
export function linearResidual(regression: Regression, y: Float64Array): Float64Array {
  const { matrix, width, weights, factor, rows } = regression;
  const weighted = y.map((value, row) => value * weights[row]!);
  const beta = choleskySolve(factor, width, transposedTimes(matrix, width, weighted));
  const fitted = times(matrix, width, beta, rows);
  return y.map((value, row) => value - fitted[row]!);
}

const NEWTON_STEPS = 8;
/** On coefficients other than the constant, in rows of weight: keeps separated levels finite. */
const LOGIT_RIDGE = 0.1;

/**
 * y - P(y = 1 | X) for y in {0, 1}, by weighted ridge logistic regression (penalty 0.05 |β|², constant free).
 * A y that is constant has residual 0.
 */
export function logisticResidual(regression: Regression, y: Float64Array): Float64Array {
  const { matrix, width, weights, rows } = regression;
  let total = 0;
  let ones = 0;
  for (let row = 0; row < rows; row++) {
    total += weights[row]!;
    ones += weights[row]! * y[row]!;
  }
  if (!(ones > 0 && ones < total)) return new Float64Array(rows);
  const beta = new Float64Array(width);
  beta[0] = Math.log(ones / (total - ones));
  const residual = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  for (let step = 0; ; step++) {
    const eta = times(matrix, width, beta, rows);
    for (let row = 0; row < rows; row++) {
      const p = 1 / (1 + Math.exp(-eta[row]!));
      residual[row] = y[row]! - p;
      curvature[row] = weights[row]! * Math.max(p * (1 - p), 1e-6);
    }
    if (step === NEWTON_STEPS || width === 1) return residual;
    const gradient = transposedTimes(
      matrix,
      width,
      residual.map((value, row) => value * weights[row]!),
    );
    const hessian = weightedGram(matrix, width, curvature);
    for (let i = 1; i < width; i++) {
      gradient[i]! -= LOGIT_RIDGE * beta[i]!;
      hessian[i * width + i]! += LOGIT_RIDGE;
    }
    const move = choleskySolve(choleskyFactorJittered(hessian, width), width, gradient);
    let largest = 0;
    for (let i = 0; i < width; i++) largest = Math.max(largest, Math.abs(move[i]!));
    // A Newton step of many logits is an extrapolation beyond what the quadratic knows.
    const shrink = largest > 5 ? 5 / largest : 1;
    for (let i = 0; i < width; i++) beta[i]! += shrink * move[i]!;
    if (largest < 1e-6) return residual;
  }
}

/** How the indicator of a level is regressed. */
export type LevelModel = 'linear' | 'logistic';

/**
 * Residual columns of a variable: one for numbers; for categories one a level but the first, each level against the rest.
 */
export function residualColumns(regression: Regression, variable: Variable, levelModel: LevelModel): Float64Array[] {
  if (variable.kind === 'numeric') return [linearResidual(regression, variable.values)];
  const residual = levelModel === 'linear' ? linearResidual : logisticResidual;
  return Array.from({ length: variable.levels - 1 }, (_, i) =>
    residual(
      regression,
      variable.codes.map((code) => Number(code === i + 1)),
    ),
  );
}
