import { type ColumnKind, isCarriedColumn, isCategoricalColumn, isNumericColumn, type Table } from '../data/table';
import { EngineError } from '../errors';
import { createRng, shuffleInPlace } from '../rng';
import type { LayerRows, PointLayer } from './layerRows';

/** Points of one kind, ready to draw. */
export interface ScatterLayer {
  readonly layer: PointLayer;
  /** Positions of shape (n,): the value, or its decimal logarithm, less the axis' origin; jittered on discrete axes. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Ascending: table row for real layers, index in the run for made ones. */
  readonly row: Int32Array;
  /** Rows without a place on either axis: counted, not drawn. */
  readonly leftOut: number;
  /** Rows of this kind in all; more than are drawn when there were too many. */
  readonly total: number;
}

export interface ScatterAxis {
  /** Name of the column, or of the direction of a projection. */
  readonly column: string;
  readonly kind: ColumnKind;
  readonly levels: readonly string[] | null;
  /** Positions of the outermost points of any layer, jitter left aside. */
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
  readonly isLog: boolean;
  /**
   * What a position p is counted from: value = p + origin, or 10^(p + origin) on a log axis. Single precision would
   * tell dates only to the minute if they were counted from 1970.
   */
  readonly origin: number;
}

export interface ScatterData {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  readonly layers: readonly ScatterLayer[];
  /** What was done to get here, in plain sentences. */
  readonly messages: readonly string[];
}

export interface AxisRequest {
  readonly column: string;
  readonly isLog: boolean;
}

/** Numbers with at most this many distinct values stand in columns; they are jittered like categories. */
const FEW_VALUES = 15;

/**
 * Two columns as points, layer by layer. At most `limit` points a layer, drawn at random with a fixed seed; every real
 * rare row is kept. Discrete axes are jittered by up to 0.3 of the gap between values, by a stream of each layer's own,
 * so a point stays where it is when another layer is switched.
 * @throws EngineError `unknown-column`, `unsupported-column` for an id, `bad-parameter` for a log axis without positive
 * numbers.
 */
export function scatterData(
  table: Table,
  layers: readonly LayerRows[],
  xRequest: AxisRequest,
  yRequest: AxisRequest,
  limit: number,
): ScatterData {
  const x = axisOf(table, layers, xRequest);
  const y = axisOf(table, layers, yRequest);
  return { x: x.facts, y: y.facts, layers: layers.map((one) => layerOf(one, x, y, limit)), messages: [] };
}

interface Axis {
  readonly facts: ScatterAxis;
  readonly jitter: number;
}

function axisOf(table: Table, layers: readonly LayerRows[], { column: name, isLog }: AxisRequest): Axis {
  const column = table.columns.find((one) => one.name === name);
  if (!column) throw new EngineError('unknown-column', `The table has no column "${name}".`, { column: name });
  if (isCarriedColumn(column))
    throw new EngineError(
      'unsupported-column',
      `"${name}" is ${column.kind === 'id' ? 'an id' : 'free text'} and has no place on an axis: choose another column.`,
      { column: name },
    );
  const levels = isCategoricalColumn(column) ? column.levels : null;
  if (isLog && (levels || column.kind === 'datetime'))
    throw new EngineError('bad-parameter', `"${name}" has no logarithm: a log axis needs a column of numbers.`, {
      column: name,
    });
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  const distinct = new Set<number>();
  for (const { rows, read } of layers) {
    const valueAt = read(name);
    if (!valueAt) continue;
    for (const row of rows) {
      const v = valueAt(row);
      if (!Number.isFinite(v) || (isLog && v <= 0)) continue;
      if (v < min) min = v;
      if (v > max) max = v;
      if (distinct.size <= FEW_VALUES) distinct.add(v);
    }
  }
  if (distinct.size === 0) {
    if (isLog)
      throw new EngineError('bad-parameter', `"${name}" has no value above 0, so a log axis has no place for it.`, {
        column: name,
      });
    [min, max] = [0, 1];
  }
  const transform = isLog ? Math.log10 : (v: number) => v;
  const sorted = [...distinct].sort((a, b) => a - b).map(transform);
  const gap = sorted.slice(1).reduce((least, v, i) => Math.min(least, v - sorted[i]!), Number.POSITIVE_INFINITY);
  const origin = levels ? 0 : transform(min);
  return {
    facts: {
      column: name,
      kind: column.kind,
      levels,
      min: transform(min) - origin,
      max: transform(max) - origin,
      decimals: isNumericColumn(column) ? column.decimals : 0,
      isLog,
      origin,
    },
    jitter: levels ? 0.3 : distinct.size <= FEW_VALUES && Number.isFinite(gap) ? 0.3 * gap : 0,
  };
}

/** The rows of a layer that are drawn: all, or `limit` of them at random, in ascending order. */
export function drawnRows({ layer, rows }: LayerRows, limit: number): Int32Array {
  if (layer === 'rare' || rows.length <= limit) return rows;
  return shuffleInPlace(rows.slice(), createRng(0, `scatter-sample/${layer}`))
    .slice(0, limit)
    .sort();
}

function layerOf(layer: LayerRows, x: Axis, y: Axis, limit: number): ScatterLayer {
  const drawn = drawnRows(layer, limit);
  const readX = layer.read(x.facts.column);
  const readY = layer.read(y.facts.column);
  const xs = new Float32Array(drawn.length);
  const ys = new Float32Array(drawn.length);
  const kept = new Int32Array(drawn.length);
  let n = 0;
  // A column off a run's map is not generated: there is nothing to draw for it.
  if (readX && readY) {
    const rng = createRng(0, `scatter-jitter/${layer.layer}`);
    const isJittered = x.jitter > 0 || y.jitter > 0;
    for (let i = 0; i < drawn.length; i++) {
      const row = drawn[i]!;
      const dx = isJittered ? (2 * rng.uniform() - 1) * x.jitter : 0;
      const dy = isJittered ? (2 * rng.uniform() - 1) * y.jitter : 0;
      const px = placeOf(x.facts, readX(row));
      const py = placeOf(y.facts, readY(row));
      if (Number.isNaN(px) || Number.isNaN(py)) continue;
      xs[n] = px + dx;
      ys[n] = py + dy;
      kept[n++] = row;
    }
  }
  const leftOut = readX && readY ? drawn.length - n : 0;
  return {
    layer: layer.layer,
    x: xs.slice(0, n),
    y: ys.slice(0, n),
    row: kept.slice(0, n),
    leftOut,
    total: layer.rows.length,
  };
}

/** Position of a value on an axis; NaN where it has none. */
function placeOf({ isLog, origin }: ScatterAxis, value: number): number {
  if (!Number.isFinite(value)) return Number.NaN;
  if (!isLog) return value - origin;
  return value > 0 ? Math.log10(value) - origin : Number.NaN;
}
