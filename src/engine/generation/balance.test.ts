import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Amount } from '../project/project';
import { balanceClasses, interceptShift } from './balance';

const made = (counts: number[], rare: number[], amount: Amount) =>
  balanceClasses(
    counts.map((_, i) => `level ${i}`),
    counts,
    rare,
    amount,
  ).map(({ syntheticRows }) => syntheticRows);

describe('amounts', () => {
  it('raise a rare level to the largest class', () =>
    expect(made([950, 50], [1], { kind: 'parity' })).toEqual([0, 900]));
  it('raise each of several rare levels on its own', () =>
    expect(made([900, 60, 40], [1, 2], { kind: 'parity' })).toEqual([0, 840, 860]));
  it('reach a share of the augmented table', () =>
    expect(made([900, 100], [1], { kind: 'share', share: 0.25 })).toEqual([0, 200]));
  it('split a share over the rare levels', () =>
    expect(made([900, 60, 40], [1, 2], { kind: 'share', share: 0.5 })).toEqual([0, 390, 410]));
  it('make so many rows', () => expect(made([900, 100], [1], { kind: 'rows', rows: 7 })).toEqual([0, 7]));
  it('add none where the class is large enough', () =>
    expect(made([500, 500], [1], { kind: 'share', share: 0.2 })).toEqual([0, 0]));
  it.each([0, 1, -0.5, Number.NaN])('refuse a share of %d', (share) =>
    expect(() => made([900, 100], [1], { kind: 'share', share })).toThrow(/between 0 and 1/),
  );
});

it('weights give every class its original share, whatever was added', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 5 }),
      fc.integer({ min: 0, max: 20_000 }),
      (counts, rows) => {
        const classes = balanceClasses(counts.map(String), counts, [counts.length - 1], { kind: 'rows', rows });
        const total = classes.reduce(
          (sum, { weight, realRows, syntheticRows }) => sum + weight * (realRows + syntheticRows),
          0,
        );
        const all = counts.reduce((a, b) => a + b, 0);
        for (const { weight, realRows, syntheticRows } of classes)
          expect((weight * (realRows + syntheticRows)) / total).toBeCloseTo(realRows / all, 9);
        expect(total).toBeCloseTo(all + rows, 6);
      },
    ),
  );
});

it('the intercept shift is the log of the odds factor', () => {
  const classes = balanceClasses(['no', 'yes'], [900, 100], [1], { kind: 'parity' });
  expect(interceptShift(classes)).toBeCloseTo(Math.log(100 / 900), 12);
  expect(interceptShift(balanceClasses(['a', 'b', 'c'], [900, 60, 40], [1], { kind: 'parity' }))).toBeNull();
});
