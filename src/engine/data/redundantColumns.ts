import type { Notice } from './summary';
import { isCategoricalColumn, isNumericColumn, type Table } from './table';

/** Rows looked at, spread over the table, and columns compared with each other at most. */
const ROWS = 2000;
const COLUMNS = 300;
/** Correlation above which two numbers say the same. */
const SAME = 0.995;

/**
 * Groups of columns that say the same: numbers with |r| of at least 0.995, categories whose levels stand for each other
 * one to one, on up to 2,000 rows spread evenly. Missing cells are left out pairwise (a pair needs 30 known rows).
 */
function redundantColumns({ rows, columns }: Table): readonly (readonly string[])[] {
  const step = Math.max(1, Math.floor(rows / ROWS));
  const looked = columns.flatMap((column) => {
    const values = isNumericColumn(column) ? column.values : isCategoricalColumn(column) ? column.codes : null;
    if (values === null) return [];
    const picked = Float64Array.from({ length: Math.ceil(rows / step) }, (_, i) => values[i * step]!);
    return [{ name: column.name, isNumeric: isNumericColumn(column), picked }];
  });
  const compared = looked.slice(0, COLUMNS);
  const group = compared.map((_, i) => i);
  for (let a = 0; a < compared.length; a++)
    for (let b = a + 1; b < compared.length; b++) {
      if (group[b] !== b || compared[a]!.isNumeric !== compared[b]!.isNumeric) continue;
      const same = compared[a]!.isNumeric ? isSameNumber : isSameCategory;
      if (same(compared[a]!.picked, compared[b]!.picked)) group[b] = group[a]!;
    }
  return compared.flatMap(({ name }, i) => {
    const members = compared.flatMap((other, k) => (group[k] === i ? [other.name] : []));
    return group[i] === i && members.length > 1 ? [[name, ...members.filter((one) => one !== name)]] : [];
  });
}

function isSameNumber(a: Float64Array, b: Float64Array): boolean {
  let [n, meanA, meanB, saa, sbb, sab] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    const dx = x - meanA;
    const dy = y - meanB;
    meanA += dx / n;
    meanB += dy / n;
    saa += dx * (x - meanA);
    sbb += dy * (y - meanB);
    sab += dx * (y - meanB);
  }
  return n >= 30 && saa > 0 && sbb > 0 && Math.abs(sab) >= SAME * Math.sqrt(saa) * Math.sqrt(sbb);
}

function isSameCategory(a: Float64Array, b: Float64Array): boolean {
  const forward = new Map<number, number>();
  const backward = new Map<number, number>();
  let n = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x < 0 || y < 0) continue;
    n++;
    if ((forward.get(x) ?? y) !== y || (backward.get(y) ?? x) !== x) return false;
    forward.set(x, y);
    backward.set(y, x);
  }
  return n >= 30 && forward.size > 1;
}

/** One notice a group, at most ten. */
export function redundancyNotices(table: Table): Notice[] {
  return redundantColumns(table)
    .slice(0, 10)
    .map((names) => ({
      level: 'warning',
      text: `${names
        .slice(0, 6)
        .map((name) => `"${name}"`)
        .join(
          ', ',
        )}${names.length > 6 ? ` and ${names.length - 6} more` : ''} say the same: put one of them on the map, since no data can tell their arrows apart.`,
    }));
}
