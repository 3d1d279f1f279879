import type { Task } from '../../task';
import { type MixedPoints, type NearestLists, offerInPlace, squaredDistance } from '../nearestLists';
import { createCandidates } from './candidates';
import { COPIES } from './layout';
import type { PairIndex } from './pairIndex';
import {
  HIT_LANES,
  HIT_WORDS,
  PANELS_PER_TILE,
  QUERIES_AT_ONCE,
  QUERIES_PER_BATCH,
  ROWS_AT_ONCE,
  WORD,
} from './pairLayout';

/** Limits that every row, and none, exceeds. */
const EVERY = -(2 ** 31);
const NONE = 2 ** 31 - 1;
/** Panels of the first tile. */
const LEAST_PANELS = 4;
/** Groups of queries times tiles between two checkpoints: a few milliseconds of work. */
const SCANS_PER_CHECKPOINT = 64;

/** Fills list q with the nearest rows of queries[q], by comparing every query with every row. */
export async function searchPairs(
  points: MixedPoints,
  index: PairIndex,
  queries: Int32Array,
  lists: NearestLists,
  task: Task,
): Promise<void> {
  const { layout, memory } = index;
  const { columnPairs, groupWords, panelCount, panels, panelBytes } = layout;
  const candidates = Array.from({ length: Math.min(queries.length, QUERIES_PER_BATCH) }, () =>
    createCandidates(lists.k, index.screenedNearer),
  );
  /** |x|² of the queries. */
  const squares = new Float64Array(QUERIES_PER_BATCH);
  const groupAt = (q: number) => Math.floor(q / QUERIES_AT_ONCE) * groupWords + (q % QUERIES_AT_ONCE) * COPIES;
  const limitAt = (q: number) => groupAt(q) + columnPairs * QUERIES_AT_ONCE * COPIES;
  const setLimit = (q: number, limit: number) => {
    const at = limitAt(q);
    memory.fill(limit, at, at + COPIES);
  };

  const setQuery = (q: number, row: number) => {
    const place = (panels + Math.floor(row / ROWS_AT_ONCE) * panelBytes) / WORD + (row % ROWS_AT_ONCE);
    const from = place + ROWS_AT_ONCE;
    for (let pair = 0, to = groupAt(q); pair < columnPairs; pair++, to += QUERIES_AT_ONCE * COPIES)
      memory.fill(memory[from + pair * ROWS_AT_ONCE]!, to, to + COPIES);
    squares[q] = -2 * memory[place]!;
    setLimit(q, EVERY);
    candidates[q]!.reset(Infinity);
  };

  /** Compares a group of queries of the batch with the panels of a tile, [firstPanel, endPanel). */
  const scan = (group: number, firstPanel: number, endPanel: number, batch: Int32Array) => {
    const begin = panels + firstPanel * panelBytes;
    const end = panels + endPanel * panelBytes;
    const from = group * groupWords;
    const limits = from + columnPairs * QUERIES_AT_ONCE * COPIES;
    const written = index.scan(from * WORD, limits * WORD, begin, end, layout.hits);
    for (let hit = layout.hits / WORD, last = hit + written / WORD; hit < last; hit += HIT_WORDS) {
      const q = group * QUERIES_AT_ONCE + memory[hit + 1]!;
      const own = batch[q]!;
      const first = ((memory[hit]! - panels) / panelBytes) * ROWS_AT_ONCE;
      for (let lane = 0; lane < ROWS_AT_ONCE; lane++) {
        const value = memory[hit + HIT_LANES + lane]!;
        if (value <= memory[limitAt(q)]!) continue;
        const row = first + lane;
        if (row === own || row >= points.rows) continue;
        const one = candidates[q]!;
        if (one.keep(row, squares[q]! - 2 * value))
          setLimit(q, Math.max(EVERY, Math.floor((squares[q]! - one.limit()) / 2) - 1));
      }
    }
  };

  for (let start = 0; start < queries.length; start += QUERIES_PER_BATCH) {
    const batch = queries.subarray(start, start + QUERIES_PER_BATCH);
    for (const [q, row] of batch.entries()) setQuery(q, row);
    const groups = Math.ceil(batch.length / QUERIES_AT_ONCE);
    // The last group may hold queries of the batch before: nothing is to be found for them.
    for (let q = batch.length; q < groups * QUERIES_AT_ONCE; q++) setLimit(q, NONE);
    let scans = 0;
    // Small tiles first: limits fall before many rows have been let through.
    for (let panel = 0, size = LEAST_PANELS; panel < panelCount; size = Math.min(2 * size, PANELS_PER_TILE)) {
      const end = Math.min(panelCount, panel + size);
      for (let group = 0; group < groups; group++) scan(group, panel, end, batch);
      panel = end;
      scans += groups;
      if (scans < SCANS_PER_CHECKPOINT) continue;
      scans = 0;
      await task.checkpoint((start + (batch.length * panel) / panelCount) / queries.length, 'Finding neighbours');
    }
    batch.forEach((row, q) => {
      const list = start + q;
      candidates[q]!.forEachNear((candidate) => {
        const worst = lists.squared[list * lists.k + lists.k - 1]!;
        const distance = squaredDistance(points, row, candidate, worst);
        if (distance <= worst) offerInPlace(lists, list, candidate, distance);
      });
    });
  }
}
