import type { MixedPoints } from '../numeric/nearestLists';
import { sharedMemory } from '../numeric/sharedMemory';

/** Which columns a distance looks at, and what a differing category costs. */
export interface DistanceColumns {
  readonly numeric: readonly number[];
  readonly categorical: readonly number[];
  readonly mismatchPenalty: number;
}

/** Euclidean distance on the values as given, level codes taken as numbers. */
export const euclidean = (features: readonly number[]): DistanceColumns => ({
  numeric: features,
  categorical: [],
  mismatchPenalty: 0,
});

/**
 * The columns' cells as points, row by row, in memory that threads may share. Numeric columns stand in falling order of
 * variance, so that a far row shows early in the sum of its squares; the order is the same wherever the sums are taken.
 */
export function pointsOf(columns: readonly Float64Array[], distance: DistanceColumns): MixedPoints {
  const { numeric, categorical, mismatchPenalty } = distance;
  const rows = columns[0]?.length ?? 0;
  return {
    rows,
    numeric: packRows(
      byVariance(numeric.map((column) => columns[column]!)),
      new Float64Array(sharedMemory(8 * rows * numeric.length)),
    ),
    numericColumns: numeric.length,
    codes: packRows(
      categorical.map((column) => columns[column]!),
      new Int32Array(sharedMemory(4 * rows * categorical.length)),
    ),
    codeColumns: categorical.length,
    mismatchPenalty,
  };
}

function byVariance(columns: readonly Float64Array[]): readonly Float64Array[] {
  const squares = columns.map((column) => {
    let sum = 0;
    for (let row = 0; row < column.length; row++) sum += column[row]!;
    const mean = sum / column.length;
    let squares = 0;
    for (let row = 0; row < column.length; row++) {
      const gap = column[row]! - mean;
      squares += gap * gap;
    }
    return squares;
  });
  return [...columns.keys()].sort((a, b) => squares[b]! - squares[a]! || a - b).map((column) => columns[column]!);
}

/** Rows gone over at a time, so that what is written to stays in the processor's fast memory. */
const ROWS_PER_PASS = 64;

function packRows<A extends Float64Array | Int32Array>(columns: readonly Float64Array[], out: A): A {
  const width = columns.length;
  const rows = columns[0]?.length ?? 0;
  for (let start = 0; start < rows; start += ROWS_PER_PASS) {
    const end = Math.min(rows, start + ROWS_PER_PASS);
    for (let j = 0; j < width; j++) {
      const column = columns[j]!;
      for (let row = start, cell = start * width + j; row < end; row++, cell += width) out[cell] = column[row]!;
    }
  }
  return out;
}
