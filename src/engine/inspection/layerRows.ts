import type { Frame } from '../data/frame';
import { isCategoricalColumn, isNumericColumn, type Table } from '../data/table';

/** The kinds of rows that views tell apart: two real ones, and those made by runs or refused by a sampler. */
export type PointLayer = 'common' | 'rare' | 'synthetic' | 'comparison' | 'other' | 'rejected';
/** Layers whose rows a generator made, or proposed. */
export type MadeLayer = Exclude<PointLayer, 'common' | 'rare'>;

/** The rows of one layer, whatever holds them. */
export interface LayerRows {
  readonly layer: PointLayer;
  /** Ascending: table rows for real layers, 0 to n - 1 for made ones. */
  readonly rows: Int32Array;
  /** Reads a column by row number; NaN is missing. Null where the layer has no value of its own there. */
  read(column: string): ((row: number) => number) | null;
}

/**
 * The real rows by class.
 * @param classes 1 rare, 0 other, -1 unknown, per table row; unknown rows belong to no layer.
 */
export function realLayers(table: Table, classes: Int8Array): readonly [LayerRows, LayerRows] {
  const pick = (wanted: number) => {
    let count = 0;
    for (const one of classes) if (one === wanted) count++;
    const rows = new Int32Array(count);
    let next = 0;
    classes.forEach((one, row) => {
      if (one === wanted) rows[next++] = row;
    });
    return rows;
  };
  const read = (name: string) => {
    const column = table.columns.find((one) => one.name === name);
    if (!column) return null;
    if (isNumericColumn(column)) return (row: number) => column.values[row]!;
    if (!isCategoricalColumn(column)) return null;
    return (row: number) => {
      const code = column.codes[row]!;
      return code < 0 ? Number.NaN : code;
    };
  };
  return [
    { layer: 'common', rows: pick(0), read },
    { layer: 'rare', rows: pick(1), read },
  ];
}

/** The rows of a run; a column off its map is not there. */
export function madeLayer(layer: MadeLayer, frame: Frame): LayerRows {
  const columns = new Map(frame.specs.map(({ name }, c) => [name, frame.columns[c]!]));
  return {
    layer,
    rows: Int32Array.from({ length: frame.rows }, (_, row) => row),
    read(name) {
      const column = columns.get(name);
      return column ? (row) => column[row]! : null;
    },
  };
}

/** Values of a column at the given rows of a layer, NaN for missing; null where the layer has none. */
export function valuesAt(layer: LayerRows, column: string, rows: ArrayLike<number> = layer.rows): Float64Array | null {
  const read = layer.read(column);
  if (!read) return null;
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = read(rows[i]!);
  return out;
}

/** Chosen rows of one layer, ascending. */
export interface RowMarks {
  readonly layer: PointLayer;
  readonly rows: Int32Array;
}
