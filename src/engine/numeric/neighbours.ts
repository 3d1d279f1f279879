import { silentTask, type Task } from '../task';
import { createNearestLists, type MixedPoints, type NearestLists } from './nearestLists';
import { type BucketData, type BucketIndex, buildBucketIndex, openBucketIndex } from './search/bucketIndex';
import { searchBuckets } from './search/bucketSearch';
import { createKernel } from './search/kernel';
import { buildPairIndex, openPairIndex, type PairData, type PairIndex } from './search/pairIndex';
import { searchPairs } from './search/pairSearch';

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

/** An index as plain data: what one thread has built, others can open. */
export type IndexData = BucketData | PairData;

/** A search made ready: any part of its queries can be answered alone. */
export interface PreparedSearch {
  readonly k: number;
  readonly points: MixedPoints;
  readonly index: BucketIndex | PairIndex;
  /** Rows of the queries in the order they are looked up in (of leaves, where there are any), and which query each is. */
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
  const prepared = prepareSearch(search);
  return joinParts(prepared.k, [await searchPart(prepared, 0, prepared.rows.length, task)]);
}

/**
 * Few columns are searched by a tree, many by comparing all pairs: the answers are the same.
 * @param createKernelFor What screens the leaves of a tree; tests choose.
 * @param built The index of the points, where another thread has built it.
 */
export function prepareSearch(
  { points, queries, k }: NeighbourSearch,
  createKernelFor = createKernel,
  built: IndexData | null = null,
): PreparedSearch {
  const wanted = queries ?? Int32Array.from({ length: points.rows }, (_, row) => row);
  const pairs = built ? built.kind === 'pairs' && openPairIndex(built) : buildPairIndex(points, wanted.length);
  if (pairs)
    return { k: clippedK(points, k), points, index: pairs, rows: wanted, slots: wanted.map((_, slot) => slot) };
  const index =
    built?.kind === 'buckets' ? openBucketIndex(built, createKernelFor) : buildBucketIndex(points, createKernelFor);
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

/** Answers the queries [from, to) of `rows`; each answer is the same whatever the part. */
export async function searchPart(
  prepared: PreparedSearch,
  from: number,
  to: number,
  task: Task,
): Promise<NeighbourPart> {
  const { k, points, index, rows, slots } = prepared;
  const lists = createNearestLists(to - from, k);
  const part = rows.subarray(from, to);
  if (k > 0)
    await (index.kind === 'pairs'
      ? searchPairs(points, index, part, lists, task)
      : searchBuckets(points, index, part, lists, task));
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
