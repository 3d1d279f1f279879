import { describe, expect, it } from 'vitest';
import { createRng } from '../rng';
import { adjustmentById, adjustments } from './adjustments/catalogue';
import { dependenceTests } from './catalogue';
import { combinations } from './combinePValues';
import type { Variable } from './dependenceTest';
import { splineDesign } from './design';
import difference from './difference.golden.json';
import { fisherDifference, mechanismDifference, oddsDifference, slopeDifference } from './differenceTests';
import { correlationEquivalence } from './equivalence';
import { holm } from './holm';
import multiplicity from './multiplicity.golden.json';
import { createRegression, linearResidual, logisticFit } from './residuals';
import { stratifiedTables } from './strata';
import { residualGcm } from './tests/residualGcm';

const numeric = (values: ArrayLike<number>): Variable => ({ kind: 'numeric', values: Float64Array.from(values) });
it('Holm, by hand', () => {
  expect(holm([0.01, 0.04, Number.NaN, 0.03, 0.5])).toEqual([0.04, 0.09, Number.NaN, 0.09, 0.5]);
  expect(holm([])).toEqual([]);
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
  const isForNumbers = [[], [numeric(z)]].some((given) => test.appliesTo(numeric(x), numeric(y), given));
  /** A column in the kind the test takes; categories by the sign. */
  const asKind = (values: Float64Array): Variable =>
    isForNumbers
      ? numeric(values)
      : { kind: 'categorical', codes: values.map((value) => Number(value > 0)), levels: 2 };
  const conditions = (values: Float64Array) =>
    test.appliesTo(asKind(x), asKind(y), [asKind(values)]) ? [asKind(values)] : [];
  const noLink = test.appliesTo(asKind(x), asKind(y), []) ? [] : [asKind(z)];

  it('is symmetric, and blind to shifts and scales', () => {
    const forward = test.run(asKind(x), asKind(y), conditions(z));
    const backward = test.run(asKind(y), asKind(x), conditions(z));
    expect(backward.effect).toBeCloseTo(forward.effect, 10);
    // Random orders of x are not those of y.
    expect(Math.abs(backward.pValue - forward.pValue)).toBeLessThan(/random/.test(forward.note ?? '') ? 0.1 : 0.005);
    expect(forward.effect).toBeGreaterThanOrEqual(0);
    expect(forward.effect).toBeLessThanOrEqual(1);
    if (!isForNumbers) return;
    const scaled = test.run(
      numeric(x.map((value) => 1e3 + 7 * value)),
      numeric(y),
      conditions(z.map((value) => value / 9)),
    );
    expect(scaled.effect).toBeCloseTo(forward.effect, 8);
  });

  it('finds a link and calls its strength the correlation', () => {
    // Signs of two normal columns with correlation 0.81 have correlation 0.6.
    const r = isForNumbers ? 0.6 : Math.sin((0.6 * Math.PI) / 2);
    const other = x.map((value, i) => r * value + Math.sqrt(1 - r * r) * y[i]!);
    const linked = test.run(asKind(x), asKind(other), noLink);
    expect(linked.pValue).toBeLessThan(/random/.test(linked.note ?? '') ? 0.006 : 1e-6);
    expect(Math.abs(linked.effect - 0.6)).toBeLessThan(0.12);
    expect(linked.rows).toBe(200);
  });

  it('says nothing about a constant', () => {
    const constant = test.run(asKind(x), asKind(new Float64Array(200).fill(4)), noLink);
    expect(constant.effect).toBeCloseTo(0, 12);
    expect(constant.pValue).toBeCloseTo(1, 12);
  });

  it('refuses three rows in a sentence', () => {
    const few = (column_: Float64Array) => asKind(column_.subarray(0, 3));
    expect(() => test.run(few(x), few(y), conditions(z).length > 0 ? [few(z), few(x.toReversed())] : [])).toThrowError(
      expect.objectContaining({ code: 'too-few-rows' }),
    );
  });
});

describe('multiplicity', () => {
  const keys = {
    bonferroni: 'bonferroni',
    sidak: 'sidak',
    holm: 'holm',
    'holm-sidak': 'holm_sidak',
    hochberg: 'hochberg',
    hommel: 'hommel',
    bh: 'bh',
    by: 'by',
    bky: 'bky_two_stage',
  } as const;
  const sets = multiplicity.cases.flatMap((one) => (one.p ? [{ id: one.id, p: one.p, expected: one.expected }] : []));

  it.each(sets)('adjusted p-values agree with statsmodels: $id', ({ p, expected }) => {
    for (const { id, adjust } of adjustments) {
      const found = adjust(p);
      (expected as unknown as Record<string, number[]>)[keys[id]]!.forEach((value, i) => {
        expect(Math.abs(found[i]! - value)).toBeLessThan(1e-9);
      });
    }
  });

  it('adjusting leaves untested statements out and never falls below the p-value', () => {
    const p = [0.2, Number.NaN, 0.001, 0.04, 0.6];
    for (const { adjust } of adjustments) {
      const found = adjust(p);
      expect(found[1]).toBeNaN();
      const without = adjust(p.filter((value) => !Number.isNaN(value)));
      expect(found.filter((value) => !Number.isNaN(value))).toEqual(without);
    }
    expect(adjustmentById('bh').adjust([])).toEqual([]);
  });

  it.each(sets)('combined p-values agree with scipy: $id', ({ p, expected }) => {
    const reference = expected as unknown as Record<string, [number, number]>;
    const names = {
      fisher: 'fisher',
      stouffer: 'stouffer',
      tippett: 'tippett',
      pearson: 'pearson',
      mudholkarGeorge: 'mudholkar_george',
      cauchy: 'cauchy',
    } as const;
    for (const [name, combine] of Object.entries(combinations)) {
      const found = combine(p);
      const [statistic, pValue] = reference[`combine_${names[name as keyof typeof names]}`]!;
      expect(Math.abs(found.pValue - pValue)).toBeLessThan(1e-8);
      // A p-value of 1 has no finite tangent: where it is cut off is a matter of taste.
      if (name !== 'cauchy' || !p.includes(1)) expect(Math.abs(found.statistic / statistic - 1)).toBeLessThan(1e-7);
    }
  });

  it.each(multiplicity.cases.filter(({ method }) => method.startsWith('equivalence')))('equivalence: $id', (one) => {
    const { r, n, controls, margin, expected } = one as unknown as {
      r: number;
      n: number;
      controls: number;
      margin: number;
      expected: { z_lower: number; z_upper: number; p_equivalence: number };
    };
    const found = correlationEquivalence(r, n, controls, margin);
    expect(Math.abs(found.zLower - expected.z_lower)).toBeLessThan(1e-9);
    expect(Math.abs(found.zUpper - expected.z_upper)).toBeLessThan(1e-9);
    expect(Math.abs(found.pValue - expected.p_equivalence)).toBeLessThan(1e-9);
  });
});

