import { choleskyFactor, choleskySolve } from '../numeric/linearAlgebra';
import { solvePenalised } from './ridge';

/** Above this many coefficients the full Hessian costs more than many cheap steps with a fixed bound. */
const NEWTON_LIMIT = 160;

/**
 * Turns linear predictors (shape (n, levels - 1) by column, level 0 the reference with 0) into probabilities,
 * row-major (n, levels).
 */
export function softmax(predictors: readonly Float64Array[], rows: number): Float64Array {
  const levels = predictors.length + 1;
  const out = new Float64Array(rows * levels);
  for (let i = 0; i < rows; i++) {
    let top = 0;
    for (let k = 0; k < levels - 1; k++) top = Math.max(top, predictors[k]![i]!);
    let sum = Math.exp(-top);
    out[i * levels] = sum;
    for (let k = 1; k < levels; k++) {
      const value = Math.exp(predictors[k - 1]![i]! - top);
      out[i * levels + k] = value;
      sum += value;
    }
    for (let k = 0; k < levels; k++) out[i * levels + k]! /= sum;
  }
  return out;
}

export function linearPredictors(
  columns: readonly Float64Array[],
  coefficients: readonly ArrayLike<number>[],
  rows: number,
): Float64Array[] {
  return coefficients.map((beta) => {
    const out = new Float64Array(rows);
    columns.forEach((column, j) => {
      const b = beta[j]!;
      if (b !== 0) for (let i = 0; i < rows; i++) out[i]! += b * column[i]!;
    });
    return out;
  });
}

/**
 * Ridge multinomial logit: argmin -sum_i w_i log p(code_i | x_i) + 1/2 sum_kj penalty_j b_kj^2, level 0 the reference.
 * With a positive penalty on every slope the optimum is finite even when the classes are perfectly separated; an
 * intercept of an unseen level is held back by a penalty of its own.
 * @param columns Design columns of shape (n,), intercept first. A zero weight leaves a row out.
 * @param start Coefficients to begin from; the optimum does not depend on it.
 * @returns Coefficients, one array of shape (p,) per level but the first.
 */
export function softmaxRegression(
  columns: readonly Float64Array[],
  codes: Float64Array,
  levels: number,
  weights: Float64Array,
  penalties: ArrayLike<number>,
  start?: readonly Float64Array[],
): Float64Array[] {
  const n = codes.length;
  const p = columns.length;
  const counts = new Float64Array(levels);
  for (let i = 0; i < n; i++) counts[codes[i]!]! += weights[i]!;
  const betas = Array.from({ length: levels - 1 }, (_, k) => {
    if (start) return start[k]!.slice();
    const beta = new Float64Array(p);
    beta[0] = Math.log((counts[k + 1]! + 0.5) / (counts[0]! + 0.5));
    return beta;
  });
  // The intercept penalty only keeps the optimum finite for a level without rows; it is negligible otherwise.
  const penalty = (j: number) => (j === 0 ? 1e-6 : penalties[j]!);
  const full = (levels - 1) * p <= NEWTON_LIMIT;
  const bound = full ? null : boundFactors(columns, weights, penalty);
  let probabilities = softmax(linearPredictors(columns, betas, n), n);
  let current = objective(probabilities, codes, levels, weights, betas, penalty);
  const most = full ? 30 : 150;
  for (let iteration = 0; iteration < most; iteration++) {
    const gradients = betas.map((beta, k) => {
      const residual = new Float64Array(n);
      for (let i = 0; i < n; i++)
        residual[i] = weights[i]! * ((codes[i] === k + 1 ? 1 : 0) - probabilities[i * levels + k + 1]!);
      return columns.map((column, j) => {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += residual[i]! * column[i]!;
        return dot - penalty(j) * beta[j]!;
      });
    });
    const steps = bound
      ? boundStep(bound, gradients, levels)
      : newtonStep(columns, probabilities, levels, weights, gradients, penalty);
    let next = current;
    let accepted = false;
    for (let factor = 1; factor > 1e-5; factor /= 2) {
      const candidate = betas.map((beta, k) => beta.map((b, j) => b + factor * steps[k]![j]!));
      const trial = softmax(linearPredictors(columns, candidate, n), n);
      next = objective(trial, codes, levels, weights, candidate, penalty);
      if (next <= current) {
        candidate.forEach((beta, k) => {
          betas[k]!.set(beta);
        });
        probabilities = trial;
        accepted = true;
        break;
      }
    }
    const gained = current - next;
    if (!accepted || gained < 1e-10 * (Math.abs(current) + 1)) break;
    current = next;
  }
  return betas;
}

