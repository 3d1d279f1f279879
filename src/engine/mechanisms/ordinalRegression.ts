import { dotsInto, weightedGram } from '../numeric/gram';
import type { LinearLimit } from '../numeric/quadraticProgram';
import { addLinear } from './design';
import { solvePenalised } from './ridge';
import { leftOf } from './softmaxRegression';

/** logit P(code <= j | x) = thresholds_j - x'slopes. */
export interface OrdinalFit {
  /** Not decreasing, one fewer than there are levels. */
  readonly thresholds: Float64Array;
  /** One per design column but the intercept. */
  readonly slopes: Float64Array;
}

const MOST_STEPS = 40;
/** Keeps thresholds finite where a level is never seen beside others; negligible otherwise. */
const THRESHOLD_PENALTY = 1e-6;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Ridge proportional odds by Newton steps with halving. A level without rows gets no room of its own: its threshold is that of the
 * level below.
 * @param columns Design columns of shape (n,), intercept first: it is left out, since thresholds take its place.
 * @param limits On the coefficients of the design, intercept first. All slopes 0 must obey them.
 * @see Regression Models for Ordinal Data, JRSS B 42 (1980), section 2.
 */
export function ordinalRegression(
  columns: readonly Float64Array[],
  codes: Float64Array,
  levels: number,
  weights: Float64Array,
  penalties: ArrayLike<number>,
  limits: readonly LinearLimit[] = [],
): OrdinalFit {
  const counts = new Float64Array(levels);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]! += weights[i]!;
  const present = [...counts.keys()].filter((k) => counts[k]! > 0);
  const place = new Int32Array(levels).fill(-1);
  present.forEach((k, at) => {
    place[k] = at;
  });
  const cuts = present.length - 1;
  const slopesAt = cuts;
  const x = columns.slice(1);
  const size = cuts + x.length;
  const all = Float64Array.from({ length: size }, (_, j) => (j < cuts ? THRESHOLD_PENALTY : penalties[j - cuts + 1]!));
  const shifted = limits.map(({ row, least }) => {
    const out = new Float64Array(size);
    // Thresholds take the intercept's place, and no limit is about the intercept.
    out.set(row.subarray(1), slopesAt);
    return { row: out, least };
  });
  let total = 0;
  for (const k of present) total += counts[k]!;
  let beta = new Float64Array(size);
  let below = 0;
  for (let j = 0; j < cuts; j++) {
    below += counts[present[j]!]!;
    beta[j] = Math.log(below / (total - below));
  }
  const own = codes.map((code) => place[code]!);
  const loss = (b: Float64Array) => {
    const eta = addLinear(x, b.subarray(slopesAt), new Float64Array(own.length));
    let value = 0;
    for (let i = 0; i < own.length; i++) {
      if (weights[i] === 0) continue;
      const j = own[i]!;
      const upper = j < cuts ? logistic(b[j]! - eta[i]!) : 1;
      const lower = j > 0 ? logistic(b[j - 1]! - eta[i]!) : 0;
      if (!(upper > lower)) return Infinity;
      value -= weights[i]! * Math.log(upper - lower);
    }
    for (let j = 0; j < size; j++) value += (all[j]! / 2) * b[j]! ** 2;
    return value;
  };
  let current = loss(beta);
  for (let step = 0; step < MOST_STEPS && cuts > 0; step++) {
    const { gradient, hessian } = derivatives(x, own, cuts, weights, beta, size);
    for (let j = 0; j < size; j++) gradient[j]! -= all[j]! * beta[j]!;
    const move = solvePenalised(hessian, gradient, all, leftOf(shifted, beta));
    let next = current;
    let found = false;
    for (let factor = 1; factor > 1e-6 && !found; factor /= 2) {
      const candidate = Float64Array.from(beta, (b, j) => b + factor * move[j]!);
      next = loss(candidate);
      if (!(next <= current)) continue;
      beta = candidate;
      found = true;
    }
    if (!found || current - next < 1e-11 * (Math.abs(current) + 1)) break;
    current = next;
  }
  const thresholds = new Float64Array(levels - 1);
  for (let k = 0, at = -1; k < levels - 1; k++) {
    if (place[k]! >= 0) at = place[k]!;
    thresholds[k] = at < 0 ? -Infinity : at < cuts ? beta[at]! : Infinity;
  }
  return { thresholds, slopes: beta.slice(slopesAt) };
}

/** Gradient and negative Hessian of the log likelihood, thresholds first. */
function derivatives(
  x: readonly Float64Array[],
  own: Float64Array,
  cuts: number,
  weights: Float64Array,
  beta: Float64Array,
  size: number,
): { gradient: Float64Array; hessian: Float64Array } {
  const n = own.length;
  const eta = addLinear(x, beta.subarray(cuts), new Float64Array(n));
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  // Slope and curvature by eta, and the mixed curvature with the threshold above and below each row.
  const slope = new Float64Array(n);
  const curve = new Float64Array(n);
  const mixed = Array.from({ length: cuts }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    const w = weights[i]!;
    if (w === 0) continue;
    const j = own[i]!;
    const upper = j < cuts ? logistic(beta[j]! - eta[i]!) : 1;
    const lower = j > 0 ? logistic(beta[j - 1]! - eta[i]!) : 0;
    const p = Math.max(1e-300, upper - lower);
    const fu = upper * (1 - upper);
    const fl = lower * (1 - lower);
    const uu = (fu / p) ** 2 - (fu * (1 - 2 * upper)) / p;
    const ll = (fl / p) ** 2 + (fl * (1 - 2 * lower)) / p;
    const ul = (-fu * fl) / (p * p);
    slope[i] = (-w * (fu - fl)) / p;
    curve[i] = w * (uu + ll + 2 * ul);
    if (j < cuts) {
      gradient[j]! += (w * fu) / p;
      hessian[j * size + j]! += w * uu;
      mixed[j]![i] = -w * (uu + ul);
    }
    if (j > 0) {
      gradient[j - 1]! -= (w * fl) / p;
      hessian[(j - 1) * size + j - 1]! += w * ll;
      mixed[j - 1]![i] = -w * (ll + ul);
      if (j < cuts) {
        hessian[j * size + j - 1]! += w * ul;
        hessian[(j - 1) * size + j]! += w * ul;
      }
    }
  }
  const p = x.length;
  dotsInto(gradient, cuts, slope, x, p);
  const block = weightedGram(x, curve);
  for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) hessian[(cuts + a) * size + cuts + b] = block[a * p + b]!;
  mixed.forEach((column, j) => {
    dotsInto(hessian, j * size + cuts, column, x, p);
    for (let a = 0; a < p; a++) hessian[(cuts + a) * size + j] = hessian[j * size + cuts + a]!;
  });
  return { gradient, hessian };
}

/** Level probabilities from the linear predictor without intercept, row-major (n, levels). */
export function ordinalProbabilities(thresholds: ArrayLike<number>, eta: Float64Array): Float64Array {
  const levels = thresholds.length + 1;
  const out = new Float64Array(eta.length * levels);
  for (let i = 0; i < eta.length; i++) {
    let below = 0;
    for (let k = 0; k < levels; k++) {
      const upTo = k < levels - 1 ? logistic(thresholds[k]! - eta[i]!) : 1;
      out[i * levels + k] = Math.max(0, upTo - below);
      below = Math.max(below, upTo);
    }
  }
  return out;
}
