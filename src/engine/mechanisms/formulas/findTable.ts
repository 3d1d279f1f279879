import type { ValueSpec } from '../../data/frame';
import { hasMoreValues } from '../../numeric/hasMoreValues';
import type { ParentColumns } from '../mechanism';

/** A functional dependency: the child is decided by the columns' values. */
export interface FoundTable {
  readonly child: string;
  /** As few columns as decide it, in the order of the parents given. */
  readonly parents: readonly string[];
  /** Rows in which all are known (a missing category counts as a level), and those that differ from their cell's usual value. */
  readonly rows: number;
  readonly counterexamples: number;
  readonly examples: readonly number[];
  /** Cells of the columns that hold at least one row. */
  readonly cells: number;
}

const MOST_LEVELS = 50;
const LEAST_ROWS = 50;
const FEW_ROWS = 1000;
/** Rows per filled cell: below it cells are too thin to say that they decide anything. */
const ROWS_PER_CELL = 10;
/** A table may leave at most this share of what the commonest value alone leaves unexplained. */
const MOST_BROKEN = 0.05;

/**
 * Looks for an exact table: whether columns of few values, categories or numbers, decide the child. Columns that are not
 * needed are left out, the last first.
 * @returns null when no table explains 95 % of the rows that differ from the child's commonest value.
 */
export function findTable(
  child: ValueSpec,
  parents: readonly ValueSpec[],
  values: Float64Array,
  parentColumns: ParentColumns,
): FoundTable | null {
  let used = parents.flatMap((_, p) => (hasMoreValues(parentColumns[p]!, MOST_LEVELS) ? [] : [p]));
  if (used.length === 0 || hasMoreValues(values, MOST_LEVELS)) return null;
  const known: number[] = [];
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) known.push(i);
  if (known.length < LEAST_ROWS) return null;
  const unexplained = brokenRows(known, values, []).broken.length;
  const most = MOST_BROKEN * unexplained;
  const check = (columns: readonly number[]) =>
    brokenRows(
      known,
      values,
      columns.map((p) => parentColumns[p]!),
    );
  if (unexplained === 0) return null;
  // Most columns are decided by nothing: a few rows tell.
  const some = known.slice(0, FEW_ROWS);
  const leftOfSome = brokenRows(some, values, []).broken.length;
  const all = used.map((p) => parentColumns[p]!);
  if (leftOfSome > 40 && brokenRows(some, values, all).broken.length > leftOfSome / 2) return null;
  let found = check(used);
  if (found.broken.length > most) return null;
  for (const p of [...used].reverse()) {
    const fewer = used.filter((other) => other !== p);
    const without = check(fewer);
    if (fewer.length === 0 || without.broken.length > Math.max(most / 2, found.broken.length)) continue;
    used = fewer;
    found = without;
  }
  if (found.cells * ROWS_PER_CELL > known.length) return null;
  return {
    child: child.name,
    parents: used.map((p) => parents[p]!.name),
    rows: known.length,
    counterexamples: found.broken.length,
    examples: found.broken.slice(0, 5),
    cells: found.cells,
  };
}

/** Rows whose value is not the commonest one of their cell. */
function brokenRows(rows: readonly number[], values: Float64Array, columns: ParentColumns) {
  const cells = new Map<string, Map<number, number>>();
  const keys = rows.map((i) => columns.map((column) => column[i]!).join());
  rows.forEach((i, at) => {
    const counts = cells.get(keys[at]!) ?? new Map<number, number>();
    counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1);
    cells.set(keys[at]!, counts);
  });
  const usual = new Map(
    [...cells].map(([key, counts]) => [key, [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0]] as const),
  );
  return { cells: cells.size, broken: rows.filter((i, at) => values[i] !== usual.get(keys[at]!)) };
}
