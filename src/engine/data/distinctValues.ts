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

/** The same for any numbers, by an open-addressed set, since sorting costs ten times as much. */
export function countBySet(values: Float64Array, rows: number): number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, rows * 2)));
  const mask = size - 1;
  const slots = new Float64Array(size).fill(Number.NaN);
  const key = new Float64Array(1);
  const bits = new Uint32Array(key.buffer);
  let distinct = 0;
  for (let i = 0; i < rows; i++) {
    const value = values[i]! + 0; // -0 and 0 are one value
    if (Number.isNaN(value)) continue;
    key[0] = value;
    let hash = Math.imul(bits[0]! ^ Math.imul(bits[1]!, 0x85ebca6b), 0xc2b2ae35);
    hash = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const found = slots[hash]!;
      if (found === value) break;
      if (Number.isNaN(found)) {
        slots[hash] = value;
        distinct++;
        break;
      }
      hash = (hash + 1) & mask;
    }
  }
  return distinct;
}
