import type { SyntheticColumns } from '../data/histogram';
import { type LayerRows, type RowMarks, valuesAt } from './layerRows';

/** The values of the marked rows of all layers, column by column; rows of layers without a column are left out there. */
export function markedColumns(
  layers: readonly LayerRows[],
  columns: readonly string[],
  marks: readonly RowMarks[],
): SyntheticColumns {
  const parts = marks.flatMap(({ layer, rows }) => {
    const found = layers.find((one) => one.layer === layer);
    return found ? [{ found, rows }] : [];
  });
  return {
    names: columns,
    columns: columns.map((name) => {
      const values = parts.flatMap(({ found, rows }) => valuesAt(found, name, rows) ?? []);
      const all = new Float64Array(values.reduce((sum, one) => sum + one.length, 0));
      let at = 0;
      for (const one of values) {
        all.set(one, at);
        at += one.length;
      }
      return all;
    }),
  };
}
