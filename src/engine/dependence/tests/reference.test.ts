import { describe, expect, it } from 'vitest';
import { chiSquaredSurvival } from '../../numeric/specialFunctions';
import { dependenceTests } from '../catalogue';
import type { Variable } from '../dependenceTest';
import { linearDesign } from '../design';
import { largestGcm } from '../gcm';
import { linearPartial } from '../linearPartial';
import { cochranMantelHaenszel, commonOddsRatio, equalOddsRatios } from '../mantelHaenszel';
import { compareNested } from '../nestedModels';
import { stratifiedStatistic } from '../powerDivergence';
import { createRegression, residualColumns } from '../residuals';
import { stratifiedTables } from '../strata';
import { lengthOf } from '../variable';
import { conditionalGaussian } from './conditionalGaussian';
import discrete from './discrete.golden.json';
import { gaussianInformation } from './gaussianInformation';
import { partialCorrelation } from './partialCorrelation';
import continuous from './partialCorrelation.golden.json';
import { partialSpearman } from './partialSpearman';
import { partialT } from './partialT';
import { pillai } from './pillai';
import mixed from './pillai.golden.json';
import { pillaiLaw } from './pillaiLaw';
import { shrunkInformation } from './shrunkInformation';
import { stratifiedChi2 } from './stratifiedChi2';

const numeric = (values: ArrayLike<number>): Variable => ({ kind: 'numeric', values: Float64Array.from(values) });
const relative = (actual: number, expected: number, tolerance = 1e-9) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1e-3, Math.abs(expected)));
const sameP = (actual: number, expected: number, tolerance = 1e-8) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(expected, 1e-30));

describe('numbers: the tests agree with causal-learn, bnlearn and scipy', () => {
  it.each(continuous.cases)('$id', ({ dataset, x, y, given, ...expected }) => {
    const columns = continuous.datasets[dataset as 'gauss'] as Record<string, number[]>;
    const of = (name: string) => numeric(columns[name]!);
    const arguments_ = [of(x), of(y), given.map(of)] as const;
    const z = partialCorrelation.run(...arguments_);
    relative(z.signedEffect!, expected.r);
    relative(z.statistic, expected.z);
    sameP(z.pValue, expected.p);
    relative(z.statistic, expected.zf[0]!);
    sameP(z.pValue, expected.zf[1]!, 1e-7);
    relative(z.interval!.low, expected.ci95[0]!);
    relative(z.interval!.high, expected.ci95[1]!);
    const t = partialT.run(...arguments_);
    relative(t.statistic, expected.t);
    sameP(t.pValue, expected.tP);
    relative(t.signedEffect!, expected.cor[0]!);
    // One column less a condition with two degrees gone to the mean and the slope.
    expect(linearPartial(...arguments_, 4).controls).toBe(columns[x]!.length - 2 - expected.tDegrees);
    sameP(t.pValue, expected.cor[2]!, 1e-7);
    const ranks = partialSpearman.run(...arguments_);
    relative(ranks.signedEffect!, expected.spearman);
    sameP(ranks.pValue, expected.spearmanP);
    const information = gaussianInformation.run(...arguments_);
    relative(information.statistic, expected.gaussianMi[0]!);
    sameP(information.pValue, expected.gaussianMi[2]!);
  });
});

