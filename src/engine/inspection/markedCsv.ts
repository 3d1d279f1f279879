import { cellFormats, rawCells, valueFormatter } from '../data/cellText';
import { runsAsFormula } from '../data/formulaGuard';
import type { ImportedTable } from '../data/importedTable';
import { quoteCell } from '../data/rawSegments';
import type { LayerRows, PointLayer, RowMarks } from './layerRows';

/** What the `layer` column calls the rows of each kind. */
const layerWords: Readonly<Record<PointLayer, string>> = {
  common: 'real common',
  rare: 'real rare',
  synthetic: 'synthetic',
  comparison: 'comparison',
  other: 'other run',
  rejected: 'rejected proposal',
};

/**
 * Marked rows as delimited text in the dialect of the table: `layer`, `row` and `donor` (counted from 1, empty without
 * one), then the table's columns; cells that a made row has no value for are empty. Text that a spreadsheet would run
 * gets an apostrophe in front.
 * @param donorsOf Donor table rows of a made layer; null for real ones.
 */
export function markedCsv(
  imported: ImportedTable,
  layers: readonly LayerRows[],
  marks: readonly RowMarks[],
  donorsOf: (layer: PointLayer) => Int32Array | null,
): string {
  const { table } = imported;
  const { delimiter, newline } = table.source;
  const formats = cellFormats(imported).map(valueFormatter);
  const cell = (text: string) => quoteCell(runsAsFormula(text) ? `'${text}` : text, table.source);
  const lines = [['layer', 'row', 'donor', ...table.columns.map(({ name }) => name)].map(cell).join(delimiter)];
  for (const { layer, rows } of marks) {
    const found = layers.find((one) => one.layer === layer);
    if (!found) continue;
    const isReal = layer === 'common' || layer === 'rare';
    const readers = table.columns.map(({ name }) => found.read(name));
    const donors = donorsOf(layer);
    for (const row of rows) {
      const cells = isReal
        ? rawCells(table, row)
        : readers.map((read, c) => (read === null ? '' : formats[c]!(read(row))));
      const lineage = [layerWords[layer], String(row + 1), donors && donors[row]! >= 0 ? String(donors[row]! + 1) : ''];
      lines.push([...lineage, ...cells].map(cell).join(delimiter));
    }
  }
  return lines.join(newline) + newline;
}
