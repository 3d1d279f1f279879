import { describe, expect, it } from 'vitest';
import type { Frame, ValueSpec } from '../data/frame';
import continuous from '../dependence/tests/partialCorrelation.golden.json';
import mixed from '../dependence/tests/pillai.golden.json';
import { silentTask } from '../task';
import { categoricalSpec, mixedFrame, numericSpec } from '../testing/generatorInput';
import { linearFrame } from '../testing/linearWorld';
import { encodeColumns } from './encodedColumns';
import { createIndependenceTest } from './independence';
import { sufficientStatistics } from './sufficientStatistics';

const asRecorded = { scale: 'values', degree: 1 } as const;
const encode = (frame: Frame, names: readonly string[]) => encodeColumns(frame, names, asRecorded, silentTask);
const gather = async (frame: Frame, names: readonly string[], weights: ArrayLike<number> | null = null) =>
  sufficientStatistics(await encode(frame, names), weights, silentTask);
const testOf = async (frame: Frame, names: readonly string[]) =>
  createIndependenceTest(await gather(frame, names))(
    0,
    1,
    names.slice(2).map((_, i) => i + 2),
  );
/** The ridge moves a correlation by a hundred-millionth. */
const TOLERANCE = 1e-5;
const close = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(TOLERANCE * Math.max(1e-3, Math.abs(expected)));

describe('tests on one correlation matrix agree with the tests on rows', () => {
  it.each(continuous.cases)('partial correlation $id', async ({ dataset, x, y, given, r, p }) => {
    const columns = continuous.datasets[dataset as 'gauss'] as Record<string, number[]>;
    const names = [x, y, ...given];
    const frame: Frame = {
      rows: columns[x]!.length,
      specs: names.map((name) => numericSpec(name)),
      columns: names.map((name) => Float64Array.from(columns[name]!)),
    };
    const result = await testOf(frame, names);
    close(result.effect, Math.abs(r));
    expect(Math.abs(result.pValue / p - 1)).toBeLessThan(1e-3);
  });

  it.each(mixed.cases)('Pillai $id', async ({ dataset, x, y, z, p, effect }) => {
    const columns = mixed.datasets[dataset as 'm1'] as Record<
      string,
      { values?: number[]; codes?: number[]; levels?: number }
    >;
    const names = [x, y, ...z];
    const specs = names.map((name): ValueSpec => {
      const { levels } = columns[name]!;
      return levels === undefined
        ? numericSpec(name)
        : categoricalSpec(
            name,
            Array.from({ length: levels }, (_, i) => String(i)),
            levels === 2 ? 'binary' : 'nominal',
          );
    });
    const data = names.map((name) => Float64Array.from(columns[name]!.values ?? columns[name]!.codes!));
    const result = await testOf({ rows: data[0]!.length, specs, columns: data }, names);
    close(result.effect, effect);
    const isFisher = ![x, y].some((name) => (columns[name]!.levels ?? 2) > 2);
    // One column each takes Fisher's z in place of F, which is t squared: the same but for the tail of a small sample.
    if (isFisher) expect(Math.abs(result.pValue - p)).toBeLessThan(0.01);
    else expect(Math.abs(result.pValue / p - 1)).toBeLessThan(1e-3);
  });
});

describe('sufficient statistics', () => {
  it('with whole weights are those of the repeated rows, but for how much these are worth', async () => {
    const frame = linearFrame(
      ['a', 'b', 'c'],
      [
        [0, 1, 1],
        [1, 2, -0.5],
      ],
      60,
      2,
    );
    const weights = Array.from({ length: 60 }, (_, i) => (i * 7) % 4);
    const repeated = weights.flatMap((times, row) => Array<number>(times).fill(row));
    const columns = frame.columns.map((column) => Float64Array.from(repeated, (row) => column[row]!));
    const names = ['a', 'b', 'c'];
    const one = await gather(frame, names, weights);
    const other = await gather({ ...frame, rows: repeated.length, columns }, names);
    one.correlation.forEach((r, cell) => {
      expect(r).toBeCloseTo(other.correlation[cell]!, 12);
    });
    const total = repeated.length;
    expect(one.effectiveRows).toBeCloseTo(total ** 2 / weights.reduce((sum, w) => sum + w * w, 0), 10);
    expect(other.effectiveRows).toBe(total);
  });

  it('a level that a resample lacks is unrelated to all', async () => {
    const frame = mixedFrame(3, 200);
    const names = ['score', 'site', 'age'];
    const site = frame.columns[4]!;
    const without = await gather(
      frame,
      names,
      Float64Array.from(site, (code) => Number(code !== 2)),
    );
    expect(without.correlation.every((r) => Number.isFinite(r))).toBe(true);
    const { pValue } = createIndependenceTest(without)(0, 1, [2]);
    expect(pValue).toBeGreaterThan(0);
    expect(pValue).toBeLessThanOrEqual(1);
  });

  it('leaves out and counts rows with a missing cell, and refuses too few', async () => {
    const frame = linearFrame(['a', 'b'], [], 100, 1);
    for (let row = 0; row < 50; row++) frame.columns[0]![row] = Number.NaN;
    expect(await encode(frame, ['a', 'b'])).toMatchObject({ rows: 50, incomplete: 50, complete: 50 });
    expect(await encode(frame, ['b'])).toMatchObject({ rows: 100, incomplete: 0 });
    frame.columns[1]!.fill(Number.NaN, 50, 75);
    await expect(encode(frame, ['a', 'b'])).rejects.toThrow(/need at least 30 rows/);
  });

  it('normal scores see the order alone', async () => {
    const frame = linearFrame(['a', 'b'], [[0, 1, 1]], 300, 1);
    const bent = { ...frame, columns: frame.columns.map((column) => column.map((value) => Math.exp(3 * value))) };
    const scores = (of: Frame) => encodeColumns(of, ['a', 'b'], { scale: 'normal-scores', degree: 3 }, silentTask);
    expect((await scores(bent)).columns).toEqual((await scores(frame)).columns);
    expect((await scores(frame)).span).toEqual([3, 3]);
  });
});
