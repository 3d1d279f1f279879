import { isCategoricalColumn, isNumericColumn, type Table } from '../data/table';
import { gather } from '../numeric/gather';

/** The given rows of a table, in that order, as a table: what a part of the rows would have been read as. */
export function tableRows(table: Table, rows: Int32Array): Table {
  return {
    rows: rows.length,
    columns: table.columns.map((column) => {
      if (isNumericColumn(column)) return { ...column, values: gather(column.values, rows) };
      return isCategoricalColumn(column) ? { ...column, codes: rows.map((row) => column.codes[row]!) } : column;
    }),
    source: {
      ...table.source,
      start: Uint32Array.from(rows, (row) => table.source.start[row]!),
      end: Uint32Array.from(rows, (row) => table.source.end[row]!),
    },
  };
}
