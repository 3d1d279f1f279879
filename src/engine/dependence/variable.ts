import { type Frame, isNumericSpec } from '../data/frame';
import type { Variable } from './dependenceTest';

/** Levels kept apart in a statement; the rarest beyond these are taken together, as they carry no estimate of their own. */
const MOST_LEVELS = 6;

/** values[i] = column[rows[i]]; a loop, as this runs over every row of every statement and `from` is ten times slower. */
export function gather(column: Float64Array, rows: ArrayLike<number>): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column[rows[i]!]!;
  return values;
}

/**
 * Column `c` of the given frame rows as a variable of a test. Ordinal codes count as scores 0, 1, 2, ...; of a nominal
 * column with many levels the most frequent ones stay apart, and the rest becomes one level.
 * @param reference The first so many rows say which levels are frequent.
 */
export function variableOf(frame: Frame, c: number, rows: ArrayLike<number>, reference = rows.length): Variable {
  const spec = frame.specs[c]!;
  const column = frame.columns[c]!;
  const values = gather(column, rows);
  if (isNumericSpec(spec) || spec.kind === 'ordinal') return { kind: 'numeric', values };
  return lumped(values, spec.levels!.length, reference);
}

function lumped(codes: Float64Array, levels: number, reference: number): Variable {
  if (levels <= MOST_LEVELS) return { kind: 'categorical', codes, levels };
  const counts = new Float64Array(levels);
  for (let row = 0; row < reference; row++) counts[codes[row]!]!++;
  const byCount = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const recoded = new Float64Array(levels).fill(MOST_LEVELS - 1);
  byCount.slice(0, MOST_LEVELS - 1).forEach((level, rank) => {
    recoded[level] = rank;
  });
  return { kind: 'categorical', codes: codes.map((code) => recoded[code]!), levels: MOST_LEVELS };
}

export const lengthOf = (variable: Variable): number =>
  variable.kind === 'numeric' ? variable.values.length : variable.codes.length;

/** The part [from, to) of a variable; shares memory with it. */
export const sliceOf = (variable: Variable, from: number, to: number): Variable =>
  variable.kind === 'numeric'
    ? { kind: 'numeric', values: variable.values.subarray(from, to) }
    : { ...variable, codes: variable.codes.subarray(from, to) };
