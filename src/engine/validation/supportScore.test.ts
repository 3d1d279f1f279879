import { describe, expect, it } from 'vitest';
import { independentCheck } from '../constraints/checker/independentCheck';
import type { SupportRule } from '../constraints/rule';
import { type Frame, selectRows } from '../data/frame';
import { mixedFrame } from '../testing/generatorInput';
import { parentCellRows, supportReference } from './supportScore';

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
const scoresOf = (rare: Frame, made: Frame) => supportReference(rare).score(made.columns, 0, made.rows);

describe('support score', () => {
  const all = mixedFrame(3, 800, 1);
  const rare = selectRows(all, range(0, 400));
  const fresh = selectRows(all, range(400, 800));

  it('of fresh rows of the same law is about uniform', () => {
    const scores = scoresOf(rare, fresh);
    const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
    // Standard error of a mean of 400 uniforms is 0.0144; the reference's own error is as large again.
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * 0.0144 * Math.SQRT2);
    const low = scores.filter((score) => score < 0.1).length / scores.length;
    expect(low).toBeGreaterThan(0.03);
    expect(low).toBeLessThan(0.2);
  });

  it('is 0 far outside, however heavy the scale, and where every category is wrong', () => {
    const outside = fresh.columns.map((column, c) =>
      fresh.specs[c]!.levels ? column : column.map((v) => v * 50 + 900),
    );
    expect(
      supportReference(rare)
        .score(outside, 0, 20)
        .every((score) => score === 0),
    ).toBe(true);
  });

  it('is read alike by the independent check, missing cells and rows far out included', () => {
    const made = selectRows(fresh, range(0, 60));
    made.columns[0]![3] = Number.NaN;
    made.columns[1]![4] = 900;
    const scores = scoresOf(rare, made);
    for (const least of [0.02, 0.1, 0.5]) {
      const rule: SupportRule = { kind: 'support', id: 's', enabled: true, reason: '', least, reference: rare.columns };
      const { broken } = independentCheck([rule], made)[0]!;
      // Distances of ranks tie often, and the check reads ties in the row's favour.
      expect(broken).toBeLessThanOrEqual(scores.filter((score) => score < least).length);
      expect(broken).toBeGreaterThanOrEqual(scores.filter((score) => score < least - 0.01).length);
      expect(broken).toBeGreaterThan(0);
    }
  });

  it('is 1 in the midst of repeated rows and does not depend on how the rows are cut up', () => {
    const reference = supportReference(rare);
    const whole = reference.score(fresh.columns, 0, 50);
    expect([...reference.score(fresh.columns, 0, 20), ...reference.score(fresh.columns, 20, 50)]).toEqual([...whole]);
    const crowded = selectRows(rare, Int32Array.from([...range(0, 100), ...new Array(10).fill(7)]));
    expect(scoresOf(crowded, selectRows(rare, [7]))[0]).toBe(1);
  });

  it('counts two missing cells as equal, one as a difference, and says NaN without two rows', () => {
    const spec = rare.specs[0]!;
    const frame = (values: number[]): Frame => ({
      rows: values.length,
      specs: [spec],
      columns: [Float64Array.from(values)],
    });
    const reference = supportReference(frame([1, 2, 3, Number.NaN, Number.NaN]));
    expect(reference.score([Float64Array.of(2)], 0, 1)[0]).toBeGreaterThan(0);
    expect(reference.own.every(Number.isFinite)).toBe(true);
    expect(supportReference(frame([1])).score([Float64Array.of(1)], 0, 1)[0]).toBeNaN();
  });
});

it('parent-cell occupancy is the least count of real rows with such parents', () => {
  const real = mixedFrame(5, 300);
  const [site, smoker] = [4, 5];
  const made = selectRows(real, [0, 1]);
  const columns = made.columns.map((column) => column.slice());
  const cells = parentCellRows(real, [[], [site, smoker], [site]], columns);
  const count = (i: number, ...of: number[]) =>
    range(0, 300).filter((row) => of.every((c) => real.columns[c]![row] === columns[c]![i])).length;
  expect([...cells]).toEqual([count(0, site, smoker), count(1, site, smoker)]);
  columns[site]![0] = 9;
  expect(parentCellRows(real, [[site]], columns)[0]).toBe(0);
  expect([...parentCellRows(real, [[], []], columns)]).toEqual([300, 300]);
});
