import { type Frame, isNumericSpec } from '../data/frame';
import { gather } from '../numeric/gather';

/** Neighbours whose mean distance says how far out a row is. */
const NEIGHBOURS = 5;
/** Rare rows compared with; more of them add time and no information that matters. */
const MOST_REFERENCE_ROWS = 2000;
/** Cells a numeric parent is cut into for counting. */
const CELLS_OF_A_NUMBER = 3;

export interface SupportReference {
  /** Distances of the reference rows to their own neighbours, increasing. */
  readonly own: Float64Array;
  /**
   * For rows [from, to) of columns in frame order: the share of real rare rows that are at least as far from their own
   * nearest neighbours as the row is from its; in [0, 1], NaN without reference rows. A fresh real rare row is about
   * uniform; 0 says that it lies farther out than any real rare row.
   */
  score(columns: readonly Float64Array[], from: number, to: number): Float64Array;
}

/**
 * What support scores are read off: the real rare rows, their ranks and the distances to their own nearest neighbours.
 * The distance of two rows is the mean over columns of |rank difference| for numbers, 0 or 1 for categories, and 1 where
 * just one cell is missing. A number's rank is its mid-rank among the rare rows over n, straight between them; beyond the
 * outermost it goes on in units of the range, so that a value far out is far away.
 * @param rare Real rare rows; at most 2,000 of them, evenly spread, are compared with.
 */
export function supportReference(rare: Frame): SupportReference {
  const step = Math.max(1, rare.rows / MOST_REFERENCE_ROWS);
  const chosen = Int32Array.from({ length: Math.min(rare.rows, MOST_REFERENCE_ROWS) }, (_, i) => Math.floor(i * step));
  const width = rare.specs.length;
  const scales = rare.specs.map((spec, c) => (isNumericSpec(spec) ? rankScale(rare.columns[c]!) : null));
  const rows = chosen.length;
  const reference = new Float64Array(rows * width);
  scales.forEach((scale, c) => {
    const column = gather(rare.columns[c]!, chosen);
    for (let i = 0; i < rows; i++) reference[i * width + c] = scale ? scale(column[i]!) : column[i]!;
  });
  const k = Math.max(1, Math.min(NEIGHBOURS, rows - 1));
  const nearest = new Float64Array(k);
  const point = new Float64Array(width);
  /** Mean distance of `point` to its k nearest reference rows, leaving one out. */
  const isolation = (leftOut: number): number => {
    nearest.fill(Infinity);
    for (let r = 0; r < rows; r++) {
      if (r === leftOut) continue;
      const limit = nearest[k - 1]!;
      let sum = 0;
      for (let c = 0; c < width && sum < limit; c++) {
        const a = reference[r * width + c]!;
        const b = point[c]!;
        if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
        sum += scales[c] && !Number.isNaN(a) && !Number.isNaN(b) ? Math.abs(a - b) : 1;
      }
      if (!(sum < limit)) continue;
      let at = k - 1;
      while (at > 0 && nearest[at - 1]! > sum) {
        nearest[at] = nearest[at - 1]!;
        at--;
      }
      nearest[at] = sum;
    }
    let total = 0;
    for (const distance of nearest) total += distance;
    return total / k / width;
  };
  const own = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < width; c++) point[c] = reference[i * width + c]!;
    own[i] = isolation(i);
  }
  own.sort();
  return {
    own,
    score(columns, from, to) {
      const out = new Float64Array(to - from).fill(Number.NaN);
      if (rows < 2) return out;
      for (let i = from; i < to; i++) {
        for (let c = 0; c < width; c++) point[c] = scales[c] ? scales[c]!(columns[c]![i]!) : columns[c]![i]!;
        out[i - from] = 1 - countBelow(own, isolation(-1)) / rows;
      }
      return out;
    },
  };
}

/**
 * Parent-cell occupancy: for every row the least count, over the nodes of a map, of real rows whose parents fall in the
 * same cell as the row's. Categories are cells of their own, numbers are cut at their terciles. 0 means that some
 * mechanism was asked about a combination of causes that no real row has. Rows without any parent get all real rows.
 * @param real All real rows: mechanisms are learned from common and rare rows alike.
 * @param parents Column indices of each node's parents.
 */
export function parentCellRows(
  real: Frame,
  parents: readonly (readonly number[])[],
  columns: readonly Float64Array[],
): Uint32Array {
  const rows = columns[0]?.length ?? 0;
  const least = new Uint32Array(rows).fill(real.rows);
  const cellOf = real.specs.map((spec, c) => (isNumericSpec(spec) ? tercileOf(real.columns[c]!) : (v: number) => v));
  for (const list of parents) {
    if (list.length === 0) continue;
    const keyOf = (all: readonly Float64Array[], i: number) => {
      let key = '';
      for (const p of list) key += `${cellOf[p]!(all[p]![i]!)} `;
      return key;
    };
    const counts = new Map<string, number>();
    for (let i = 0; i < real.rows; i++) {
      const key = keyOf(real.columns, i);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (let i = 0; i < rows; i++) least[i] = Math.min(least[i]!, counts.get(keyOf(columns, i)) ?? 0);
  }
  return least;
}

/** Mid-rank over n of a number among the known values, linear between neighbouring values and beyond the outermost. */
function rankScale(values: Float64Array): (v: number) => number {
  const sorted = values.filter((v) => !Number.isNaN(v)).sort();
  const distinct: number[] = [];
  const ranks: number[] = [];
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    distinct.push(sorted[i]!);
    ranks.push((i + end) / 2 / sorted.length);
    i = end;
  }
  const size = distinct.length;
  if (size === 0) return () => 0;
  const low = distinct[0]!;
  const high = distinct[size - 1]!;
  // Without any spread the value itself is the only unit there is.
  const range = high > low ? high - low : Math.max(1, Math.abs(high));
  return (v) => {
    if (Number.isNaN(v)) return v;
    if (v <= low) return ranks[0]! + (v - low) / range;
    if (v >= high) return ranks[size - 1]! + (v - high) / range;
    let a = 0;
    let b = size - 1;
    while (b - a > 1) {
      const middle = (a + b) >> 1;
      if (distinct[middle]! <= v) a = middle;
      else b = middle;
    }
    return ranks[a]! + ((v - distinct[a]!) / (distinct[b]! - distinct[a]!)) * (ranks[b]! - ranks[a]!);
  };
}

function tercileOf(values: Float64Array): (v: number) => number {
  const sorted = values.filter((v) => !Number.isNaN(v)).sort();
  const cuts = Array.from({ length: CELLS_OF_A_NUMBER - 1 }, (_, k) =>
    sorted.length > 0 ? sorted[Math.floor(((k + 1) * sorted.length) / CELLS_OF_A_NUMBER)]! : 0,
  );
  return (v) => (Number.isNaN(v) ? -1 : cuts.reduce((cell, cut) => cell + (v >= cut ? 1 : 0), 0));
}

/** How many of the increasing values are below `limit`. */
function countBelow(increasing: Float64Array, limit: number): number {
  let low = 0;
  let high = increasing.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (increasing[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
