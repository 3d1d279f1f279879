import { describe, expect, it } from 'vitest';
import { createRng } from '../rng';
import { dependenceTests } from './catalogue';
import type { Variable } from './dependenceTest';
import { linearDesign, splineDesign } from './design';
import { largestGcm } from './gcm';
import { holm } from './holm';
import { partialCorrelation } from './partialCorrelation';
import continuous from './partialCorrelation.golden.json';
import { pillai } from './pillai';
import mixed from './pillai.golden.json';
import { residualGcm } from './residualGcm';
import { createRegression, linearResidual, logisticFit, residualColumns } from './residuals';

const numeric = (values: ArrayLike<number>): Variable => ({ kind: 'numeric', values: Float64Array.from(values) });
const relative = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1e-3, Math.abs(expected)));

describe('tests agree with the reference', () => {
  it.each(continuous.cases)('partial correlation $id', ({ dataset, x, y, given, ...expected }) => {
    const columns = continuous.datasets[dataset as 'gauss'] as Record<string, number[]>;
    const of = (name: string) => numeric(columns[name]!);
    const result = partialCorrelation.run(of(x), of(y), given.map(of));
    relative(result.signedEffect!, expected.r, continuous.relativeTolerance);
    relative(result.statistic, expected.z, continuous.relativeTolerance);
    expect(Math.abs(result.pValue - expected.p)).toBeLessThanOrEqual(
      continuous.pTolerance * Math.max(expected.p, 1e-30),
    );
  });

  const variableOf = (dataset: string, name: string): Variable => {
    const column = (
      mixed.datasets[dataset as 'm1'] as Record<string, { values?: number[]; codes?: number[]; levels?: number }>
    )[name]!;
    if (column.values) return numeric(column.values);
    return { kind: 'categorical', codes: Float64Array.from(column.codes!), levels: column.levels! };
  };

  it.each(mixed.cases)('Pillai $id', ({ dataset, x, y, z, ...expected }) => {
    const result = pillai.run(
      variableOf(dataset, x),
      variableOf(dataset, y),
      z.map((name) => variableOf(dataset, name)),
    );
    relative(result.statistic, expected.F, mixed.relativeTolerance);
    relative(result.effect, expected.effect, mixed.relativeTolerance);
    expect(Math.abs(result.pValue - expected.p)).toBeLessThanOrEqual(mixed.pTolerance * Math.max(expected.p, 1e-30));
  });

  it.each(mixed.cases.filter(({ gcm }) => gcm?.T !== undefined))('GCM $id', ({ dataset, x, y, z, gcm }) => {
    const given = z.map((name) => variableOf(dataset, name));
    const [a, b] = [variableOf(dataset, x), variableOf(dataset, y)];
    const rows = a.kind === 'numeric' ? a.values.length : a.codes.length;
    const design = linearDesign(given);
    const weights = new Float64Array(rows).fill(1);
    const regression = createRegression(design.matrix(given, rows), weights);
    const [rx] = residualColumns(regression, a, 'linear');
    const [ry] = residualColumns(regression, b, 'linear');
    const result = largestGcm([rx!.map((value, row) => value * ry![row]!)], weights);
    relative(result.statistic, Math.abs(gcm!.T!), mixed.relativeTolerance);
    expect(Math.abs(result.pValue - gcm!.p)).toBeLessThanOrEqual(mixed.pTolerance);
  });

  it('Holm, by hand', () => {
    expect(holm([0.01, 0.04, Number.NaN, 0.03, 0.5])).toEqual([0.04, 0.09, Number.NaN, 0.09, 0.5]);
    expect(holm([])).toEqual([]);
  });
});

describe('residuals', () => {
  const rows = 400;
  const rng = createRng(5, 'residuals');
  const z = Float64Array.from({ length: rows }, () => rng.normal());
  const given = [numeric(z)];
  const weights = new Float64Array(rows).fill(1);
  const design = splineDesign(given, rows);
  const regression = createRegression(design.matrix(given, rows), weights);

  it('of a straight line on splines are zero: they contain it', () => {
    const residual = linearResidual(
      regression,
      z.map((value) => 3 - 2 * value),
    );
    expect(Math.max(...residual.map(Math.abs))).toBeLessThan(1e-9);
  });

  it('are orthogonal to the design', () => {
    const residual = linearResidual(
      regression,
      z.map((value) => Math.sin(3 * value) + rng.normal()),
    );
    const { start, index, value } = regression.matrix;
    const sums = new Float64Array(design.width);
    for (let row = 0; row < rows; row++)
      for (let entry = start[row]!; entry < start[row + 1]!; entry++)
        sums[index[entry]!]! += value[entry]! * residual[row]!;
    expect(Math.max(...sums.map(Math.abs))).toBeLessThan(1e-8);
  });

  it('of a separated level stay finite, and of a constant one are zero', () => {
    const { residual: separated } = logisticFit(
      regression,
      z.map((value) => Number(value > 0)),
    );
    expect(separated.every((value) => Math.abs(value) <= 1)).toBe(true);
    expect(logisticFit(regression, new Float64Array(rows)).residual.every((value) => value === 0)).toBe(true);
  });

  it('of a design seen on other rows use the same knots', () => {
    const beyond = [numeric([-9, 0, 9])];
    const matrix = design.matrix(beyond, 3);
    const edges = design.matrix([numeric([Math.min(...z), 0, Math.max(...z)])], 3);
    expect(matrix).toEqual(edges);
  });
});

