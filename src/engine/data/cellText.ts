import { compileDatePattern } from './datePattern';
import type { ImportedTable } from './importedTable';
import type { TableSlice } from './summary';
import { isCategoricalColumn, isNumericColumn, type Table } from './table';
import { cellsOfRow } from './tokenize';

/** How the values of one column are written, as the file itself writes them. */
export interface CellFormat {
  /** Raw form per level code; null for numbers. */
  readonly levels: readonly string[] | null;
  readonly decimals: number;
  readonly datePattern: string | null;
  readonly decimal: '.' | ',';
  readonly missingText: string;
}

/** Formats of all columns in table order; those of ids only know the missing text. */
export function cellFormats({ table, columns, options }: ImportedTable): CellFormat[] {
  return table.columns.map((column, i) => ({
    levels: isCategoricalColumn(column) ? columns[i]!.levels.map(({ raw }) => raw) : null,
    decimals: isNumericColumn(column) ? column.decimals : 0,
    datePattern: isNumericColumn(column) ? column.datePattern : null,
    decimal: options.decimal ?? '.',
    missingText: columns[i]!.missingText,
  }));
}

/**
 * Makes a writer of generated values: the level's most common raw form, the date in the column's pattern, the number
 * with the column's decimals and the file's decimal mark. NaN, infinite values and unknown codes are written as missing.
 */
export function valueFormatter(format: CellFormat): (value: number) => string {
  const { levels, decimals, datePattern, missingText } = format;
  if (levels) return (value) => levels[value] ?? missingText;
  if (datePattern !== null) {
    const pattern = compileDatePattern(datePattern);
    // Beyond this a double is no date any more, and the host would write "NaN".
    return (value) => (Math.abs(value) <= 8.64e15 ? pattern.format(value) : missingText);
  }
  return (value) => {
    if (!Number.isFinite(value)) return missingText;
    const text = numberText(value, decimals);
    return format.decimal === ',' ? text.replace('.', ',') : text;
  };
}

/** One value as the file would write it; for many values of a column make a `valueFormatter` once. */
export const formatValue = (format: CellFormat, value: number): string => valueFormatter(format)(value);

/** Past ten decimals the fixed form would show the noise of the double: 38.7 as 38.700000000000003. */
function numberText(value: number, decimals: number): string {
  const fixed = Math.abs(value) < 1e21 ? value.toFixed(decimals) : String(value);
  const text = decimals > 10 ? String(Number(fixed)) : fixed;
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

/** The cells of a row as read, one per column: missing ones of a short row are empty, extra ones left out. */
export function rawCells(table: Table, row: number): string[] {
  const cells = cellsOfRow(table.source, row);
  const width = table.columns.length;
  while (cells.length < width) cells.push('');
  return cells.slice(0, width);
}

/** Rows [from, from + rows) as text for the table view; rows beyond the table are left out. */
export function readSlice(table: Table, from: number, rows: number): TableSlice {
  const first = Math.min(table.rows, Math.max(0, Math.floor(from)));
  const count = Math.max(0, Math.min(Math.floor(rows), table.rows - first));
  return {
    from: first,
    header: table.columns.map(({ name }) => name),
    cells: Array.from({ length: count }, (_, i) => rawCells(table, first + i)),
  };
}
