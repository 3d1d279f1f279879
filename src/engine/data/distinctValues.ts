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

const BUCKETS = 1024;

/**
 * The same for any numbers: dealt out to buckets by their bits first, each of which is then small enough for a set that
 * stays in the processor's cache.
 */
export function countBySet(values: Float64Array, rows: number): number {
  const ends = new Int32Array(BUCKETS + 1);
  const bucketOf = new Int16Array(rows);
  const key = new Float64Array(1);
  const bits = new Int32Array(key.buffer);
  for (let i = 0; i < rows; i++) {
    const value = values[i]! + 0; // -0 and 0 are one value
    if (Number.isNaN(value)) {
      bucketOf[i] = -1;
      continue;
    }
    key[0] = value;
    const bucket = mixed(bits[0]!, bits[1]!) >>> 22;
    bucketOf[i] = bucket;
    ends[bucket + 1]!++;
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) ends[bucket + 1]! += ends[bucket]!;
  const dealt = new Float64Array(ends[BUCKETS]!);
  const next = ends.slice();
  for (let i = 0; i < rows; i++) if (bucketOf[i]! >= 0) dealt[next[bucketOf[i]!]!++] = values[i]! + 0;
  let distinct = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++)
    distinct += countInBucket(dealt.subarray(ends[bucket], ends[bucket + 1]), key, bits);
  return distinct;
}

function countInBucket(values: Float64Array, key: Float64Array, bits: Int32Array): number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, values.length * 2)));
  const mask = size - 1;
  const slots = new Float64Array(size).fill(Number.NaN);
  let distinct = 0;
  for (const value of values) {
    key[0] = value;
    for (let slot = mixed(bits[0]!, bits[1]!) & mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot]!;
      if (found === value) break;
      if (Number.isNaN(found)) {
        slots[slot] = value;
        distinct++;
        break;
      }
    }
  }
  return distinct;
}

function mixed(low: number, high: number): number {
  const hash = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0xc2b2ae35);
  return Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
}