/** Share of seeds on which the test rejects at 5 %. */
function rejections(
  runs: number,
  rows: number,
  world: (normal: () => number, uniform: () => number) => { x: number; y: number; z: number },
  binaryX = false,
): number {
  let rejected = 0;
  for (let seed = 0; seed < runs; seed++) {
    const rng = createRng(seed, 'null-world');
    const [x, y, z] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
    for (let i = 0; i < rows; i++) {
      const row = world(rng.normal, rng.uniform);
      x[i] = row.x;
      y[i] = row.y;
      z[i] = row.z;
    }
    const left: Variable = binaryX ? { kind: 'categorical', codes: x, levels: 2 } : numeric(x);
    if (residualGcm.run(left, numeric(y), [numeric(z)]).pValue < 0.05) rejected++;
  }
  return rejected / runs;
}
const curve = (z: number) => Math.sin(2 * z) + z * z;

describe('the default test keeps its level where classical ones fail', () => {
  // 200 runs: a level of 5 % shows at most 10 % with probability above 0.999.
  it.each([
    ['curved confounder', 300],
    ['curved confounder', 3000],
  ])('%s, n = %i', (_, rows) => {
    const rate = rejections(rows > 1000 ? 60 : 200, rows, (normal) => {
      const z = normal();
      return { z, x: curve(z) + normal(), y: curve(z) + normal() };
    });
    expect(rate).toBeLessThanOrEqual(0.12);
  });

  it('spread that grows with the confounder', () => {
    const rate = rejections(200, 300, (normal) => {
      const z = normal();
      return { z, x: z + Math.exp(z / 2) * normal(), y: z + Math.exp(z / 2) * normal() };
    });
    expect(rate).toBeLessThanOrEqual(0.1);
  });

  it('a rare binary x', () => {
    const rate = rejections(
      200,
      300,
      (normal, uniform) => {
        const z = normal();
        return { z, x: Number(uniform() < 0.03), y: curve(z) + normal() };
      },
      true,
    );
    expect(rate).toBeLessThanOrEqual(0.1);
  });
});

describe('the default test has power', () => {
  it.each<[string, number, (x: number, z: number) => number]>([
    ['against a straight link', 0.8, (x) => 0.25 * x],
    ['against a squared link', 0.9, (x) => 0.6 * (x * x - 1)],
    ['against a link that changes sign', 0.8, (x, z) => 0.6 * x * z],
  ])('%s', (_, atLeast, link) => {
    const rate = rejections(60, 300, (normal) => {
      const z = normal();
      const x = 0.5 * z + normal();
      return { z, x, y: z + link(x - 0.5 * z, z) + normal() };
    });
    expect(rate).toBeGreaterThanOrEqual(atLeast);
  });
});

describe.each(dependenceTests)('$label', (test) => {
  const rng = createRng(11, 'contract');
  const column = () => Float64Array.from({ length: 200 }, () => rng.normal());
  const [x, y, z] = [column(), column(), column()];

  it('is symmetric, and blind to shifts and scales', () => {
    const forward = test.run(numeric(x), numeric(y), [numeric(z)]);
    const backward = test.run(numeric(y), numeric(x), [numeric(z)]);
    const scaled = test.run(numeric(x.map((value) => 1e3 + 7 * value)), numeric(y), [
      numeric(z.map((value) => value / 9)),
    ]);
    expect(backward.effect).toBeCloseTo(forward.effect, 10);
    expect(backward.pValue).toBeCloseTo(forward.pValue, 2);
    expect(scaled.effect).toBeCloseTo(forward.effect, 8);
    expect(forward.effect).toBeGreaterThanOrEqual(0);
    expect(forward.effect).toBeLessThanOrEqual(1);
  });

  it('finds a link and calls its strength the correlation', () => {
    const linked = test.run(numeric(x), numeric(x.map((value, i) => 0.6 * value + 0.8 * y[i]!)), []);
    expect(linked.pValue).toBeLessThan(1e-6);
    expect(Math.abs(linked.effect - 0.6)).toBeLessThan(0.12);
    expect(linked.rows).toBe(200);
  });

  it('says nothing about a constant', () => {
    const constant = test.run(numeric(x), numeric(new Float64Array(200).fill(4)), []);
    expect(constant.effect).toBe(0);
    expect(constant.pValue).toBe(1);
  });

  it('refuses three rows in a sentence', () => {
    const few = (column_: Float64Array) => numeric(column_.subarray(0, 3));
    expect(() => test.run(few(x), few(y), [few(z), few(x.toReversed())])).toThrowError(
      expect.objectContaining({ code: 'too-few-rows' }),
    );
  });
});
