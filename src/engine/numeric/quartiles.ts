import { selectInPlace } from './select';

export interface Quartiles {
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}

/** Values are first dealt out to this many equal bins between the least and the largest. */
const BINS = 4096;
/** Below so many values, searching among all of them is as quick. */
const FEW = 4 * BINS;

/**
 * Least and largest value and the quartiles by linear interpolation (type 7), NaN left out; null without a value. Of many values
 * only those are searched that share a bin with a quartile, which is exact whatever the bins hold.
 * @see Sample Quantiles in Statistical Packages, American Statistician 50 (1996), definition 7.
 */
export function quartilesOf(values: Float64Array): Quartiles | null {
  let [count, min, max] = [0, Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    if (!Number.isNaN(value)) count++;
  }
  if (count === 0) return null;
  const shares = [0.25, 0.5, 0.75];
  const places = shares.map((share) => share * (count - 1));
  const ranks = [...new Set(places.flatMap((place) => [Math.floor(place), Math.ceil(place)]))].sort((a, b) => a - b);
  const valueAt = count > FEW && max > min ? byBins(values, ranks, min, max) : bySearch(values, ranks, count);
  const [q1, median, q3] = places.map((place) => {
    const weight = place - Math.floor(place);
    const low = valueAt.get(Math.floor(place))!;
    // Weights first: the difference of two huge values would overflow.
    return weight === 0 ? low : low * (1 - weight) + valueAt.get(Math.ceil(place))! * weight;
  });
  return { min, q1: q1!, median: median!, q3: q3!, max };
}

/** The values of these ranks, rising, among all that are known. */
function bySearch(values: Float64Array, ranks: readonly number[], count: number): Map<number, number> {
  const known = new Float64Array(count);
  let at = 0;
  for (const value of values) if (!Number.isNaN(value)) known[at++] = value;
  return pick(known, ranks, 0);
}

/** Each rank's value is found from the place of the rank before it on. @param before Values that are smaller than all of `known`. */
function pick(known: Float64Array, ranks: readonly number[], before: number): Map<number, number> {
  let from = 0;
  return new Map(
    ranks.map((rank) => {
      const value = selectInPlace(known, rank - before, from);
      from = rank - before;
      return [rank, value];
    }),
  );
}

/** Values that share a bin with a quartile. */
interface Bin {
  readonly ranks: readonly number[];
  /** Values in the bins before it. */
  readonly before: number;
  readonly inside: Float64Array;
  filled: number;
}

function byBins(values: Float64Array, ranks: readonly number[], min: number, max: number): Map<number, number> {
  const counts = new Uint32Array(BINS + 1);
  const binOf = binsOf(values, min, max, counts);
  const wanted: Bin[] = [];
  /** By bin, which of these it is. */
  const place = new Int8Array(BINS + 1).fill(-1);
  for (let bin = 0, before = 0; bin < BINS; before += counts[bin++]!) {
    const own = ranks.filter((rank) => rank >= before && rank < before + counts[bin]!);
    if (own.length === 0) continue;
    place[bin] = wanted.push({ ranks: own, before, inside: new Float64Array(counts[bin]!), filled: 0 }) - 1;
  }
  collect(values, binOf, place, wanted);
  return new Map(wanted.flatMap(({ inside, ranks: own, before }) => [...pick(inside, own, before)]));
}

// The loops over all values stand in functions of their own: code that is left for good where a loop ends is compiled once, not for
// each column again.

/** The bin of each value, BINS for NaN; how many each has is added to `counts`. */
function binsOf(values: Float64Array, min: number, max: number, counts: Uint32Array): Uint16Array {
  // Halves, because the difference of two huge numbers would be infinite.
  const scale = (BINS - 1) / (max / 2 - min / 2);
  const half = min / 2;
  const binOf = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const bin = Number.isNaN(value) ? BINS : ((value / 2 - half) * scale) | 0;
    binOf[i] = bin;
    counts[bin]!++;
  }
  return binOf;
}

function collect(values: Float64Array, binOf: Uint16Array, place: Int8Array, wanted: readonly Bin[]): void {
  for (let i = 0; i < values.length; i++) {
    const which = place[binOf[i]!]!;
    if (which < 0) continue;
    const bin = wanted[which]!;
    bin.inside[bin.filled++] = values[i]!;
  }
}