describe('two samples: differences agree with statsmodels and scipy', () => {
  type Column = number[] | { levels: number; codes: number[] };
  it.each(difference.cases)('$id', (one) => {
    const columnsOf = (name: string) => difference.datasets[name as 'same_original'] as Record<string, Column>;
    const variable = (dataset: string, name: string): Variable => {
      const column = columnsOf(dataset)[name]!;
      return Array.isArray(column)
        ? numeric(column)
        : { kind: 'categorical', codes: Float64Array.from(column.codes), levels: column.levels };
    };
    const samples = [one.original, one.augmented];
    const triples = samples.map((name) => ({
      x: variable(name, one.x),
      y: variable(name, one.y),
      given: one.z.map((z) => variable(name, z)),
    }));
    const e = one.expected;
    const close = (actual: number, expected: number, tolerance = 1e-9) =>
      expect(Math.abs(actual - expected)).toBeLessThan(tolerance * Math.max(1, Math.abs(expected)));
    const fisher = fisherDifference(triples[0]!, triples[1]!, 0.1);
    fisher.correlations.forEach((r, i) => {
      close(r, e.partial_r[i]!);
    });
    close(fisher.q, e.cohen_q);
    close(fisher.z, e.fisher_z_difference[0]!);
    close(fisher.pValue, e.fisher_z_difference[1]!);
    close(fisher.equivalence.pValue, e['equivalence_cohen_q_margin_0.1_p']);
    const part = (i: number, child: Variable, parents: readonly Variable[]) => ({ child, parents, i });
    const chow = mechanismDifference(
      part(0, triples[0]!.y, [triples[0]!.x, ...triples[0]!.given]),
      part(1, triples[1]!.y, [triples[1]!.x, ...triples[1]!.given]),
    );
    close(chow.all.statistic, e.chow_F_df_p[0]!);
    expect([chow.all.degrees, chow.all.residualDegrees]).toEqual(e.chow_F_df_p.slice(1, 3));
    close(chow.all.pValue, e.chow_F_df_p[3]!);
    close(chow.slopes.statistic, e.slopes_only_F_df_p[0]!);
    expect(chow.slopes.degrees).toBe(e.slopes_only_F_df_p[1]);
    close(chow.slopes.pValue, e.slopes_only_F_df_p[3]!);
    const slopes = slopeDifference(triples[0]!, triples[1]!);
    close(slopes.wald.z, e.slope_wald_z_p[0]!);
    close(slopes.wald.pValue, e.slope_wald_z_p[1]!);
    close(slopes.interaction.coefficient, e.interaction_x_source.coef);
    close(slopes.interaction.standardError, e.interaction_x_source.se);
    close(slopes.interaction.pValue, e.interaction_x_source.p);
    const classes = samples.map((name) => variable(name, one.class));
    const logit = mechanismDifference(
      part(0, classes[0]!, [triples[0]!.x, ...triples[0]!.given]),
      part(1, classes[1]!, [triples[1]!.x, ...triples[1]!.given]),
    );
    close(logit.all.statistic, e.logit_mechanism_x_source_lr_df_p[0]!, 1e-5);
    close(logit.all.pValue, e.logit_mechanism_x_source_lr_df_p[2]!, 1e-5);
    expect(logit.all.degrees).toBe(e.logit_mechanism_x_source_lr_df_p[1]);
    close(logit.slopes.statistic, e.logit_slopes_only_lr_df_p[0]!, 1e-5);
    close(logit.slopes.pValue, e.logit_slopes_only_lr_df_p[2]!, 1e-5);
    const tables = samples.map((name, i) => {
      const x = (triples[i]!.x as { values: Float64Array }).values;
      const above: Variable = { kind: 'categorical', codes: x.map((value) => Number(value > 0)), levels: 2 };
      return stratifiedTables(above, variable(name, one.class), [])[0]!;
    });
    const odds = oddsDifference(tables[0]!, tables[1]!);
    odds.logOddsRatios.forEach((value, i) => {
      close(value, e.log_odds_ratios_x_above_0_vs_t[i]!);
    });
    close(odds.woolf.z, e.woolf_z_p[0]!);
    close(odds.woolf.pValue, e.woolf_z_p[1]!);
    close(odds.tarone.statistic, e.tarone[0]!);
    close(odds.tarone.pValue, e.tarone[1]!);
  });
});
