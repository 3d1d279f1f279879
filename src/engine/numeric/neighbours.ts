import { silentTask, type Task } from '../task';
import { createNearestLists, type MixedPoints, type NearestLists } from './nearestLists';
import { type BucketIndex, buildBucketIndex, type IndexData, openBucketIndex } from './search/bucketIndex';
import { searchBuckets } from './search/bucketSearch';
import { createKernel } from './search/kernel';

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

/** A search made ready: any part of its queries can be answered alone. */
export interface PreparedSearch {
  readonly k: number;
  readonly points: MixedPoints;
  readonly index: BucketIndex;
  /** Rows of the queries in leaf order, and which query each is. */
  readonly rows: Int32Array;
  readonly slots: Int32Array;
}

/** Neighbours of the queries `slots`. */
export interface NeighbourPart {
  readonly slots: Int32Array;
  readonly lists: NearestLists;
}

/**
 * The k nearest other rows of every query, exactly: d²(a, b) = sum over numeric columns of (a - b)² + mismatchPenalty
 * times the number of differing codes. A row is never its own neighbour, its exact duplicates are, at distance 0.
 * @throws EngineError `cancelled` when the task is stopped.
 */
export async function nearestNeighbours(search: NeighbourSearch, task: Task = silentTask): Promise<Neighbours> {
  const prepared = prepareSearch(withSortedColumns(search));
  return joinParts(prepared.k, [await searchPart(prepared, 0, prepared.rows.length, task)]);
}

/**
 * The same search with columns in falling order of variance, so that a far row shows early. Values stay as they are;
 * done once for all parts, as the order of the sums decides between distances that differ by rounding alone.
 */
export function withSortedColumns({ points, ...rest }: NeighbourSearch): NeighbourSearch {
  return { ...rest, points: { ...points, numeric: sortedByVariance(points) } };
}

/**
 * @param createKernelFor What screens; tests choose, as the answers do not depend on it.
 * @param built The index of the points, where another thread has built it.
 */
export function prepareSearch(
  { points, queries, k }: NeighbourSearch,
  createKernelFor = createKernel,
  built: IndexData | null = null,
): PreparedSearch {
  const index = built ? openBucketIndex(built, createKernelFor) : buildBucketIndex(points, createKernelFor);
  const wanted = queries ?? Int32Array.from({ length: points.rows }, (_, row) => row);
  const places = Float64Array.from(wanted, (row) => index.position[row]!);
  const slots = Int32Array.from(places.keys()).sort((a, b) => places[a]! - places[b]!);
  return {
    k: clippedK(points, k),
    points,
    index,
    rows: slots.map((slot) => wanted[slot]!),
    slots,
  };
}

/** Answers the queries [from, to) in leaf order; each answer is the same whatever the part. */
export async function searchPart(
  prepared: PreparedSearch,
  from: number,
  to: number,
  task: Task,
): Promise<NeighbourPart> {
  const { k, points, index, rows, slots } = prepared;
  const lists = createNearestLists(to - from, k);
  if (k > 0) await searchBuckets(points, index, rows.subarray(from, to), lists, task);
  return { slots: slots.slice(from, to), lists };
}

const clippedK = ({ rows }: MixedPoints, k: number) => Math.max(0, Math.min(k, rows - 1));

export function joinParts(k: number, parts: readonly NeighbourPart[]): Neighbours {
  const queries = parts.reduce((sum, { slots }) => sum + slots.length, 0);
  const index = new Int32Array(queries * k);
  const distance = new Float64Array(queries * k);
  for (const { slots, lists } of parts) {
    slots.forEach((slot, i) => {
      for (let s = 0; s < k; s++) {
        index[slot * k + s] = lists.index[i * k + s]!;
        distance[slot * k + s] = Math.sqrt(lists.squared[i * k + s]!);
      }
    });
  }
  return { k, index, distance };
}

function sortedByVariance({ rows, numeric, numericColumns }: MixedPoints): Float64Array {
  const means = new Float64Array(numericColumns);
  const squares = new Float64Array(numericColumns);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let j = 0; j < numericColumns; j++) means[j]! += numeric[cell++]!;
  }
  means.forEach((sum, j) => {
    means[j] = sum / rows;
  });
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let j = 0; j < numericColumns; j++) squares[j]! += (numeric[cell++]! - means[j]!) ** 2;
  }
  const from = [...means.keys()].sort((a, b) => squares[b]! - squares[a]! || a - b);
  const sorted = new Float64Array(rows * numericColumns);
  for (let row = 0, start = 0; row < rows; row++, start += numericColumns) {
    for (let j = 0; j < numericColumns; j++) sorted[start + j] = numeric[start + from[j]!]!;
  }
  return sorted;
}
