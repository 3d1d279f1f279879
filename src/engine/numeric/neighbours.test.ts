import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors';
import { createRng } from '../rng';
import { silentTask, type Task } from '../task';
import type { MixedPoints } from './nearestLists';
import { joinParts, nearestNeighbours, prepareSearch, searchPart } from './neighbours';
import { plainKernel, vectorKernel } from './search/kernel';
import { layoutOf } from './search/layout';

function randomPoints(
  seed: number,
  rows: number,
  numericColumns: number,
  codeColumns: number,
  grid: number,
): MixedPoints {
  const rng = createRng(seed, 'points');
  return {
    rows,
    numericColumns,
    codeColumns,
    // A coarse grid makes ties and duplicates common.
    numeric: Float64Array.from({ length: rows * numericColumns }, () => Math.round(rng.normal() * grid) / grid),
    codes: Int32Array.from({ length: rows * codeColumns }, () => rng.integer(3)),
    mismatchPenalty: 0.75,
  };
}

/** The definition, by sorting all pairs. */
function bySorting(
  { rows, numeric, numericColumns: d, codes, codeColumns: c, mismatchPenalty }: MixedPoints,
  k: number,
) {
  return Array.from({ length: rows }, (_, a) =>
    Array.from({ length: rows }, (_, b) => {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (numeric[a * d + j]! - numeric[b * d + j]!) ** 2;
      for (let j = 0; j < c; j++) if (codes[a * c + j] !== codes[b * c + j]) sum += mismatchPenalty;
      return { b, sum };
    })
      .filter(({ b }) => b !== a)
      .sort((p, q) => (p.sum === q.sum ? p.b - q.b : p.sum - q.sum))
      .slice(0, k),
  );
}

const cases = {
  seed: fc.nat(1e6),
  rows: fc.integer({ min: 2, max: 200 }),
  numericColumns: fc.integer({ min: 0, max: 19 }),
  codeColumns: fc.integer({ min: 0, max: 3 }),
  grid: fc.constantFrom(1, 2, 1000),
};

it('finds exactly the rows that sorting all distances finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(cases), async ({ seed, rows, numericColumns, codeColumns, grid }) => {
      const points = randomPoints(seed, rows, numericColumns, codeColumns, grid);
      const { index, distance, k } = await nearestNeighbours({ points, queries: null, k: 5 });
      const expected = bySorting(points, k).flat();
      const worst = expected.reduce((most, { sum }, i) => Math.max(most, Math.abs(distance[i]! - Math.sqrt(sum))), 0);
      expect(worst).toBeLessThan(1e-9);
      // Sums of the same squares in another order may break an exact tie, so indices are compared on whole numbers.
      if (grid === 1) expect(Array.from(index)).toEqual(expected.map(({ b }) => b));
    }),
    { numRuns: 40 },
  );
});

it('answers any queries, in any parts, with either kernel, as it answers all at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record(cases),
      fc.array(fc.nat(199), { minLength: 1, maxLength: 60 }),
      fc.nat(60),
      async ({ seed, rows, numericColumns, codeColumns, grid }, picks, cut) => {
        const points = randomPoints(seed, rows, numericColumns, codeColumns, grid);
        const queries = Int32Array.from(picks, (pick) => pick % rows);
        const all = await nearestNeighbours({ points, queries: null, k: 4 });
        for (const kernelFor of [vectorKernel, plainKernel]) {
          const prepared = prepareSearch({ points, queries, k: 4 }, (layout) => kernelFor(layout)!);
          const middle = Math.min(cut, queries.length);
          const { index, distance, k } = joinParts(prepared.k, [
            await searchPart(prepared, middle, queries.length, silentTask),
            await searchPart(prepared, 0, middle, silentTask),
          ]);
          queries.forEach((row, q) => {
            expect(index.slice(q * k, q * k + k)).toEqual(all.index.slice(row * k, row * k + k));
            expect(distance.slice(q * k, q * k + k)).toEqual(all.distance.slice(row * k, row * k + k));
          });
        }
      },
    ),
    { numRuns: 30 },
  );
});

describe('screening in single precision', () => {
  it('has a vector kernel here', () => {
    expect(vectorKernel(layoutOf(100, 4, 1))).not.toBeNull();
  });

  it.each([
    { name: 'a large offset', value: (z: number) => 1e9 + z },
    { name: 'one far row', value: (z: number, i: number) => (i === 7 ? 1e12 : z) },
    { name: 'tiny values', value: (z: number) => z * 1e-200 },
    { name: 'huge values', value: (z: number) => z * 1e150 },
    { name: 'infinite distances', value: (z: number) => z * 1e200 },
    { name: 'a constant', value: () => 3 },
  ])('hides no neighbour: $name', async ({ value }) => {
    const rng = createRng(5, 'precision');
    const rows = 400;
    const numeric = Float64Array.from({ length: rows * 2 }, (_, cell) => value(rng.normal(), cell >> 1));
    const points = { rows, numeric, numericColumns: 2, codes: new Int32Array(0), codeColumns: 0, mismatchPenalty: 0 };
    const { index } = await nearestNeighbours({ points, queries: null, k: 3 });
    const expected = bySorting(points, 3).map((row) => row.map(({ b }) => b));
    expect(Array.from({ length: rows }, (_, i) => Array.from(index.slice(i * 3, i * 3 + 3)))).toEqual(expected);
  });
});

it('clips k to the rows there are', async () => {
  const points = randomPoints(1, 3, 2, 0, 1000);
  expect((await nearestNeighbours({ points, queries: null, k: 5 })).k).toBe(2);
  const single = { ...points, rows: 1, numeric: new Float64Array(2) };
  expect((await nearestNeighbours({ points: single, queries: null, k: 5 })).index.length).toBe(0);
});

it('reports progress and stops when asked', async () => {
  const points = randomPoints(1, 20_000, 12, 0, 1000);
  const shares: number[] = [];
  const task: Task = {
    async checkpoint(share) {
      shares.push(share);
      if (shares.length === 3) throw new EngineError('cancelled', 'Stopped.');
    },
  };
  await expect(nearestNeighbours({ points, queries: null, k: 5 }, task)).rejects.toMatchObject({ code: 'cancelled' });
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)!).toBeLessThan(0.5);
});
