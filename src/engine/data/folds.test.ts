import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../rng';
import { dealFolds, foldsOfUnits, twoHalves } from './folds';

const question = fc.integer({ min: 2, max: 80 }).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    folds: fc.integer({ min: 2, max: 5 }),
    units: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: rows, maxLength: rows }),
    strata: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: rows, maxLength: rows }),
    seed: fc.nat(1000),
  }),
);
const countBy = (values: Iterable<number>) => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

describe('folds', () => {
  it('never tear a unit apart, and none is empty while there are as many units', () =>
    fc.assert(
      fc.property(question, ({ rows, folds, units, strata, seed }) => {
        const distinct = new Set(units).size;
        if (distinct < 2) return;
        const count = foldsOfUnits(folds, units);
        const stratum = (row: number) => strata[row]!;
        const fold = dealFolds({ rows, folds: count, units, stratum }, createRng(seed, 'folds-test'));
        const foldOf = new Map(units.map((unit, row) => [unit, fold[row]!]));
        expect(units.every((unit, row) => fold[row] === foldOf.get(unit))).toBe(true);
        expect(new Set(fold).size).toBe(Math.min(folds, distinct));
      }),
    ));

  it('spread every stratum evenly where rows stand alone', () =>
    fc.assert(
      fc.property(question, ({ rows, folds, strata, seed }) => {
        const fold = dealFolds({ rows, folds, stratum: (row) => strata[row]! }, createRng(seed, 'folds-test'));
        for (const level of [0, 1, 2]) {
          const counts = countBy(Array.from(fold).filter((_, row) => strata[row] === level));
          const sizes = Array.from({ length: folds }, (_, f) => counts.get(f) ?? 0);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
    ));

  it('spread the units with rare rows, large and small alike', () => {
    // 40 units of 5 rows, of which every fourth has rare rows.
    const units = Array.from({ length: 200 }, (_, row) => Math.floor(row / 5));
    const isRare = (row: number) => Number(units[row]! % 4 === 0);
    const fold = dealFolds({ rows: 200, folds: 5, units, stratum: isRare }, createRng(3, 'folds-test'));
    expect([...countBy(fold).values()]).toEqual([40, 40, 40, 40, 40]);
    expect([...countBy(Array.from(fold).filter((_, row) => isRare(row) === 1)).values()]).toEqual([10, 10, 10, 10, 10]);
  });

  it('are as many as units at the most', () => {
    expect(foldsOfUnits(5, [0, 0, 1, 1, 2])).toBe(3);
    expect(foldsOfUnits(5, null)).toBe(5);
    expect(foldsOfUnits(5, [4, 4, 4])).toBe(5);
  });
});

describe('two halves', () => {
  it('hold every row once, and no unit in both', () => {
    const rows = Int32Array.from({ length: 90 }, (_, i) => 2 * i);
    const units = Int32Array.from({ length: 180 }, (_, row) => Math.floor(row / 12));
    const [first, second] = twoHalves(rows, units, createRng(1, 'halves-test'));
    expect([...first, ...second].sort((a, b) => a - b)).toEqual([...rows]);
    const own = new Set(Array.from(first, (row) => units[row]!));
    expect(Array.from(second).some((row) => own.has(units[row]!))).toBe(false);
    expect(Math.abs(first.length - second.length)).toBeLessThanOrEqual(6);
  });
});
