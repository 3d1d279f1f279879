/** Most steps of 10^-decimals between the least and the largest number for which a bit each is kept. */
const MAX_BITS = 2 ** 27;

/** Distinct numbers among values[0, rows), NaN left out; all are multiples of 10^-decimals. */
export function countDistinct(values: Float64Array, rows: number, decimals: number): number {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return 0;
  const scale = 10 ** decimals;
  const base = Math.round(min * scale);
  const steps = Math.round(max * scale) - base + 1;
  // Below 2^53 steps of a decimal grid are whole numbers, one for each double that was read from at most 15 digits.
  const isGrid = decimals <= 9 && steps <= MAX_BITS && Math.abs(max * scale) < 2 ** 50 && Math.abs(base) < 2 ** 50;
  return isGrid ? countOnGrid(values, rows, scale, base, steps) : countBySet(values, rows);
}

/** Days, minutes and seconds in milliseconds: what dates are written in. */
const TIME_UNITS = [86_400_000, 60_000, 1000];

/** Distinct dates or durations, as milliseconds. */
export function countTimes(values: Float64Array, rows: number): number {
  let [min, max] = [Infinity, -Infinity];
  let unit = 0;
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    while (unit < TIME_UNITS.length && value !== TIME_UNITS[unit]! * Math.floor(value / TIME_UNITS[unit]!)) unit++;
  }
  if (min > max) return 0;
  const step = TIME_UNITS[unit];
  const steps = step === undefined ? Infinity : (max - min) / step + 1;
  return steps <= MAX_BITS
    ? countOnGrid(values, rows, 1 / step!, Math.round(min / step!), steps)
    : countBySet(values, rows);
}

function countOnGrid(values: Float64Array, rows: number, scale: number, base: number, steps: number): number {
  const seen = new Uint32Array((steps + 31) >>> 5);
  let distinct = 0;
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const step = Math.round(value * scale) - base;
    const bit = 1 << (step & 31);
    const word = step >>> 5;
    if ((seen[word]! & bit) !== 0) continue;
    seen[word]! |= bit;
    distinct++;
  }
  return distinct;
}

/** Distinct numbers of any sort, by their bits; NaN left out. */
function countBySet(values: Float64Array, rows: number): number {
  const kept = values.slice(0, rows);
  const pairs = new Int32Array(kept.buffer);
  for (let i = 0; i < rows; i++) {
    const value = kept[i]!;
    if (value === 0)
      kept[i] = -0; // -0 and 0 are one value; the bits of 0 would be no pair
    else if (Number.isNaN(value)) pairs[2 * i] = pairs[2 * i + 1] = 0;
  }
  return countPairs(pairs, rows);
}

const BUCKETS = 512;

/**
 * Distinct pairs of words pairs[2 i], pairs[2 i + 1], two zeros left out: dealt out to buckets by their bits first, each of which
 * is then small enough for a table that stays in the processor's cache.
 */
export function countPairs(pairs: Int32Array, rows: number): number {
  const ends = new Int32Array(BUCKETS + 1);
  const bucketOf = new Int16Array(rows);
  for (let i = 0; i < rows; i++) {
    const [a, b] = [pairs[2 * i]!, pairs[2 * i + 1]!];
    const bucket = (a | b) === 0 ? -1 : mixed(a, b) >>> 23;
    bucketOf[i] = bucket;
    ends[bucket + 1]!++;
  }
  ends[0] = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) ends[bucket + 1]! += ends[bucket]!;
  const dealt = new Int32Array(2 * ends[BUCKETS]!);
  const next = ends.slice();
  for (let i = 0; i < rows; i++) {
    const bucket = bucketOf[i]!;
    if (bucket < 0) continue;
    const at = 2 * next[bucket]!++;
    dealt[at] = pairs[2 * i]!;
    dealt[at + 1] = pairs[2 * i + 1]!;
  }
  let distinct = 0;
  let slots = new Int32Array(0);
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const [from, to] = [ends[bucket]!, ends[bucket + 1]!];
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * (to - from))));
    if (slots.length < 2 * size) slots = new Int32Array(2 * size);
    else slots.fill(0, 0, 2 * size);
    distinct += countInBucket(dealt, from, to, slots, size - 1);
  }
  return distinct;
}

/** @param slots All zero. @param mask Slots there are, a power of 2, less 1. */
function countInBucket(pairs: Int32Array, from: number, to: number, slots: Int32Array, mask: number): number {
  let distinct = 0;
  for (let i = from; i < to; i++) {
    const [a, b] = [pairs[2 * i]!, pairs[2 * i + 1]!];
    for (let slot = mixed(a, b) & mask; ; slot = (slot + 1) & mask) {
      const [c, d] = [slots[2 * slot]!, slots[2 * slot + 1]!];
      if (c === a && d === b) break;
      if ((c | d) !== 0) continue;
      slots[2 * slot] = a;
      slots[2 * slot + 1] = b;
      distinct++;
      break;
    }
  }
  return distinct;
}

function mixed(low: number, high: number): number {
  const hash = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0xc2b2ae35);
  return Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
}
