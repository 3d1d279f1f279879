import { type Frame, isNumericSpec } from '../data/frame';
import { gather } from '../numeric/gather';
import type { Variable } from './dependenceTest';

/** Levels kept apart in a statement; the rarest beyond these are taken together, as they carry no estimate of their own. */
const MOST_LEVELS = 6;

/** An order with more levels than this is as good as a number, and its levels are too many thresholds to estimate. */
const MOST_ORDERED_LEVELS = 12;

/**
 * Column `c` of the given frame rows as a variable of a test. An order with more than 12 levels counts as scores 0, 1,
 * 2, ...; of a nominal column with many levels the most frequent ones stay apart, and the rest becomes one level.
 * @param reference The first so many rows say which levels are frequent.
 */
export function variableOf(frame: Frame, c: number, rows: ArrayLike<number>, reference = rows.length): Variable {
  const spec = frame.specs[c]!;
  const column = frame.columns[c]!;
  const values = gather(column, rows);
  if (isNumericSpec(spec)) {
    return { kind: 'numeric', values, isCount: spec.kind === 'integer' && values.every((value) => value >= 0) };
  }
  const levels = spec.levels!.length;
  if (spec.kind === 'ordinal') {
    return levels > MOST_ORDERED_LEVELS ? { kind: 'numeric', values } : { kind: 'ordinal', codes: values, levels };
  }
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
    ? { ...variable, values: variable.values.subarray(from, to) }
    : { ...variable, codes: variable.codes.subarray(from, to) };

/** The numbers of a variable: its values, or its codes as scores. */
export const scoresOf = (variable: Variable): Float64Array =>
  variable.kind === 'numeric' ? variable.values : variable.codes;

/** The given rows of a variable. */
export const rowsOf = (variable: Variable, rows: ArrayLike<number>): Variable =>
  variable.kind === 'numeric'
    ? { ...variable, values: gather(variable.values, rows) }
    : { ...variable, codes: gather(variable.codes, rows) };

/** Whether the variable has one column where it is taken as it is: a number, an order, or two levels. */
export const isOneColumn = (variable: Variable): boolean => variable.kind !== 'categorical' || variable.levels <= 2;
