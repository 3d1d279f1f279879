import type { MixedPoints } from '../numeric/nearestLists';

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

/** The columns' cells as points, row by row. */
export function pointsOf(columns: readonly Float64Array[], distance: DistanceColumns): MixedPoints {
  const { numeric, categorical, mismatchPenalty } = distance;
  const rows = columns[0]?.length ?? 0;
  return {
    rows,
    numeric: packRows(columns, numeric, new Float64Array(rows * numeric.length)),
    numericColumns: numeric.length,
    codes: packRows(columns, categorical, new Int32Array(rows * categorical.length)),
    codeColumns: categorical.length,
    mismatchPenalty,
  };
}

function packRows<A extends Float64Array | Int32Array>(
  columns: readonly Float64Array[],
  chosen: readonly number[],
  out: A,
): A {
  const width = chosen.length;
  chosen.forEach((index, j) => {
    const column = columns[index]!;
    for (let row = 0, cell = j; row < column.length; row++, cell += width) out[cell] = column[row]!;
  });
  return out;
}