function objective(
  probabilities: Float64Array,
  codes: Float64Array,
  levels: number,
  weights: Float64Array,
  betas: readonly Float64Array[],
  penalty: (j: number) => number,
): number {
  let value = 0;
  for (let i = 0; i < codes.length; i++)
    if (weights[i]! > 0) value -= weights[i]! * Math.log(Math.max(1e-300, probabilities[i * levels + codes[i]!]!));
  for (const beta of betas) for (let j = 0; j < beta.length; j++) value += (penalty(j) / 2) * beta[j]! ** 2;
  return value;
}

function newtonStep(
  columns: readonly Float64Array[],
  probabilities: Float64Array,
  levels: number,
  weights: Float64Array,
  gradients: readonly (readonly number[])[],
  penalty: (j: number) => number,
): Float64Array[] {
  const p = columns.length;
  const n = weights.length;
  const size = (levels - 1) * p;
  const hessian = new Float64Array(size * size);
  const curve = new Float64Array(n);
  const weighted = new Float64Array(n);
  for (let k = 0; k < levels - 1; k++)
    for (let l = 0; l <= k; l++) {
      for (let i = 0; i < n; i++) {
        const pk = probabilities[i * levels + k + 1]!;
        curve[i] = weights[i]! * (k === l ? pk * (1 - pk) : -pk * probabilities[i * levels + l + 1]!);
      }
      for (let a = 0; a < p; a++) {
        const x = columns[a]!;
        for (let i = 0; i < n; i++) weighted[i] = curve[i]! * x[i]!;
        for (let b = 0; b <= a; b++) {
          const other = columns[b]!;
          let dot = 0;
          for (let i = 0; i < n; i++) dot += weighted[i]! * other[i]!;
          for (const [row, column] of [
            [k * p + a, l * p + b],
            [k * p + b, l * p + a],
          ] as const) {
            hessian[row * size + column] = dot;
            hessian[column * size + row] = dot;
          }
        }
      }
    }
  const penalties = Array.from({ length: size }, (_, index) => penalty(index % p));
  const step = solvePenalised(hessian, Float64Array.from(gradients.flat()), penalties);
  return gradients.map((_, k) => step.slice(k * p, (k + 1) * p));
}

/** Factor of X'WX / 2 + penalties: with Boehning's bound the Hessian never exceeds it, so every step goes downhill. */
function boundFactors(
  columns: readonly Float64Array[],
  weights: Float64Array,
  penalty: (j: number) => number,
): Float64Array | null {
  const p = columns.length;
  const gram = new Float64Array(p * p);
  for (let a = 0; a < p; a++)
    for (let b = 0; b <= a; b++) {
      let dot = 0;
      for (let i = 0; i < weights.length; i++) dot += weights[i]! * columns[a]![i]! * columns[b]![i]!;
      gram[a * p + b] = dot / 2;
      gram[b * p + a] = dot / 2;
    }
  for (let a = 0; a < p; a++) gram[a * p + a]! += penalty(a) + 1e-8;
  return choleskyFactor(gram, p);
}

/** (I - 11'/K)^-1 = I + 11' on K - 1 levels: the sum over levels is added to each level's own step. */
function boundStep(factor: Float64Array, gradients: readonly (readonly number[])[], levels: number): Float64Array[] {
  const p = gradients[0]!.length;
  const solved = gradients.map((gradient) => choleskySolve(factor, p, Float64Array.from(gradient)));
  const sum = new Float64Array(p);
  for (const step of solved) for (let j = 0; j < p; j++) sum[j]! += step[j]!;
  // Close to certain predictions the bound is far too careful; the halving in the caller makes a bolder step safe.
  const bold = Math.min(4, 1 + levels / 10);
  return solved.map((step) => step.map((value, j) => bold * (value + sum[j]!)));
}