describe('categories: the stratified tests agree with scipy, causal-learn, R and statsmodels', () => {
  it.each(discrete.cases)('$id', (expected) => {
    const columns = discrete.datasets[expected.dataset as 'd3'] as Record<string, { levels: number; codes: number[] }>;
    const of = (name: string): Variable => ({
      kind: 'categorical',
      codes: Float64Array.from(columns[name]!.codes),
      levels: columns[name]!.levels,
    });
    const tables = stratifiedTables(of(expected.x), of(expected.y), expected.z.map(of));
    const chi2 = stratifiedStatistic(tables, 'chi-squared');
    const g2 = stratifiedStatistic(tables, 'g-squared');
    relative(chi2.statistic, expected.chi2);
    relative(g2.statistic, expected.g2);
    expect(chi2.degrees).toBe(expected.degrees);
    sameP(chiSquaredSurvival(chi2.statistic, chi2.degrees), expected.pChi2);
    sameP(chiSquaredSurvival(g2.statistic, g2.degrees), expected.pG2);
    expect(chi2.strata).toBe(expected.strata);
    expect(chi2.strataWithoutInformation).toBe(expected.silent);
    relative(chi2.shareBelowFive, expected.sparse);
    const rows = columns[expected.x]!.codes.length;
    relative(g2.statistic / (2 * rows), expected.information);
    relative(Math.sqrt(Math.max(0, chi2.statistic / chi2.degrees - 1) / (rows - 1)), expected.rmsea);
    // bnlearn counts every stratum in full, or, adjusted, none of it where rows are fewer than five a cell.
    const [x, y] = [of(expected.x), of(expected.y)];
    const levels = (variable: Variable) => (variable.kind === 'numeric' ? 0 : variable.levels);
    const strata = expected.z.reduce((product, name) => product * columns[name]!.levels, 1);
    const full = (levels(x) - 1) * (levels(y) - 1) * strata;
    for (const [statistic, plain, adjusted] of [
      [chi2.statistic, expected.x2, expected.x2adf],
      [g2.statistic, expected.mi, expected.miadf],
    ] as const) {
      relative(statistic, plain[0]!);
      expect(plain[1]).toBe(full);
      sameP(chiSquaredSurvival(statistic, full), plain[2]!, 1e-7);
      expect(adjusted[1]).toBe(chi2.degrees);
      const isThin = rows < 5 * levels(x) * levels(y) * strata;
      if (isThin) expect([adjusted[0], adjusted[2]]).toEqual([0, 1]);
      else sameP(chiSquaredSurvival(statistic, chi2.degrees), adjusted[2]!, 1e-7);
    }
    const shrunk = shrunkInformation.run(x, y, expected.z.map(of));
    relative(shrunk.statistic, expected.shrunk[0]!);
    sameP(shrunk.pValue, expected.shrunk[2]!, 1e-7);
    if (expected.cmh) {
      const found = cochranMantelHaenszel(tables);
      relative(found.statistic, expected.cmh[0]!);
      expect(found.degrees).toBe(expected.cmh[1]);
      sameP(found.pValue, expected.cmh[2]!);
    }
    if (!expected.oddsRatio) return;
    relative(cochranMantelHaenszel(tables, 0.5).statistic, expected.cmhCorrected![0]!);
    const common = commonOddsRatio(tables);
    relative(common.oddsRatio, expected.oddsRatio);
    relative(common.interval.low, expected.oddsInterval![0]!);
    relative(common.interval.high, expected.oddsInterval![1]!);
    relative(common.riskRatio, expected.riskRatio!);
    const { breslowDay, tarone } = equalOddsRatios(tables);
    relative(breslowDay.statistic, expected.breslowDay![0]!);
    sameP(breslowDay.pValue, expected.breslowDay![1]!);
    relative(tarone.statistic, expected.tarone![0]!);
    sameP(tarone.pValue, expected.tarone![1]!);
  });

  it('sparse strata are judged by deals inside the strata, filled ones by the chi-squared law', () => {
    const sparse = discrete.cases.find(({ id }) => id === 'sparse-1')!;
    const columns = discrete.datasets.sparse as Record<string, { levels: number; codes: number[] }>;
    const of = (name: string): Variable => ({
      kind: 'categorical',
      codes: Float64Array.from(columns[name]!.codes),
      levels: columns[name]!.levels,
    });
    const result = stratifiedChi2.run(of('x'), of('y'), [of('z')]);
    expect(result.note).toContain('100 % of the expected counts are below 5');
    // The plain law says 0.0003; deals know no law and agree within their own noise.
    expect(result.pValue).toBeLessThan(0.01);
    expect(Math.abs(result.statistic / sparse.chi2 - 1)).toBeLessThan(1e-9);
  });
});

const mixedVariable = (dataset: string, name: string, ordered = false): Variable => {
  const column = (
    mixed.datasets[dataset as 'm1'] as Record<string, { values?: number[]; codes?: number[]; levels?: number }>
  )[name]!;
  if (column.values) {
    return { kind: 'numeric', values: Float64Array.from(column.values), isCount: name === 'k' };
  }
  return {
    kind: ordered && name === 'o' ? 'ordinal' : 'categorical',
    codes: Float64Array.from(column.codes!),
    levels: column.levels!,
  };
};

