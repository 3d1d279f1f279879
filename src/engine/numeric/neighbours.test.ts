import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRng } from '../rng';
import type { MixedPoints } from './nearestLists';
import { nearestNeighbours } from './neighbours';

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
      .sort((p, q) => p.sum - q.sum || p.b - q.b)
      .slice(0, k),
  );
}

it('finds exactly the rows that sorting all distances finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1e6),
      fc.integer({ min: 2, max: 140 }),
      fc.integer({ min: 0, max: 17 }),
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom(1, 2, 1000),
      async (seed, rows, numericColumns, codeColumns, grid) => {
        const points = randomPoints(seed, rows, numericColumns, codeColumns, grid);
        const { index, distance, k } = await nearestNeighbours({ points, queries: null, k: 5 });
        bySorting(points, k).forEach((expected, row) => {
          expected.forEach(({ b, sum }, s) => {
            expect(distance[row * k + s]!).toBeCloseTo(Math.sqrt(sum), 9);
            // Sums of the same squares in another order may break an exact tie, so indices are compared on whole numbers.
            if (grid === 1) expect(index[row * k + s]).toBe(b);
          });
        });
      },
    ),
    { numRuns: 60 },
  );
});

it('clips k to the rows there are', async () => {
  const points = randomPoints(1, 3, 2, 0, 1000);
  expect((await nearestNeighbours({ points, queries: null, k: 5 })).k).toBe(2);
  expect(
    (await nearestNeighbours({ points: { ...points, rows: 1, numeric: new Float64Array(2) }, queries: null, k: 5 }))
      .index.length,
  ).toBe(0);
});
