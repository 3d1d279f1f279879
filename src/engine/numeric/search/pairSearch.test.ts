import { expect, it } from 'vitest';
import { createRng, type Rng } from '../../rng';
import { silentTask } from '../../task';
import { type MixedPoints, squaredDistance } from '../nearestLists';
import { joinParts, prepareSearch, searchPart } from '../neighbours';

const ROWS = 3001;
const K = 6;

function pointsOf(columns: number, value: (rng: Rng, row: number, column: number) => number): MixedPoints {
  const rng = createRng(3, 'pairs');
  const numeric = Float64Array.from({ length: ROWS * columns }, (_, cell) =>
    value(rng, Math.floor(cell / columns), cell % columns),
  );
  return { rows: ROWS, numeric, numericColumns: columns, codes: new Int32Array(0), codeColumns: 0, mismatchPenalty: 0 };
}

/** The definition, by sorting. */
const bySorting = (points: MixedPoints, query: number): readonly number[] =>
  Array.from({ length: ROWS }, (_, row) => ({ row, d: squaredDistance(points, query, row, Infinity) }))
    .filter(({ row }) => row !== query)
    .sort((a, b) => a.d - b.d || a.row - b.row)
    .slice(0, K)
    .map(({ row }) => row);

it.each([
  { name: 'an odd number of columns', columns: 25, value: (rng: Rng) => rng.normal() },
  { name: 'an even number of columns', columns: 40, value: (rng: Rng) => rng.normal() },
  { name: 'ties', columns: 30, value: (rng: Rng) => Math.round(rng.normal()) },
  { name: 'duplicates', columns: 30, value: (rng: Rng, row: number) => (row % 3 === 0 ? 0 : rng.normal()) },
  { name: 'a large offset', columns: 30, value: (rng: Rng) => 1e9 + rng.normal() },
  { name: 'tiny values', columns: 30, value: (rng: Rng) => 1e-60 * rng.normal() },
  { name: 'unlike scales', columns: 64, value: (rng: Rng, _: number, column: number) => (1 + column) * rng.normal() },
])('all pairs compared find what sorting finds: $name', async ({ columns, value }) => {
  const points = pointsOf(columns, value);
  const queries = Int32Array.from({ length: 301 }, (_, q) => (q * 7919) % ROWS);
  const prepared = prepareSearch({ points, queries, k: K });
  expect(prepared.index.kind).toBe('pairs');
  const { index } = joinParts(K, [
    await searchPart(prepared, 290, 301, silentTask),
    await searchPart(prepared, 0, 290, silentTask),
  ]);
  for (const q of [0, 1, 2, 3, 150, 255, 256, 289, 290, 300])
    expect(Array.from(index.subarray(q * K, q * K + K))).toEqual(bySorting(points, queries[q]!));
});

it.each([
  { name: 'rows near a line', columns: 30, value: (rng: Rng, row: number) => row + 0.1 * rng.normal() },
  {
    name: 'a row so far off that the others all round to one',
    columns: 30,
    value: (rng: Rng, row: number) => (row === 5 ? 1e6 : rng.normal()),
  },
  { name: 'few columns', columns: 4, value: (rng: Rng) => rng.normal() },
  { name: 'squares that overflow', columns: 30, value: (rng: Rng) => 1e160 * rng.normal() },
  { name: 'squares that vanish', columns: 30, value: (rng: Rng) => 1e-150 * rng.normal() },
  { name: 'equal rows', columns: 30, value: () => 2 },
])('leaves to the tree: $name', ({ columns, value }) => {
  expect(prepareSearch({ points: pointsOf(columns, value), queries: null, k: K }).index.kind).toBe('buckets');
});
