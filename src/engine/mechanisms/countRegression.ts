import { digamma, logGamma, trigamma } from '../numeric/gamma';
import { weightedGram } from '../numeric/gram';
import type { LinearLimit } from '../numeric/quadraticProgram';
import { addLinear } from './design';
import { solvePenalised, weightedMoment } from './ridge';
import { leftOf } from './softmaxRegression';

/** Counts with mean exp(x'b) and variance mean + mean^2 / size; size Infinity is the Poisson law. */
export interface CountFit {
  readonly coefficients: Float64Array;
  readonly size: number;
}

const MOST_STEPS = 60;
/** A size beyond this many times the mean count is a Poisson law in all but name. */
const POISSON_SIZE = 1e3;

/**
 * Ridge regression of counts by a log link: Poisson first, then, if counts spread more than that, negative binomial with its size
 * by maximum likelihood, in turns.
 * @param counts Whole numbers from 0, shape (n,); `columns` design columns, intercept first. All slopes 0 must obey the limits.
 * @see Negative Binomial Regression, 2nd edition, 2011, sections 6.2 and 8.3.
 */
export function countRegression(
  columns: readonly Float64Array[],
  counts: Float64Array,
  weights: Float64Array,
  penalties: ArrayLike<number>,
  limits: readonly LinearLimit[] = [],
  law: 'poisson' | 'either' = 'either',
): CountFit {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    total += weights[i]!;
    sum += weights[i]! * counts[i]!;
  }
  const start = new Float64Array(columns.length);
  start[0] = Math.log(Math.max(1e-8, sum / total));
  let coefficients = solveMean(columns, counts, weights, penalties, limits, start, Infinity);
  if (law === 'poisson') return { coefficients, size: Infinity };
  let size = fitSize(counts, meansOf(columns, coefficients), weights, Infinity);
  if (size === Infinity) return { coefficients, size };
  for (let turn = 0; turn < 25; turn++) {
    coefficients = solveMean(columns, counts, weights, penalties, limits, coefficients, size);
    const next = fitSize(counts, meansOf(columns, coefficients), weights, size);
    const isStill = Math.abs(Math.log(next / size)) < 1e-6;
    size = next;
    if (isStill || size === Infinity) break;
  }
  return { coefficients, size };
}

/** Log means are kept this far from 0: beyond it a count has no finite law in doubles. */
const MOST_LOG_MEAN = 30;

export const meansOf = (columns: readonly Float64Array[], coefficients: ArrayLike<number>): Float64Array =>
  addLinear(columns, coefficients, new Float64Array(columns[0]!.length)).map((eta) =>
    Math.exp(Math.min(MOST_LOG_MEAN, Math.max(-MOST_LOG_MEAN, eta))),
  );

/** log P(count) at a mean, nats. */
export function countLogProbability(count: number, mean: number, size: number): number {
  if (size === Infinity) return count * Math.log(mean) - mean - logGamma(count + 1);
  return (
    logGamma(count + size) -
    logGamma(size) -
    logGamma(count + 1) -
    size * Math.log1p(mean / size) -
    count * Math.log1p(size / mean)
  );
}

/** Newton steps (Fisher's information) with halving on the penalised log likelihood at a fixed size. */
function solveMean(
  columns: readonly Float64Array[],
  counts: Float64Array,
  weights: Float64Array,
  penalties: ArrayLike<number>,
  limits: readonly LinearLimit[],
  start: Float64Array,
  size: number,
): Float64Array {
  const n = counts.length;
  const loss = (beta: Float64Array, means: Float64Array) => {
    let value = 0;
    // Terms without the mean are left out.
    for (let i = 0; i < n; i++)
      value -=
        weights[i]! *
        (size === Infinity
          ? counts[i]! * Math.log(means[i]!) - means[i]!
          : counts[i]! * Math.log(means[i]! / (means[i]! + size)) - size * Math.log1p(means[i]! / size));
    for (let j = 0; j < beta.length; j++) value += (penalties[j]! / 2) * beta[j]! ** 2;
    return value;
  };
  let beta = start;
  let means = meansOf(columns, beta);
  let current = loss(beta, means);
  for (let step = 0; step < MOST_STEPS; step++) {
    const share = means.map((m) => 1 / (1 + m / size));
    const curve = means.map((m, i) => Math.max(1e-10, weights[i]! * m * share[i]!));
    const working = counts.map((y, i) => (weights[i]! * share[i]! * (y - means[i]!)) / curve[i]!);
    const gram = weightedGram(columns, curve);
    const moment = weightedMoment(columns, working, curve);
    for (let j = 0; j < beta.length; j++) moment[j]! -= penalties[j]! * beta[j]!;
    const move = solvePenalised(gram, moment, penalties, leftOf(limits, beta));
    let next = current;
    let found = false;
    for (let factor = 1; factor > 1e-6 && !found; factor /= 2) {
      const candidate = beta.map((b, j) => b + factor * move[j]!);
      const after = meansOf(columns, candidate);
      next = loss(candidate, after);
      if (next > current || Number.isNaN(next)) continue;
      beta = candidate;
      means = after;
      found = true;
    }
    if (!found || current - next < 1e-11 * (Math.abs(current) + 1)) break;
    current = next;
  }
  return beta;
}

/** The size of the largest likelihood at given means, by Newton steps on its logarithm; Infinity where counts do not overspread. */
function fitSize(counts: Float64Array, means: Float64Array, weights: Float64Array, before: number): number {
  let excess = 0;
  let squares = 0;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const m = means[i]!;
    excess += weights[i]! * ((counts[i]! - m) ** 2 - m);
    squares += weights[i]! * m * m;
    total += weights[i]!;
    sum += weights[i]! * m;
  }
  const limit = POISSON_SIZE * Math.max(1, sum / total);
  if (before === Infinity && !(excess > 0)) return Infinity;
  let log = Math.log(Math.min(limit, before === Infinity ? squares / excess : before));
  for (let step = 0; step < MOST_STEPS; step++) {
    const size = Math.exp(log);
    let slope = 0;
    let curve = 0;
    for (let i = 0; i < counts.length; i++) {
      const y = counts[i]!;
      const m = means[i]!;
      slope +=
        weights[i]! * (digamma(y + size) - digamma(size) + Math.log(size / (size + m)) + 1 - (y + size) / (m + size));
      curve +=
        weights[i]! * (trigamma(y + size) - trigamma(size) + 1 / size - 2 / (m + size) + (y + size) / (m + size) ** 2);
    }
    // In log size: the slope is size times the slope, the curvature size^2 times the curvature plus that slope.
    const first = size * slope;
    const second = size * size * curve + first;
    const move = second < 0 ? -first / second : Math.sign(first);
    log += Math.max(-1.5, Math.min(1.5, move));
    if (log > Math.log(limit)) return Infinity;
    if (Math.abs(move) < 1e-8) break;
  }
  return Math.exp(log);
}
