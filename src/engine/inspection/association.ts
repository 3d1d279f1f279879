import type { ValueSpec } from '../data/frame';
import { argsort } from '../numeric/argsort';

/** Whether the order of the codes means something: numbers, ordered levels, and two levels. */
const isOrdered = (spec: ValueSpec): boolean =>
  spec.levels === null || spec.kind === 'ordinal' || spec.levels.length === 2;

export const measureOf = (a: ValueSpec, b: ValueSpec): 'rank' | 'eta' | 'v' =>
  isOrdered(a) && isOrdered(b) ? 'rank' : isOrdered(a) || isOrdered(b) ? 'eta' : 'v';

/**
 * How strongly two columns go together: Spearman's correlation of mid-ranks in [-1, 1] where both are ordered, the
 * correlation ratio sqrt(between / total) of the ranks where one is, Cramér's V where none is. Rows with a missing cell
 * are left out; NaN where a side does not vary.
 */
export function associationOf(a: ValueSpec, x: Float64Array, b: ValueSpec, y: Float64Array): number {
  const rows: number[] = [];
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i]!) && !Number.isNaN(y[i]!)) rows.push(i);
  const pick = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  const [u, v] = [pick(x), pick(y)];
  switch (measureOf(a, b)) {
    case 'rank':
      return correlation(midRanks(u), midRanks(v));
    case 'eta':
      return isOrdered(a) ? correlationRatio(midRanks(u), v, b) : correlationRatio(midRanks(v), u, a);
    case 'v':
      return cramersV(u, v, a.levels!.length, b.levels!.length);
  }
}

/** Ranks from 1, equal values sharing the mean of theirs. */
function midRanks(values: Float64Array): Float64Array {
  const order = argsort(values);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

function correlation(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}

function correlationRatio(values: Float64Array, codes: Float64Array, spec: ValueSpec): number {
  const sums = new Float64Array(spec.levels!.length);
  const counts = new Float64Array(spec.levels!.length);
  let total = 0;
  values.forEach((value, i) => {
    sums[codes[i]!]! += value;
    counts[codes[i]!]! += 1;
    total += value;
  });
  const mean = total / values.length;
  let between = 0;
  counts.forEach((count, level) => {
    if (count > 0) between += count * (sums[level]! / count - mean) ** 2;
  });
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return squares > 0 && counts.filter((count) => count > 0).length > 1 ? Math.sqrt(between / squares) : Number.NaN;
}

function cramersV(x: Float64Array, y: Float64Array, rows: number, columns: number): number {
  const table = new Float64Array(rows * columns);
  const left = new Float64Array(rows);
  const top = new Float64Array(columns);
  x.forEach((code, i) => {
    table[code * columns + y[i]!]! += 1;
    left[code]! += 1;
    top[y[i]!]! += 1;
  });
  const used = (counts: Float64Array) => counts.filter((count) => count > 0).length;
  const freedom = Math.min(used(left), used(top)) - 1;
  if (freedom < 1) return Number.NaN;
  let chi = 0;
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const expected = (left[r]! * top[c]!) / x.length;
      if (expected > 0) chi += (table[r * columns + c]! - expected) ** 2 / expected;
    }
  return Math.sqrt(chi / (x.length * freedom));
}
