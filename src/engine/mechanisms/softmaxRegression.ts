import { dotsInto, weightedGram } from '../numeric/gram';
import type { LinearLimit } from '../numeric/quadraticProgram';
import { addLinear } from './design';
import { solvePenalised } from './ridge';

/** Above this many coefficients the blocks between levels cost more than the few extra steps it takes without them. */
const NEWTON_LIMIT = 40;

/**
 * Turns linear predictors (shape (n, levels - 1) by column, level 0 the reference with 0) into probabilities,
 * row-major (n, levels).
 */
export function softmax(predictors: readonly Float64Array[], rows: number): Float64Array {
  const levels = predictors.length + 1;
  const out = new Float64Array(rows * levels);
  if (levels === 2) {
    const predictor = predictors[0]!;
    for (let i = 0; i < rows; i++) {
      const e = Math.exp(-Math.abs(predictor[i]!));
      const small = e / (1 + e);
      const isUp = predictor[i]! > 0 ? 1 : 0;
      out[2 * i + isUp] = 1 / (1 + e);
      out[2 * i + 1 - isUp] = small;
    }
    return out;
  }
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

export const linearPredictors = (
  columns: readonly Float64Array[],
  coefficients: readonly ArrayLike<number>[],
  rows: number,
): Float64Array[] => coefficients.map((beta) => addLinear(columns, beta, new Float64Array(rows)));

/**
 * Ridge multinomial logit: argmin -sum_i w_i log p(code_i | x_i) + 1/2 sum_kj penalty_j b_kj^2, level 0 the reference.
 * With a positive penalty on every slope the optimum is finite even when the classes are perfectly separated; an
 * intercept of an unseen level is held back by a penalty of its own.
 * @param columns Design columns of shape (n,), intercept first. A zero weight leaves a row out.
 * @param start Coefficients to begin from; the optimum does not depend on it.
 * @param limits Held by the coefficients of level 1; only for two levels. All slopes 0 must obey them.
 * @param precision Stops when a step improves the objective by less than this share of it.
 * @returns Coefficients, one array of shape (p,) per level but the first.
 */
export function softmaxRegression(
  columns: readonly Float64Array[],
  codes: Float64Array,
  levels: number,
  weights: Float64Array,
  penalties: ArrayLike<number>,
  start?: readonly Float64Array[],
  precision = 1e-10,
  limits: readonly LinearLimit[] = [],
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
  let probabilities = softmax(linearPredictors(columns, betas, n), n);
  let current = objective(probabilities, codes, levels, weights, betas, penalty);
  const most = full ? 30 : 15;
  const enough = full ? precision : Math.max(precision, 1e-5);
  for (let iteration = 0; iteration < most; iteration++) {
    const gradients = betas.map((beta, k) => {
      const residual = new Float64Array(n);
      for (let i = 0; i < n; i++)
        residual[i] = weights[i]! * ((codes[i] === k + 1 ? 1 : 0) - probabilities[i * levels + k + 1]!);
      const gradient = new Float64Array(p);
      dotsInto(gradient, 0, residual, columns, p);
      for (let j = 0; j < p; j++) gradient[j]! -= penalty(j) * beta[j]!;
      return gradient;
    });
    const steps = newtonStep(
      columns,
      probabilities,
      levels,
      weights,
      gradients,
      penalty,
      full,
      leftOf(limits, betas[0]),
    );
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
    if (!accepted || gained < enough * (Math.abs(current) + 1)) break;
    current = next;
  }
  return betas;
}

/** What limits on coefficients leave for a step from them. */
export const leftOf = (limits: readonly LinearLimit[], beta: Float64Array | undefined): readonly LinearLimit[] =>
  limits.map(({ row, least }) => ({ row, least: least - row.reduce((sum, a, j) => sum + a * beta![j]!, 0) }));

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

/**
 * Solves for the Newton step, with the whole Hessian or with its blocks of single levels only; the halving in the caller
 * keeps the cheaper step going downhill.
 */
function newtonStep(
  columns: readonly Float64Array[],
  probabilities: Float64Array,
  levels: number,
  weights: Float64Array,
  gradients: readonly Float64Array[],
  penalty: (j: number) => number,
  full: boolean,
  limits: readonly LinearLimit[],
): Float64Array[] {
  const p = columns.length;
  if (!full)
    return gradients.map((gradient, k) =>
      solvePenalised(
        weightedGram(columns, curvature(probabilities, levels, weights, k, k)),
        gradient,
        Array.from({ length: p }, (_, j) => penalty(j)),
        limits,
      ),
    );
  const size = (levels - 1) * p;
  const hessian = new Float64Array(size * size);
  for (let k = 0; k < levels - 1; k++)
    for (let l = 0; l <= k; l++) {
      const block = weightedGram(columns, curvature(probabilities, levels, weights, k, l));
      for (let a = 0; a < p; a++)
        for (let b = 0; b < p; b++) {
          hessian[(k * p + a) * size + l * p + b] = block[a * p + b]!;
          hessian[(l * p + a) * size + k * p + b] = block[a * p + b]!;
        }
    }
  const penalties = Array.from({ length: size }, (_, index) => penalty(index % p));
  const gradient = new Float64Array(size);
  gradients.forEach((own, k) => {
    gradient.set(own, k * p);
  });
  const step = solvePenalised(hessian, gradient, penalties, limits);
  return gradients.map((_, k) => step.slice(k * p, (k + 1) * p));
}

/** By row, w p_k (1 - p_k) for k = l, -w p_k p_l otherwise: what the block of levels k and l of the Hessian is weighted with. */
function curvature(
  probabilities: Float64Array,
  levels: number,
  weights: Float64Array,
  k: number,
  l: number,
): Float64Array {
  const curve = new Float64Array(weights.length);
  for (let i = 0; i < curve.length; i++) {
    const pk = probabilities[i * levels + k + 1]!;
    curve[i] = weights[i]! * (k === l ? pk * (1 - pk) : -pk * probabilities[i * levels + l + 1]!);
  }
  return curve;
}
