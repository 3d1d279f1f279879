import type { Frame } from '../data/frame';
import { MOST_ROWS_OF_A_KIND } from '../dependence/arena';
import type { Variable } from '../dependence/dependenceTest';
import { columnIndex } from '../dependence/statementRows';
import { scoresOf, variableOf } from '../dependence/variable';
import { EngineError } from '../errors';
import { normalQuantile } from '../numeric/normal';
import { createRng, shuffleInPlace } from '../rng';
import type { Task } from '../task';

/**
 * How numbers enter: as normal scores Phi^-1((rank - 1/2) / n), which neither skew nor outliers disturb, or as they are.
 * @see PC Algorithm for Nonparanormal Graphical Models, JMLR 14 (2013), section 3.
 */
export type NumberScale = 'normal-scores' | 'values';

/** The complete rows of some columns as numbers: one column for numbers and orders, one a level but the first for categories. */
export interface EncodedColumns {
  readonly names: readonly string[];
  /** Node i owns the columns from first[i] to first[i] + width[i] - 1. */
  readonly first: readonly number[];
  readonly width: readonly number[];
  /** Node i takes the columns from first[i] to first[i] + span[i] - 1 where it is held fixed: its own and their curves. */
  readonly span: readonly number[];
  readonly rows: number;
  /** Each of shape (rows,), with mean 0 and, unless it is constant, variance 1. */
  readonly columns: readonly Float64Array[];
  /** Rows of the frame that lack a cell in one of the columns; they are left out. */
  readonly incomplete: number;
  /** Complete rows before some were drawn at random; equal to `rows` unless there were more than 20,000. */
  readonly complete: number;
}

export interface EncodingOptions {
  readonly scale: NumberScale;
  /** Highest power of a number where it is held fixed: 1 for straight lines, 3 for cubic curves. */
  readonly degree: 1 | 2 | 3;
}

/**
 * Encodes the named columns of a frame. Of a nominal column the five most frequent levels stay apart. Rows with a missing
 * cell in any of the columns are left out; of more than 20,000 as many are drawn at random.
 * @throws EngineError `unknown-column`, `cancelled`, `too-few-rows` unless there are 30 complete rows, and 10 more than
 * encoded columns.
 */
export async function encodeColumns(
  frame: Frame,
  names: readonly string[],
  options: EncodingOptions,
  task: Task,
): Promise<EncodedColumns> {
  const indices = names.map((name) => columnIndex(frame, name));
  const all = completeRows(frame, indices);
  const used = drawnRows(all);
  const columns: Float64Array[] = [];
  const first: number[] = [];
  const width: number[] = [];
  const span: number[] = [];
  for (const [i, c] of indices.entries()) {
    await task.checkpoint(i / indices.length, 'Reading the columns');
    const { own, terms } = encodedVariable(variableOf(frame, c, used), options);
    terms.forEach(standardiseInPlace);
    first.push(columns.length);
    width.push(own);
    span.push(terms.length);
    columns.push(...terms);
  }
  const rows = used.length;
  const fewest = Math.max(30, columns.length + 10);
  if (rows < fewest)
    throw new EngineError(
      'too-few-rows',
      `Links among ${names.length} columns need at least ${fewest} rows without a missing cell, and there are ${rows}: leave out the columns with the most missing cells.`,
      { rows, fewest },
    );
  return { names, first, width, span, rows, columns, incomplete: frame.rows - all.length, complete: all.length };
}

function completeRows(frame: Frame, indices: readonly number[]): number[] {
  const rows: number[] = [];
  for (let row = 0; row < frame.rows; row++)
    if (indices.every((c) => !Number.isNaN(frame.columns[c]![row]!))) rows.push(row);
  return rows;
}

const drawnRows = (rows: readonly number[]): ArrayLike<number> =>
  rows.length <= MOST_ROWS_OF_A_KIND
    ? rows
    : shuffleInPlace(Int32Array.from(rows), createRng(0, 'discovery-rows')).subarray(0, MOST_ROWS_OF_A_KIND).sort();

function encodedVariable(
  variable: Variable,
  { scale, degree }: EncodingOptions,
): { readonly own: number; readonly terms: Float64Array[] } {
  if (variable.kind === 'categorical') {
    const terms = Array.from({ length: Math.max(1, variable.levels - 1) }, (_, level) =>
      variable.codes.map((code) => Number(code === level + 1)),
    );
    return { own: terms.length, terms };
  }
  const values = scoresOf(variable);
  const scores = scale === 'values' ? Float64Array.from(values) : normalScores(values);
  standardiseInPlace(scores);
  // A column with two values has no curve, one with three no cubic.
  const powers = Math.max(1, Math.min(degree, new Set(values).size - 1));
  const terms = [scores, scores.map((z) => z * z), scores.map((z) => z ** 3 - 3 * z)].slice(0, powers);
  return { own: 1, terms };
}

/** Phi^-1((r - 1/2) / n), r the rank; equal values share their mean rank. */
function normalScores(values: Float64Array): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const scores = new Map<number, number>();
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    scores.set(sorted[from]!, normalQuantile((from + to) / 2 / sorted.length));
    from = to;
  }
  return values.map((value) => scores.get(value)!);
}

/** To mean 0 and variance 1; a constant column becomes zeros. */
function standardiseInPlace(values: Float64Array): void {
  const origin = values[0] ?? 0; // equal values have a variance of exactly 0
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value - origin;
    squares += (value - origin) ** 2;
  }
  const mean = sum / values.length;
  const variance = squares / values.length - mean * mean;
  const scale = variance > 1e-12 * (squares / values.length) ? 1 / Math.sqrt(variance) : 0;
  for (let row = 0; row < values.length; row++) values[row] = (values[row]! - origin - mean) * scale;
}
