import { twoGroups } from '../association/groups';

/** How two samples of a number differ. Missing cells are left out before; both have values. */
export interface NumberMeasures {
  /** sup |F - G| and the chance of one as large from equal laws. */
  readonly ks: number;
  readonly ksPValue: number;
  /** Mean distance that has to be moved, in units of the column; and over the real sample standard deviation (NaN for a constant). */
  readonly wasserstein: number;
  readonly wassersteinOverSd: number;
  /** Population stability index over the deciles of the real values, shares of 0 taken as 0.0001. */
  readonly stabilityIndex: number;
  /** Square root of the Jensen-Shannon divergence in bits, ten bins of equal width over both. */
  readonly jensenShannon: number;
  /** |difference of means| over the root mean of the two sample variances. */
  readonly meanDifference: number;
  readonly welchPValue: number;
  readonly mannWhitneyPValue: number;
  /** Share of synthetic values within the real range. */
  readonly insideRange: number;
  /** Share of the real range that is reached. */
  readonly rangeCovered: number;
  /** 1 - |difference| over the real range, at least 0; of mean, median and standard deviation. */
  readonly similarity: { readonly mean: number; readonly median: number; readonly deviation: number };
}

const sorted = (values: Float64Array): Float64Array => Float64Array.from(values).sort();
const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);

/** Quantile of sorted values by linear interpolation (type 7). */
export function quantileOf(rising: Float64Array, share: number): number {
  const at = (rising.length - 1) * share;
  const low = Math.floor(at);
  return rising[low]! + (at - low) * ((rising[low + 1] ?? rising[low]!) - rising[low]!);
}

const sampleDeviation = (values: Float64Array): number => {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

/** @see The SDMetrics library, and A survey on measuring indirect discrimination in machine learning for PSI's bands. */
export function numberMeasures(real: Float64Array, synthetic: Float64Array): NumberMeasures {
  const [a, b] = [sorted(real), sorted(synthetic)];
  const [minA, maxA, minB, maxB] = [a[0]!, a[a.length - 1]!, b[0]!, b[b.length - 1]!];
  const range = maxA - minA;
  const { distance, area } = compareDistributions(a, b);
  const two = twoGroups(a, b);
  const similar = (t: (values: Float64Array) => number) =>
    range > 0 ? Math.max(0, 1 - Math.abs(t(a) - t(b)) / range) : Number.NaN;
  return {
    ks: distance,
    ksPValue: ksPValue(distance, a.length, b.length),
    wasserstein: area,
    wassersteinOverSd: range > 0 ? area / sampleDeviation(a) : Number.NaN,
    stabilityIndex: stabilityIndex(a, b),
    jensenShannon: jensenShannonOfBins(a, b, Math.min(minA, minB), Math.max(maxA, maxB)),
    meanDifference:
      Math.abs(meanOf(a) - meanOf(b)) / Math.sqrt((sampleDeviation(a) ** 2 + sampleDeviation(b) ** 2) / 2),
    welchPValue: two.welch.pValue,
    mannWhitneyPValue: two.mannWhitney.pValue,
    insideRange: b.filter((value) => value >= minA && value <= maxA).length / b.length,
    rangeCovered:
      range > 0 ? Math.max(0, 1 - Math.max(0, (minB - minA) / range) - Math.max(0, (maxA - maxB) / range)) : Number.NaN,
    similarity: {
      mean: similar(meanOf),
      median: similar((values) => quantileOf(values, 0.5)),
      deviation: similar(sampleDeviation),
    },
  };
}

/** Largest gap between two distribution functions and the area between them. */
function compareDistributions(a: Float64Array, b: Float64Array): { readonly distance: number; readonly area: number } {
  let [i, j, distance, area] = [0, 0, 0, 0];
  let last = Math.min(a[0]!, b[0]!);
  while (i < a.length || j < b.length) {
    const value = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    area += Math.abs(i / a.length - j / b.length) * (value - last);
    while (i < a.length && a[i]! === value) i++;
    while (j < b.length && b[j]! === value) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
    last = value;
  }
  return { distance, area };
}

/** Above this many pairs the limit law is as good as the exact one. */
const MOST_PAIRS = 4e6;

/**
 * P(D >= d) for samples of n and m values of one continuous law: the share of lattice paths from (0, 0) to (n, m) that
 * leave the band |i / n - j / m| < d, summed without a subtraction; by Kolmogorov's limit for large samples.
 * @see The significance probability of the Smirnov two-sample test, Arkiv för Matematik 3 (1958).
 */
function ksPValue(distance: number, n: number, m: number): number {
  if (distance <= 0) return 1;
  if (n * m > MOST_PAIRS) {
    const t = distance * Math.sqrt((n * m) / (n + m));
    let sum = 0;
    for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * t * t);
    return Math.min(1, Math.max(0, sum));
  }
  const limit = distance - 1e-12;
  const row = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++)
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i / n - j / m) >= limit) row[j] = 1;
      else if (i === 0 && j === 0) row[j] = 0;
      else row[j] = (i > 0 ? (row[j]! * i) / (i + j) : 0) + (j > 0 ? (row[j - 1]! * j) / (i + j) : 0);
    }
  return row[m]!;
}

const PSI_FLOOR = 1e-4;

function stabilityIndex(real: Float64Array, synthetic: Float64Array): number {
  const edges = [...new Set(Array.from({ length: 11 }, (_, i) => quantileOf(real, i / 10)))].slice(1, -1);
  const shares = (values: Float64Array) => {
    const counts = new Float64Array(edges.length + 1);
    for (const value of values) {
      let bin = 0;
      while (bin < edges.length && value >= edges[bin]!) bin++;
      counts[bin]!++;
    }
    return counts.map((count) => Math.max(PSI_FLOOR, count / values.length));
  };
  const [p, q] = [shares(real), shares(synthetic)];
  return p.reduce((sum, share, bin) => sum + (q[bin]! - share) * Math.log(q[bin]! / share), 0);
}

const BINS = 10;

function jensenShannonOfBins(a: Float64Array, b: Float64Array, low: number, high: number): number {
  if (!(high > low)) return 0;
  const edges = Array.from({ length: BINS + 1 }, (_, i) => low + ((high - low) * i) / BINS);
  const shares = (values: Float64Array) => {
    const counts = new Float64Array(BINS);
    for (const value of values) {
      let bin = 0;
      while (bin < BINS - 1 && value >= edges[bin + 1]!) bin++;
      counts[bin]! += 1 / values.length;
    }
    return counts;
  };
  return jensenShannon(shares(a), shares(b));
}

/** Square root of the Jensen-Shannon divergence of two laws, in bits: in [0, 1]. */
export function jensenShannon(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  p.forEach((share, i) => {
    const middle = (share + q[i]!) / 2;
    if (share > 0) sum += (share * Math.log2(share / middle)) / 2;
    if (q[i]! > 0) sum += (q[i]! * Math.log2(q[i]! / middle)) / 2;
  });
  return Math.sqrt(Math.max(0, sum));
}
