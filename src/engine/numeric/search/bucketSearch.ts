import type { Task } from '../../task';
import { type MixedPoints, type NearestLists, offerInPlace, squaredDistance } from '../nearestLists';
import type { BucketIndex } from './bucketIndex';
import { type Candidates, createCandidates } from './candidates';
import { BUCKET_ROWS, CHILDREN, HIT_DISTANCES, HIT_FLOATS, PANEL_ROWS } from './layout';

/** Buckets screened between two checkpoints: a few milliseconds of work. */
const BUCKETS_PER_CHECKPOINT = 20_000;

/**
 * Fills list q with the nearest rows of queries[q]. Near buckets are screened first, those too far by the tree's bounds
 * not at all; what may be among the nearest by its screened distance is measured exactly in the end.
 * @param queries Rows, in leaf order: consecutive ones lie close, so that the neighbours of one bound those of the next.
 */
export async function searchBuckets(
  points: MixedPoints,
  index: BucketIndex,
  queries: Int32Array,
  lists: NearestLists,
  task: Task,
): Promise<void> {
  const { k, index: found } = lists;
  const candidates = createCandidates(k, index.screenedNearer);
  const walk = treeWalk(index, candidates);
  let sinceCheckpoint = 0;
  for (let q = 0; q < queries.length; q++) {
    const row = queries[q]!;
    const own = index.position[row]!;
    const known = q > 0 ? knownBound(points, row, queries[q - 1]!, found.subarray((q - 1) * k, q * k)) : Infinity;
    candidates.reset(index.screenedFrom(known));
    index.setQuery(own);
    sinceCheckpoint += walk(own);
    candidates.forEachNear((at) => {
      const candidate = index.order[at]!;
      const worst = lists.squared[q * k + k - 1]!;
      const distance = squaredDistance(points, row, candidate, worst);
      if (distance <= worst) offerInPlace(lists, q, candidate, distance);
    });
    if (sinceCheckpoint > BUCKETS_PER_CHECKPOINT) {
      sinceCheckpoint = 0;
      await task.checkpoint(q / queries.length, 'Finding neighbours');
    }
  }
}

/** Walks the tree for the query that is set, `own` its position, and gives back how many buckets it screened. */
function treeWalk({ order, kernel, layout }: BucketIndex, candidates: Candidates): (own: number) => number {
  const { floats, words } = kernel;
  let own = 0;
  let screened = 0;

  const screenBucket = (bucket: number) => {
    screened++;
    const hits = kernel.screen(bucket);
    for (let h = 0, hit = layout.hits; h < hits; h++, hit += HIT_FLOATS) {
      const word = words[hit]!;
      const panel = bucket * BUCKET_ROWS + (word >> 8) * PANEL_ROWS;
      for (let mask = word & 255; mask !== 0; mask &= mask - 1) {
        const lane = 31 - Math.clz32(mask & -mask);
        const at = panel + lane;
        // Without numeric columns nothing tells the empty places of the last bucket from rows.
        if (at === own || at >= order.length) continue;
        const distance = floats[hit + HIT_DISTANCES + lane]!;
        if (distance <= floats[layout.limit]! && candidates.keep(at, distance))
          floats[layout.limit] = candidates.limit();
      }
    }
  };

  const visit = (level: number, node: number) => {
    if (level === 0) screenBucket(node);
    else visitChildren(level, node, kernel.reach(level, node));
  };

  const visitChildren = (level: number, node: number, inReach: number) => {
    for (let mask = inReach; mask !== 0; mask &= mask - 1)
      visit(level - 1, node * CHILDREN + 31 - Math.clz32(mask & -mask));
  };

  return (position) => {
    own = position;
    screened = 0;
    floats[layout.limit] = candidates.limit();
    let node = Math.floor(position / BUCKET_ROWS);
    screenBucket(node);
    // From the query's own bucket upwards, so that near rows come first.
    for (let level = 1; level < layout.nodes.length; level++) {
      const parent = Math.floor(node / CHILDREN);
      visitChildren(level, parent, kernel.reach(level, parent) & ~(1 << (node % CHILDREN)));
      node = parent;
    }
    return screened;
  };
}

/**
 * A squared distance that k rows do not exceed: from the row to another and the other's k neighbours, less the row
 * itself where it is among them, else less the farthest.
 */
function knownBound(points: MixedPoints, row: number, other: number, neighbours: Int32Array): number {
  let largest = 0;
  let second = 0;
  let isOne = row === other;
  const look = (candidate: number) => {
    if (candidate === row) {
      isOne = true;
      return;
    }
    const distance = squaredDistance(points, row, candidate, Infinity);
    second = Math.max(second, Math.min(largest, distance));
    largest = Math.max(largest, distance);
  };
  look(other);
  neighbours.forEach(look);
  return isOne ? largest : second;
}
