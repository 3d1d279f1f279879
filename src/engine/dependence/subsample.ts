import { createRng, shuffleInPlace } from '../rng';
import type { Variable } from './dependenceTest';
import { lengthOf, rowsOf } from './variable';

/** Columns cut to at most `most` rows, drawn at random from a fixed stream; the note says so where rows were left out. */
export function drawnSample(
  variables: readonly Variable[],
  most: number,
): { readonly variables: readonly Variable[]; readonly rows: number; readonly note: string | null } {
  const total = lengthOf(variables[0]!);
  if (total <= most) return { variables, rows: total, note: null };
  const drawn = shuffleInPlace(
    Int32Array.from({ length: total }, (_, row) => row),
    createRng(0, 'test-subsample'),
  )
    .subarray(0, most)
    .sort();
  return {
    variables: variables.map((variable) => rowsOf(variable, drawn)),
    rows: most,
    note: `On ${most.toLocaleString('en')} of ${total.toLocaleString('en')} rows, drawn at random.`,
  };
}