describe('mixed kinds: agreement with R manova, statsmodels, MASS polr and numpy', () => {
  const of = (dataset: string, name: string) => mixedVariable(dataset, name);

  it.each(mixed.cases)('Pillai of linear residuals $id', ({ dataset, x, y, z, ...expected }) => {
    const result = pillai.run(
      of(dataset, x),
      of(dataset, y),
      z.map((name) => of(dataset, name)),
    );
    relative(result.statistic, expected.F);
    relative(result.effect, expected.effect);
    sameP(result.pValue, expected.p);
  });

  it.each(mixed.cases.filter(({ residualManova }) => residualManova !== undefined))(
    "Pillai's trace as R's manova of the residuals has it $id",
    ({ dataset, x, y, z, residualManova }) => {
      const [a, b] = [of(dataset, x), of(dataset, y)];
      const { effect } = pillai.run(
        a,
        b,
        z.map((name) => of(dataset, name)),
      );
      const columnsOf = (variable: Variable) => (variable.kind === 'numeric' ? 1 : variable.levels - 1);
      const [p, q] = [columnsOf(a), columnsOf(b)];
      const smaller = Math.min(p, q);
      const trace = smaller * effect * effect;
      relative(trace, residualManova![0]!);
      expect(residualManova![2]).toBe(p * q);
      relative((trace / (p * q)) * (residualManova![3]! / (smaller - trace)), residualManova![1]!);
    },
  );

  // Two categories given a number: there the reference turns the question round in a way it does not write down.
  it.each(
    mixed.cases.filter(
      ({ dataset, x, y, conditionalGaussian: known }) =>
        known != null && [x, y].some((name) => mixedVariable(dataset, name).kind === 'numeric'),
    ),
  )('conditional Gaussian information $id', ({ dataset, x, y, z, conditionalGaussian: expected }) => {
    const found = conditionalGaussian.run(
      of(dataset, x),
      of(dataset, y),
      z.map((name) => of(dataset, name)),
    );
    expect(Math.abs(found.statistic - expected![0]!)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected![0]!)));
    expect(Math.abs(found.pValue - expected![2]!)).toBeLessThan(1e-8);
  });

  it.each(mixed.cases.filter(({ gcm }) => gcm?.T !== undefined))(
    'GCM of linear residuals $id',
    ({ dataset, x, y, z, gcm }) => {
      const given = z.map((name) => of(dataset, name));
      const [a, b] = [of(dataset, x), of(dataset, y)];
      const rows = a.kind === 'numeric' ? a.values.length : a.codes.length;
      const weights = new Float64Array(rows).fill(1);
      const regression = createRegression(linearDesign(given).matrix(given, rows), weights);
      const [rx] = residualColumns(regression, a, 'linear');
      const [ry] = residualColumns(regression, b, 'linear');
      const result = largestGcm([rx!.map((value, row) => value * ry![row]!)], weights);
      relative(result.statistic, Math.abs(gcm!.T!));
      expect(Math.abs(result.pValue - gcm!.p)).toBeLessThanOrEqual(1e-8);
    },
  );

  // Two levels: the residual of a logit. More levels have a multinomial one in the reference, and each against the rest here.
  const isTwoLevels = (dataset: string, name: string) => {
    const variable = mixedVariable(dataset, name);
    return variable.kind === 'numeric' || variable.levels === 2;
  };
  it.each(mixed.cases.filter(({ dataset, x, y }) => isTwoLevels(dataset, x) && isTwoLevels(dataset, y)))(
    'Pillai of probability residuals $id',
    ({ dataset, x, y, z, prob }) => {
      const result = pillaiLaw.run(
        of(dataset, x),
        of(dataset, y),
        z.map((name) => of(dataset, name)),
      );
      // Ours has a ridge of a tenth of a row, so that separated levels stay finite.
      expect(Math.abs(result.effect - prob!.effect)).toBeLessThan(1e-3);
      expect(Math.abs(result.pValue - prob!.p)).toBeLessThan(5e-3);
    },
  );

  it.each(
    mixed.cases.filter(
      ({ dataset, x, y }) => isTwoLevels(dataset, x) && isTwoLevels(dataset, y) && ![x, y].includes('k'),
    ),
  )('GCM of probability residuals $id', ({ dataset, x, y, z, gcmProb }) => {
    const given = z.map((name) => of(dataset, name));
    const rows = lengthOf(of(dataset, x));
    const weights = new Float64Array(rows).fill(1);
    const regression = createRegression(linearDesign(given).matrix(given, rows), weights);
    const [rx, ry] = [x, y].map((name) => residualColumns(regression, of(dataset, name), 'logistic')[0]!);
    const result = largestGcm([rx!.map((value, row) => value * ry![row]!)], weights);
    // The same ridge as above.
    expect(Math.abs(result.statistic / gcmProb!.max_abs_T - 1)).toBeLessThan(1e-2);
    expect(Math.abs(result.pValue - gcmProb!.p!)).toBeLessThan(5e-3);
  });

  const nested = mixed.cases.flatMap((one) => [
    { id: `${one.id} y on x`, dataset: one.dataset, child: one.y, more: one.x, z: one.z, expected: one.yOnX },
    { id: `${one.id} x on y`, dataset: one.dataset, child: one.x, more: one.y, z: one.z, expected: one.xOnY },
  ]);
  it.each(nested)('nested regressions $id', ({ dataset, child, more, z, expected }) => {
    const found = compareNested(
      mixedVariable(dataset, child, true),
      z.map((name) => of(dataset, name)),
      [of(dataset, more)],
    );
    const reference = expected as { family: string; F?: number; lr: number; df: number | number[]; p: number };
    if (reference.F !== undefined) {
      relative(found.statistic, reference.F);
      expect([found.degrees, found.residualDegrees]).toEqual(reference.df);
      expect(Math.abs(found.pValue - reference.p)).toBeLessThan(1e-8);
      return;
    }
    const tolerance = reference.family.startsWith('proportional') ? 1e-4 : 1e-5;
    relative(found.statistic, reference.lr, tolerance);
    expect(found.degrees).toBe(reference.df);
    expect(Math.abs(found.pValue - reference.p)).toBeLessThan(1e-5);
  });
});

it('every test has an id of its own', () => {
  expect(new Set(dependenceTests.map(({ id }) => id)).size).toBe(dependenceTests.length);
});
