import { isCategoricalColumn, isNumericColumn, type Table } from './table';
import { cellsOfRow } from './tokenize';

/**
 * The unit (patient, site, machine) of each row, numbered from 0 in the order in which units first occur. Rows with the same
 * value in any of the group columns are one unit, so that no group is torn apart by a split of units; a row whose groups are
 * all missing is a unit of its own.
 */
export type RowUnits = Int32Array;

/**
 * Units of the given rows of a table; shape (rows.length,).
 * @param groups Names of the group columns, of any kind; a name the table does not have is passed over.
 * @returns Null where every row is its own unit, or all rows are one: there is nothing that a split could respect.
 */
export function rowUnits(table: Table, groups: readonly string[], rows: ArrayLike<number>): RowUnits | null {
  const columns = groups.map((name) => table.columns.findIndex((column) => column.name === name)).filter((c) => c >= 0);
  if (columns.length === 0) return null;
  const leader = Int32Array.from({ length: rows.length }, (_, i) => i);
  const find = (row: number): number => {
    let top = row;
    while (leader[top] !== top) top = leader[top]!;
    for (let at = row; at !== top; ) {
      const next = leader[at]!;
      leader[at] = top;
      at = next;
    }
    return top;
  };
  for (const c of columns) {
    const keyOf = keysOf(table, c);
    const first = new Map<number | string, number>();
    for (let i = 0; i < rows.length; i++) {
      const key = keyOf(rows[i]!);
      if (key === null) continue;
      const known = first.get(key);
      if (known === undefined) first.set(key, i);
      else leader[find(i)] = find(known);
    }
  }
  const number = new Map<number, number>();
  const units = leader.map((_, i) => {
    const top = find(i);
    const known = number.get(top) ?? number.size;
    number.set(top, known);
    return known;
  });
  return number.size < 2 || number.size === rows.length ? null : units;
}

/** What becomes of the groups that are named, in words; nothing where none are. */
export function groupsMessage(groups: readonly string[], units: RowUnits | null): string[] {
  if (groups.length === 0) return [];
  const names = groups.map((name) => `"${name}"`).join(' or ');
  return [
    units
      ? `Rows with the same ${names} stay on one side of every split: ${(new Set(units).size).toLocaleString('en')} groups.`
      : `Splits cannot respect the groups of ${names}: every row is a group of its own, or all rows are one.`,
  ];
}

/** What tells the groups of one column apart, by table row; null for a missing cell. */
function keysOf(table: Table, c: number): (row: number) => number | string | null {
  const column = table.columns[c]!;
  if (isNumericColumn(column)) return (row) => (Number.isNaN(column.values[row]!) ? null : column.values[row]!);
  if (isCategoricalColumn(column)) return (row) => (column.codes[row]! < 0 ? null : column.codes[row]!);
  return (row) => cellsOfRow(table.source, row)[c]?.trim() || null;
}

/** How many units the given rows are of; as many as rows where each stands alone. */
export function countUnits(units: RowUnits | null, rows: ArrayLike<number>): number {
  if (!units) return rows.length;
  const seen = new Set<number>();
  for (let i = 0; i < rows.length; i++) seen.add(units[rows[i]!]!);
  return seen.size;
}
