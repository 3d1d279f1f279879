import { addLinear } from './design';
import { insideUnit } from './locationScale';
import type { Loss } from './trees/boosting';

/** Cosines that tilt the noise's law, and the bins it is constant on. */
const TILTS = 4;
const BINS = 16;

/** sqrt(2) cos(j pi u) at the middle of each bin, j = 1 to TILTS. */
const COSINES = Array.from({ length: TILTS }, (_, j) =>
  Float64Array.from({ length: BINS }, (_, b) => Math.SQRT2 * Math.cos(((j + 1) * Math.PI * (b + 0.5)) / BINS)),
);

/** The values of the tilting functions at noises u, one array a function. */
export const tiltsAt = (noise: Float64Array): Float64Array[] =>
  COSINES.map((cosine) => noise.map((u) => cosine[binOf(u)]!));

const binOf = (u: number) => Math.min(BINS - 1, Math.floor(u * BINS));

/** Shares of the bins of one row, proportional to exp(sum_j theta_j cos_j). */
function sharesInto(out: Float64Array, theta: readonly Float64Array[], i: number): void {
  let sum = 0;
  for (let b = 0; b < BINS; b++) {
    let exponent = 0;
    for (let j = 0; j < TILTS; j++) exponent += theta[j]![i]! * COSINES[j]![b]!;
    const e = Math.exp(Math.min(50, exponent));
    out[b] = e;
    sum += e;
  }
  for (let b = 0; b < BINS; b++) out[b]! /= sum;
}

/** G(u) of each row: the distribution function of the tilted noise, linear within bins. */
export function tiltedCdf(theta: readonly Float64Array[], noise: Float64Array): Float64Array {
  const shares = new Float64Array(BINS);
  return noise.map((u, i) => {
    sharesInto(shares, theta, i);
    const bin = binOf(u);
    let below = 0;
    for (let b = 0; b < bin; b++) below += shares[b]!;
    return insideUnit(below + shares[bin]! * (u * BINS - bin));
  });
}

/** G^-1(p) of each row. */
export function tiltedQuantile(theta: readonly Float64Array[], p: Float64Array): Float64Array {
  const shares = new Float64Array(BINS);
  return p.map((level, i) => {
    sharesInto(shares, theta, i);
    let rest = level;
    let bin = 0;
    for (; bin < BINS - 1 && rest > shares[bin]!; bin++) rest -= shares[bin]!;
    return insideUnit((bin + Math.min(1, rest / shares[bin]!)) / BINS);
  });
}

/** log G'(u) of each row, nats. */
export function tiltedLogDensity(theta: readonly Float64Array[], noise: Float64Array): Float64Array {
  const shares = new Float64Array(BINS);
  return noise.map((u, i) => {
    sharesInto(shares, theta, i);
    return Math.log(BINS * shares[binOf(u)]!);
  });
}

/** -log G'(u): the loss of the tilts' predictors, one for each cosine. */
export function tiltLoss(noise: Float64Array): Loss {
  const own = tiltsAt(noise);
  const n = noise.length;
  const means = own.map(() => new Float64Array(n));
  const variances = own.map(() => new Float64Array(n));
  const shares = new Float64Array(BINS);
  return {
    outputs: TILTS,
    beginRound(theta) {
      for (let i = 0; i < n; i++) {
        sharesInto(shares, theta, i);
        for (let j = 0; j < TILTS; j++) {
          let mean = 0;
          let square = 0;
          for (let b = 0; b < BINS; b++) {
            const step = shares[b]! * COSINES[j]![b]!;
            mean += step;
            square += step * COSINES[j]![b]!;
          }
          means[j]![i] = mean;
          variances[j]![i] = square - mean * mean;
        }
      }
    },
    derivatives(_, j, weights, gradient, hessian) {
      for (let i = 0; i < n; i++) {
        gradient[i] = weights[i]! * (means[j]![i]! - own[j]![i]!);
        hessian[i] = weights[i]! * Math.max(0.05, variances[j]![i]!);
      }
    },
    rowLoss(theta, i) {
      sharesInto(shares, theta, i);
      return -Math.log(BINS * shares[binOf(noise[i]!)]!);
    },
  };
}

/**
 * One Newton step from no tilt, ridge: theta_j = X b_j, since at 0 the cosines have mean 0 and variance 1. A start for trees.
 * @param solve Ridge regression of a response on the design.
 */
export const linearTilts = (
  noise: Float64Array,
  columns: readonly Float64Array[],
  solve: (response: Float64Array) => Float64Array,
): { coefficients: Float64Array[]; theta: Float64Array[] } => {
  const coefficients = tiltsAt(noise).map(solve);
  return { coefficients, theta: coefficients.map((beta) => addLinear(columns, beta, new Float64Array(noise.length))) };
};
