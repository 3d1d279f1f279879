import { EngineError } from '../errors';
import { weightedGram } from '../numeric/gram';
import { choleskyFactor } from '../numeric/linearAlgebra';
import { type LinearLimit, limitedMinimum } from '../numeric/quadraticProgram';
import { addLinear } from './design';

/** X' W y. */
export function weightedMoment(
  columns: readonly Float64Array[],
  response: Float64Array,
  weights: Float64Array,
): Float64Array {
  return Float64Array.from(columns, (x) => {
    let sum = 0;
    for (let i = 0; i < response.length; i++) sum += weights[i]! * x[i]! * response[i]!;
    return sum;
  });
}

/**
 * Solves (A + diag(penalties)) b = c for a symmetric positive semi-definite A of shape (p, p), or, with limits, takes the
 * minimum of the quadratic form where they hold; a singular system is lifted by a growing multiple of the identity.
 * @throws EngineError `numeric-failure` when no lift makes the system solvable (infinite entries).
 */
export function solvePenalised(
  gram: Float64Array,
  moment: Float64Array,
  penalties: ArrayLike<number>,
  limits: readonly LinearLimit[] = [],
): Float64Array {
  const p = moment.length;
  let largest = 0;
  for (let a = 0; a < p; a++) largest = Math.max(largest, gram[a * p + a]!);
  for (let lift = 0; lift <= 1; lift = lift === 0 ? 1e-10 : lift * 100) {
    const system = gram.slice();
    for (let a = 0; a < p; a++) system[a * p + a]! += penalties[a]! + lift * (largest || 1);
    const factor = choleskyFactor(system, p);
    if (factor) return limitedMinimum(factor, p, moment, limits);
  }
  throw new EngineError('numeric-failure', 'A regression could not be solved: its columns hold infinite numbers.');
}

/**
 * Weighted ridge regression: argmin_b sum_i w_i (y_i - x_i' b)^2 + sum_j penalty_j b_j^2, where the limits hold.
 * @param columns Design columns of shape (n,), intercept first. A zero weight leaves a row out.
 */
export function ridgeRegression(
  columns: readonly Float64Array[],
  response: Float64Array,
  weights: Float64Array,
  penalties: ArrayLike<number>,
  limits: readonly LinearLimit[] = [],
): Float64Array {
  const gram = weightedGram(columns, weights);
  return solvePenalised(gram, weightedMoment(columns, response, weights), penalties, limits);
}

/**
 * Gamma-type regression of absolute residuals: argmin_b sum_i w_i (eta_i + r_i exp(-eta_i)) + penalty, eta = X b,
 * so that exp(eta) estimates E[r | x]. Newton steps with halving; convex, so it converges from any start.
 */
export function logScaleRegression(
  columns: readonly Float64Array[],
  magnitude: Float64Array,
  weights: Float64Array,
  penalties: ArrayLike<number>,
): Float64Array {
  const n = magnitude.length;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    total += weights[i]!;
    sum += weights[i]! * magnitude[i]!;
  }
  let beta = new Float64Array(columns.length);
  beta[0] = Math.log(Math.max(1e-300, sum / total));
  const eta = new Float64Array(n);
  const loss = (b: Float64Array) => {
    eta.fill(0);
    addLinear(columns, b, eta);
    let value = 0;
    for (let i = 0; i < n; i++)
      if (weights[i]! > 0) value += weights[i]! * (eta[i]! + magnitude[i]! * Math.exp(-eta[i]!));
    for (let j = 0; j < b.length; j++) value += (penalties[j]! / 2) * b[j]! ** 2;
    return value;
  };
  let current = loss(beta);
  // The expected Hessian is the same at every step.
  const gram = weightedGram(columns, weights);
  for (let iteration = 0; iteration < 12; iteration++) {
    // One Fisher step: the expected Hessian is X'WX, the gradient X'W(1 - r exp(-eta)).
    const working = new Float64Array(n);
    for (let i = 0; i < n; i++) working[i] = weights[i]! > 0 ? magnitude[i]! * Math.exp(-eta[i]!) - 1 : 0;
    const moment = weightedMoment(columns, working, weights);
    for (let j = 0; j < beta.length; j++) moment[j]! -= penalties[j]! * beta[j]!;
    const step = solvePenalised(gram, moment, penalties);
    let factor = 1;
    let next = current;
    let candidate = beta;
    for (; factor > 1e-4; factor /= 2) {
      candidate = beta.map((b, j) => b + factor * step[j]!);
      next = loss(candidate);
      if (next <= current) break;
    }
    if (!(next < current)) break;
    const gained = current - next;
    beta = candidate;
    current = next;
    if (gained < 1e-7 * Math.abs(current) + 1e-10) break;
  }
  return beta;
}
