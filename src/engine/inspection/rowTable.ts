import type { ValueSpec } from '../data/frame';
import { argsort } from '../numeric/argsort';
import { subtask, type Task } from '../task';
import type { LayerRows, PointLayer, RowMarks } from './layerRows';
import { parseFilter } from './rowFilter';

/** Which rows a table shows, and in which order. */
export interface RowQuery {
  readonly layers: readonly PointLayer[];
  /** What was typed above the columns, by column; see `parseFilter`. */
  readonly filters: Readonly<Record<string, string>>;
  /** Text that some cell must hold, letters large or small; empty for any. */
  readonly search: string;
  readonly onlyMarked: boolean;
  readonly onlyBroken: boolean;
  /** Null keeps layers one after the other, rows in their order. */
  readonly sort: { readonly column: string; readonly isDescending: boolean } | null;
}

/** The rows of a query: entry i is row `rows[i]` of `layers[layer[i]]`. */
export interface RowOrder {
  readonly layers: readonly LayerRows[];
  readonly layer: Uint8Array;
  readonly rows: Int32Array;
}

export interface ColumnStatistics {
  readonly column: string;
  readonly missing: number;
  /** For numbers; null for categories and where there is no value. */
  readonly numbers: {
    readonly min: number;
    readonly mean: number;
    readonly deviation: number;
    readonly max: number;
  } | null;
  /** Most frequent level and its share of the cells that are not missing; null for numbers. */
  readonly top: { readonly level: string; readonly share: number } | null;
}

export interface QueryParts {
  readonly layers: readonly LayerRows[];
  readonly specs: readonly ValueSpec[];
  readonly marks: readonly RowMarks[];
  /** Whether a row of a layer breaks a rule. */
  breaksRule(layer: LayerRows): (row: number) => boolean;
  /** Whether the text of some cell of a row holds the (lower case) search text. */
  holdsText(layer: LayerRows, text: string): (row: number) => boolean;
}

/** Rows looked at between two chances to stop. */
const PORTION = 20_000;

/**
 * Filters, then sorts.
 * @throws EngineError `bad-parameter` for a filter that cannot be read.
 */
export async function queryRows(query: RowQuery, parts: QueryParts, task: Task): Promise<RowOrder> {
  const { specs, marks } = parts;
  const tests = specs.flatMap((spec) => {
    const text = query.filters[spec.name]?.trim();
    return text ? [{ column: spec.name, test: parseFilter(text, spec) }] : [];
  });
  const shown = parts.layers.filter(({ layer }) => query.layers.includes(layer));
  const search = query.search.trim().toLowerCase();
  const found: { readonly layer: number; readonly rows: Int32Array }[] = [];
  for (const [l, layer] of shown.entries()) {
    const given = query.onlyMarked
      ? (marks.find((one) => one.layer === layer.layer)?.rows ?? new Int32Array(0))
      : layer.rows;
    const filters = tests.map(({ column, test }) => {
      const read = layer.read(column);
      return (row: number) => test(read ? read(row) : Number.NaN);
    });
    if (query.onlyBroken) filters.push(parts.breaksRule(layer));
    if (search !== '') filters.push(parts.holdsText(layer, search));
    if (filters.length === 0) {
      found.push({ layer: l, rows: given });
      continue;
    }
    const kept = new Int32Array(given.length);
    let n = 0;
    const part = subtask(task, (0.8 * l) / shown.length, (0.8 * (l + 1)) / shown.length);
    for (let from = 0; from < given.length; from += PORTION) {
      await part.checkpoint(from / given.length, 'Filtering');
      const to = Math.min(given.length, from + PORTION);
      for (let i = from; i < to; i++) if (filters.every((test) => test(given[i]!))) kept[n++] = given[i]!;
    }
    found.push({ layer: l, rows: kept.slice(0, n) });
  }
  const count = found.reduce((sum, { rows }) => sum + rows.length, 0);
  const owner = new Uint8Array(count);
  const rows = new Int32Array(count);
  let at = 0;
  for (const one of found) {
    owner.fill(one.layer, at, at + one.rows.length);
    rows.set(one.rows, at);
    at += one.rows.length;
  }
  if (!query.sort) return { layers: shown, layer: owner, rows };
  await task.checkpoint(0.8, 'Sorting');
  const { column, isDescending } = query.sort;
  const readers = shown.map((layer) => layer.read(column));
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = readers[owner[i]!]?.(rows[i]!) ?? Number.NaN;
  const order = argsort(keys, isDescending);
  return {
    layers: shown,
    layer: Uint8Array.from(order, (i) => owner[i]!),
    rows: Int32Array.from(order, (i) => rows[i]!),
  };
}

/** Statistics of every column over the rows of a query. */
export async function orderStatistics(
  { layers, layer, rows }: RowOrder,
  specs: readonly ValueSpec[],
  task: Task,
): Promise<ColumnStatistics[]> {
  const out: ColumnStatistics[] = [];
  for (const [c, spec] of specs.entries()) {
    await task.checkpoint(c / specs.length, 'Summing up');
    const readers = layers.map((one) => one.read(spec.name));
    const counts = new Float64Array(spec.levels?.length ?? 0);
    let [known, mean, squares, min, max] = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < rows.length; i++) {
      const value = readers[layer[i]!]?.(rows[i]!) ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      known++;
      if (spec.levels) counts[value]!++;
      else {
        const step = value - mean;
        mean += step / known;
        squares += step * (value - mean);
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
    const top = spec.levels ? counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0)) : -1;
    out.push({
      column: spec.name,
      missing: rows.length - known,
      numbers: spec.levels || known === 0 ? null : { min, mean, deviation: Math.sqrt(squares / known), max },
      top: spec.levels && known > 0 ? { level: spec.levels[top]!, share: counts[top]! / known } : null,
    });
  }
  return out;
}
