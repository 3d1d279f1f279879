import { gather } from '../numeric/gather';

/**
 * A continuous law on the line given by its quantile function: linear between K knots at levels (j + 1/2) / K, with
 * exponential tails beyond the outer knots, so that every number has a noise and every noise in (0, 1) a number.
 */
export interface ResidualDistribution {
  /** Increasing, shape (K,). */
  readonly knots: Float64Array;
  readonly lowerScale: number;
  readonly upperScale: number;
}

const MAX_KNOTS = 256;

/** Through here go single values to the functions for many. */
const single = new Float64Array(1);

/** Weighted quantile law of `values` (shape (n,), n >= 1); equal values are spread a little so that the law is continuous. */
export function fitResidualDistribution(values: Float64Array, weights: Float64Array): ResidualDistribution {
  const n = values.length;
  const sorted = sortWithWeights(values, weights);
  let total = 0;
  for (let i = 0; i < n; i++) total += weights[i]!;
  const size = Math.max(2, Math.min(MAX_KNOTS, n));
  const knots = new Float64Array(size);
  let position = 0;
  let below = 0; // weight of the sorted rows before `position`
  for (let j = 0; j < size; j++) {
    const goal = ((j + 0.5) / size) * total;
    while (position < n - 1 && below + sorted.weights[position]! < goal) below += sorted.weights[position++]!;
    // Interpolates between the midpoints of neighbouring rows' weight intervals.
    const middle = below + sorted.weights[position]! / 2;
    const neighbour = goal < middle ? Math.max(0, position - 1) : Math.min(n - 1, position + 1);
    const gap = (sorted.weights[position]! + sorted.weights[neighbour]!) / 2;
    const share = gap > 0 ? Math.min(1, Math.abs(goal - middle) / gap) : 0;
    knots[j] = sorted.values[position]! + share * (sorted.values[neighbour]! - sorted.values[position]!);
  }
  const spread = knots[size - 1]! - knots[0]!;
  const least = (spread > 0 ? spread : Math.max(1e-9, Math.abs(knots[0]!) * 1e-9)) / (size * 1e4);
  for (let j = 1; j < size; j++) if (knots[j]! < knots[j - 1]! + least) knots[j] = knots[j - 1]! + least;
  return { knots, lowerScale: tailScale(knots, -1, least), upperScale: tailScale(knots, 1, least) };
}

/** Values in increasing order, each with its weight. */
function sortWithWeights(values: Float64Array, weights: Float64Array) {
  // Sorting numbers alone is ten times as fast as sorting rows by a comparison, and mostly all weights are equal.
  if (weights.every((w) => w === weights[0])) return { values: values.slice().sort(), weights };
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  return { values: gather(values, order), weights: gather(weights, order) };
}

/** Mean excess beyond the outer 5 % of the knots: the scale of an exponential tail. */
function tailScale(knots: Float64Array, side: 1 | -1, least: number): number {
  const size = knots.length;
  const count = Math.max(1, Math.floor(size * 0.05));
  const edge = side > 0 ? knots[size - 1 - count]! : knots[count]!;
  let excess = 0;
  for (let j = 0; j < count; j++) excess += Math.abs((side > 0 ? knots[size - 1 - j]! : knots[j]!) - edge);
  return Math.max(least, excess / count / 2);
}

/** Q(u), u in (0, 1). */
export function residualQuantile(law: ResidualDistribution, u: number): number {
  single[0] = u;
  residualQuantileInPlace(law, single);
  return single[0];
}

/** F(e), the inverse of `residualQuantile`. */
export function residualCdf(law: ResidualDistribution, e: number): number {
  single[0] = e;
  residualCdfInPlace(law, single);
  return single[0];
}

/** F of every value; equal ones in a row are computed once. */
export function residualCdfInPlace(
  { knots, lowerScale, upperScale }: ResidualDistribution,
  values: Float64Array,
): void {
  const size = knots.length;
  const first = knots[0]!;
  const last = knots[size - 1]!;
  let before = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const e = values[i]!;
    if (e === before) {
      values[i] = values[i - 1]!;
    } else if (e <= first) {
      values[i] = Math.exp((e - first) / lowerScale) / (2 * size);
    } else if (e >= last) {
      values[i] = 1 - Math.exp((last - e) / upperScale) / (2 * size);
    } else {
      const j = knotBelow(knots, e);
      values[i] = (j + 0.5 + (e - knots[j]!) / (knots[j + 1]! - knots[j]!)) / size;
    }
    before = e;
  }
}

/** Q of every u. */
export function residualQuantileInPlace(
  { knots, lowerScale, upperScale }: ResidualDistribution,
  values: Float64Array,
): void {
  const size = knots.length;
  for (let i = 0; i < values.length; i++) {
    const u = values[i]!;
    const at = u * size - 0.5;
    if (at <= 0) {
      values[i] = knots[0]! + lowerScale * Math.log(2 * size * u);
    } else if (at >= size - 1) {
      values[i] = knots[size - 1]! - upperScale * Math.log(2 * size * (1 - u));
    } else {
      const j = Math.floor(at);
      values[i] = knots[j]! + (at - j) * (knots[j + 1]! - knots[j]!);
    }
  }
}

/** log f(e), nats. */
export function residualLogDensity({ knots, lowerScale, upperScale }: ResidualDistribution, e: number): number {
  const size = knots.length;
  if (e <= knots[0]!) return (e - knots[0]!) / lowerScale - Math.log(2 * size * lowerScale);
  if (e >= knots[size - 1]!) return (knots[size - 1]! - e) / upperScale - Math.log(2 * size * upperScale);
  const j = knotBelow(knots, e);
  return -Math.log(size * (knots[j + 1]! - knots[j]!));
}

function knotBelow(knots: Float64Array, e: number): number {
  let low = 0;
  let high = knots.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle]! <= e) low = middle;
    else high = middle;
  }
  return low;
}
