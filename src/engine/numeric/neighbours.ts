import { silentTask, type Task } from '../task';
import { searchAllPairs } from './allPairs';
import { buildKdTree } from './kdTree';
import { createNearestLists, type MixedPoints } from './nearestLists';
import { searchTree } from './treeSearch';

export interface NeighbourSearch {
  readonly points: MixedPoints;
  /** Rows of `points` whose neighbours are wanted; null for every row. */
  readonly queries: Int32Array | null;
  /** Clipped to rows - 1. */
  readonly k: number;
}

export interface Neighbours {
  readonly k: number;
  /** Shape (queries, k): the nearest other rows, nearest first, ties by row index. */
  readonly index: Int32Array;
  /** Shape (queries, k): their distances (not squared). */
  readonly distance: Float64Array;
}

/** Above these many numeric columns a tree visits so many leaves that comparing all pairs in blocks is faster. */
const MOST_TREE_COLUMNS = 7;
const MOST_TREE_COLUMNS_OF_MANY_ROWS = 12;
const MANY_ROWS = 30_000;
const LEAF_ROWS = 24;

/**
 * The k nearest other rows of every query, exactly: d²(a, b) = sum over numeric columns of (a - b)² + mismatchPenalty
 * times the number of differing codes. A row is never its own neighbour, its exact duplicates are, at distance 0.
 * @throws EngineError `cancelled` when the task is stopped.
 */
export async function nearestNeighbours(
  { points, queries, k }: NeighbourSearch,
  task: Task = silentTask,
): Promise<Neighbours> {
  const size = Math.max(0, Math.min(k, points.rows - 1));
  const lists = createNearestLists(queries?.length ?? points.rows, size);
  if (size > 0) {
    const sorted = { ...points, numeric: sortedByVariance(points) };
    const mostColumns = points.rows > MANY_ROWS ? MOST_TREE_COLUMNS_OF_MANY_ROWS : MOST_TREE_COLUMNS;
    if (queries || (points.numericColumns > 0 && points.numericColumns <= mostColumns)) {
      const tree = buildKdTree(sorted.numeric, points.rows, points.numericColumns, LEAF_ROWS);
      await searchTree(sorted, tree, queries, lists, task);
    } else {
      await searchAllPairs(sorted, lists, task);
    }
  }
  return { k: size, index: lists.index, distance: lists.squared.map(Math.sqrt) };
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
