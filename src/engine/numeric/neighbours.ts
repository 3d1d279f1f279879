import { silentTask, type Task } from '../task';
import { searchAllPairs } from './allPairs';
import { buildKdTree } from './kdTree';
import { searchTree } from './treeSearch';

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

export interface Neighbours {
  readonly k: number;
  /** Shape (rows, k): the nearest other rows, nearest first, ties by row index. */
  readonly index: Int32Array;
  /** Shape (rows, k): their distances (not squared). */
  readonly distance: Float64Array;
}

/** Above these many numeric columns a tree visits so many leaves that comparing all pairs in blocks is faster. */
const MOST_TREE_COLUMNS = 7;
const MOST_TREE_COLUMNS_OF_MANY_ROWS = 12;
const MANY_ROWS = 30_000;
const LEAF_ROWS = 24;

/**
 * The k nearest other rows of every row, exactly: d²(a, b) = sum over numeric columns of (a - b)² + mismatchPenalty times
 * the number of differing codes. A row is never its own neighbour, its exact duplicates are, at distance 0.
 * @param k Clipped to rows - 1.
 * @throws EngineError `cancelled` when the task is stopped.
 */
export async function nearestNeighbours(points: MixedPoints, k: number, task: Task = silentTask): Promise<Neighbours> {
  const size = Math.max(0, Math.min(k, points.rows - 1));
  const lists = createNearestLists(points.rows, size);
  if (size > 0) {
    const sorted = { ...points, numeric: sortedByVariance(points) };
    const mostColumns = points.rows > MANY_ROWS ? MOST_TREE_COLUMNS_OF_MANY_ROWS : MOST_TREE_COLUMNS;
    if (points.numericColumns > 0 && points.numericColumns <= mostColumns) {
      const tree = buildKdTree(sorted.numeric, points.rows, points.numericColumns, LEAF_ROWS);
      await searchTree(sorted, tree, lists, task);
    } else {
      await searchAllPairs(sorted, lists, task);
    }
  }
  return { k: size, index: lists.index, distance: lists.squared.map(Math.sqrt) };
}

/** The k nearest rows found so far for each row, nearest first. */
export interface NearestLists {
  readonly k: number;
  readonly index: Int32Array;
  readonly squared: Float64Array;
}

const createNearestLists = (rows: number, k: number): NearestLists => ({
  k,
  index: new Int32Array(rows * k).fill(-1),
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

/** Columns in falling order of variance, so that a far row shows early. Values stay as they are: ties stay exact. */
function sortedByVariance({ rows, numeric, numericColumns }: MixedPoints): Float64Array {
  const columns = Array.from({ length: numericColumns }, (_, column) => {
    let mean = 0;
    for (let i = 0; i < rows; i++) mean += numeric[i * numericColumns + column]! / rows;
    let squares = 0;
    for (let i = 0; i < rows; i++) squares += (numeric[i * numericColumns + column]! - mean) ** 2;
    return { column, squares };
  }).sort((a, b) => b.squares - a.squares || a.column - b.column);
  const sorted = new Float64Array(rows * numericColumns);
  columns.forEach(({ column }, j) => {
    for (let i = 0; i < rows; i++) sorted[i * numericColumns + j] = numeric[i * numericColumns + column]!;
  });
  return sorted;
}
