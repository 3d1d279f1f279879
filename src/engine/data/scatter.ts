import { EngineError } from '../errors';
import { createRng, shuffleInPlace } from '../rng';
import type { Frame } from './frame';
import { type Column, type ColumnKind, isCategoricalColumn, isNumericColumn, type Table } from './table';

export type PointLayer = 'common' | 'rare' | 'synthetic' | 'comparison';

/** Points of one kind, ready to draw. */
export interface ScatterLayer {
  readonly layer: PointLayer;
  /** Shape (n,); jittered on discrete axes. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Table row for real layers, index in the run for synthetic ones. */
  readonly row: Int32Array;
  /** Rows without a value on either axis: counted, not drawn. */
  readonly leftOut: number;
  /** Rows of this kind in all; more than are drawn when there were too many. */
  readonly total: number;
}

export interface ScatterAxis {
  readonly column: string;
  readonly kind: ColumnKind;
  readonly levels: readonly string[] | null;
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
}

export interface ScatterData {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  readonly layers: readonly ScatterLayer[];
}

/** Numbers with at most this many distinct values stand in columns; they are jittered like categories. */
const FEW_VALUES = 15;

/**
 * Two columns as points: common and rare real rows, and the rows of up to two runs. At most `limit` points a layer, drawn
 * at random with a fixed seed; every rare row is kept. Discrete axes are jittered by up to 0.3 of the gap between values,
 * by a stream of their own, so a point stays where it is when another layer is switched.
 * @param classes 1 rare, 0 other, -1 unknown, per table row; unknown rows are not drawn.
 * @throws EngineError `unknown-column`, `unsupported-column` for an id.
 */
export function scatterData(
  table: Table,
  classes: Int8Array,
  xName: string,
  yName: string,
  run: Frame | null,
  comparison: Frame | null,
  limit: number,
): ScatterData {
  const [x, y] = [xName, yName].map((name) => axisOf(table, name));
  const layers: ScatterLayer[] = [];
  for (const [layer, wanted] of [
    ['common', 0],
    ['rare', 1],
  ] as const) {
    const rows: number[] = [];
    classes.forEach((one, row) => {
      if (one === wanted) rows.push(row);
    });
    layers.push(
      layerOf(
        layer,
        x!,
        y!,
        rows,
        (axis, row) => axis.valueAt(row),
        layer === 'rare' ? Number.POSITIVE_INFINITY : limit,
      ),
    );
  }
  for (const [layer, frame] of [
    ['synthetic', run],
    ['comparison', comparison],
  ] as const) {
    if (!frame) continue;
    const columns = new Map(frame.specs.map(({ name }, c) => [name, frame.columns[c]!]));
    // A column off the run's map is not generated: there is nothing to draw for it.
    const rows = columns.has(xName) && columns.has(yName) ? Array.from({ length: frame.rows }, (_, row) => row) : [];
    layers.push(layerOf(layer, x!, y!, rows, (axis, row) => columns.get(axis.facts.column)![row]!, limit, frame.rows));
  }
  return { x: x!.facts, y: y!.facts, layers };
}

interface Axis {
  readonly facts: ScatterAxis;
  readonly jitter: number;
  readonly valueAt: (row: number) => number;
}

function axisOf(table: Table, name: string): Axis {
  const column = table.columns.find((one) => one.name === name);
  if (!column) throw new EngineError('unknown-column', `The table has no column "${name}".`, { column: name });
  if (column.kind === 'id')
    throw new EngineError(
      'unsupported-column',
      `"${name}" is an id and has no place on an axis: choose another column.`,
      { column: name },
    );
  const valueAt = readerOf(column);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  const distinct = new Set<number>();
  for (let row = 0; row < table.rows; row++) {
    const v = valueAt(row);
    if (Number.isNaN(v)) continue;
    if (v < min) min = v;
    if (v > max) max = v;
    if (distinct.size <= FEW_VALUES) distinct.add(v);
  }
  if (distinct.size === 0) [min, max] = [0, 1];
  const levels = isCategoricalColumn(column) ? column.levels : null;
  const sorted = [...distinct].sort((a, b) => a - b);
  const gap = sorted.slice(1).reduce((least, v, i) => Math.min(least, v - sorted[i]!), Number.POSITIVE_INFINITY);
  const jitter = levels ? 0.3 : distinct.size <= FEW_VALUES && Number.isFinite(gap) ? 0.3 * gap : 0;
  return {
    facts: {
      column: name,
      kind: column.kind,
      levels,
      min,
      max,
      decimals: isNumericColumn(column) ? column.decimals : 0,
    },
    jitter,
    valueAt,
  };
}

function readerOf(column: Exclude<Column, { kind: 'id' }>): (row: number) => number {
  if (isNumericColumn(column)) return (row) => column.values[row]!;
  return (row) => (column.codes[row]! < 0 ? Number.NaN : column.codes[row]!);
}

function layerOf(
  layer: PointLayer,
  x: Axis,
  y: Axis,
  rows: readonly number[],
  read: (axis: Axis, row: number) => number,
  limit: number,
  total = rows.length,
): ScatterLayer {
  const drawn =
    rows.length <= limit
      ? rows
      : shuffleInPlace(Int32Array.from(rows), createRng(0, `scatter-sample/${layer}`))
          .slice(0, limit)
          .sort();
  const rng = createRng(0, `scatter-jitter/${layer}`);
  const xs = new Float32Array(drawn.length);
  const ys = new Float32Array(drawn.length);
  const kept = new Int32Array(drawn.length);
  let n = 0;
  for (let i = 0; i < drawn.length; i++) {
    const row = drawn[i]!;
    const [dx, dy] = [2 * rng.uniform() - 1, 2 * rng.uniform() - 1];
    const vx = read(x, row);
    const vy = read(y, row);
    if (Number.isNaN(vx) || Number.isNaN(vy)) continue;
    xs[n] = vx + dx * x.jitter;
    ys[n] = vy + dy * y.jitter;
    kept[n++] = row;
  }
  return { layer, x: xs.slice(0, n), y: ys.slice(0, n), row: kept.slice(0, n), leftOut: drawn.length - n, total };
}
