/** Rows with numbers and categories; row-major, complete. */
export interface MixedPoints {
  readonly rows: number;
  /** Shape (rows, numericColumns). */
  readonly numeric: Float64Array;
  readonly numericColumns: number;
  /** Level codes, shape (rows, codeColumns). */
  readonly codes: Int32Array;
  readonly codeColumns: number;
  /** What one differing category adds to the squared distance. */
  readonly mismatchPenalty: number;
}

/** The k nearest rows found so far for each row, nearest first. */
export interface NearestLists {
  readonly k: number;
  readonly index: Int32Array;
  readonly squared: Float64Array;
}

export const createNearestLists = (rows: number, k: number): NearestLists => ({
  k,
  // Larger than any row, so that a row at an infinite distance still comes before an empty place.
  index: new Int32Array(rows * k).fill(2 ** 31 - 1),
  squared: new Float64Array(rows * k).fill(Infinity),
});

/** Puts `candidate` into the list of `row` where it is near enough; equal distances stand in order of row index. */
export function offerInPlace(lists: NearestLists, row: number, candidate: number, squared: number): void {
  const { k, index, squared: kept } = lists;
  const first = row * k;
  let s = first + k - 1;
  if (squared > kept[s]! || (squared === kept[s]! && candidate > index[s]!)) return;
  while (s > first && (kept[s - 1]! > squared || (kept[s - 1]! === squared && index[s - 1]! > candidate))) {
    kept[s] = kept[s - 1]!;
    index[s] = index[s - 1]!;
    s--;
  }
  kept[s] = squared;
  index[s] = candidate;
}

/** d² of two rows; gives up early, with some value above `limit`, once it must exceed it. */
export function squaredDistance(points: MixedPoints, a: number, b: number, limit: number): number {
  const { numeric, numericColumns: width, codes, codeColumns, mismatchPenalty } = points;
  let sum = 0;
  if (codeColumns > 0 && mismatchPenalty > 0) {
    let mismatches = 0;
    for (let c = 0; c < codeColumns; c++) {
      if (codes[a * codeColumns + c] !== codes[b * codeColumns + c]) mismatches++;
    }
    sum = mismatchPenalty * mismatches;
  }
  const startA = a * width;
  const startB = b * width;
  for (let j = 0; j < width && sum <= limit; j++) {
    const gap = numeric[startA + j]! - numeric[startB + j]!;
    sum += gap * gap;
  }
  return sum;
}
