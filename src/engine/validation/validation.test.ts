import { describe, expect, it } from 'vitest';
import { categoryAssociation } from '../association/categories';
import { groupAssociation, twoGroups } from '../association/groups';
import { correlationPValue, pearson, rankAgreement, spearman } from '../association/numbers';
import { type Frame, selectRows } from '../data/frame';
import { chiSquaredSurvival } from '../numeric/specialFunctions';
import { createRng } from '../rng';
import { categoricalSpec, mixedFrame, numericSpec } from '../testing/generatorInput';
import { categoryMeasures, contingencySimilarity } from './categoryMeasures';
import { closestRecords, countCopies } from './closestRecord';
import { columnFidelity, ksDistance, totalVariation } from './columnFidelity';
import { ENERGY_ROW_LIMIT, energyDistance } from './energyDistance';
import { numberMeasures, quantileOf } from './numberMeasures';
import { partialCorrelationError, partialCorrelations, varyingColumns } from './partialCorrelations';
import golden from './validation.golden.json';

const close = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(golden.relativeTolerance * Math.max(1, Math.abs(expected)));
const single = (values: readonly number[]): Frame => ({
  rows: values.length,
  specs: [numericSpec('x')],
  columns: [Float64Array.from(values)],
});
const rng = () => createRng(1, 'test');

describe('measures agree with the reference', () => {
  it.each(golden.numeric)('KS distance: $name', ({ real, synthetic, ks_D }) => {
    close(ksDistance(Float64Array.from(real), Float64Array.from(synthetic)), ks_D);
  });

  it.each(golden.numeric)('energy distance: $name', async ({ real, synthetic, energy_distance }) => {
    const mean = real.reduce((sum, value) => sum + value, 0) / real.length;
    const sd = Math.sqrt(real.reduce((sum, value) => sum + (value - mean) ** 2, 0) / real.length);
    // Ours divides by the reference's deviation, and the distance scales with the root of a length.
    const { distance } = await energyDistance(single(real), single(synthetic), rng());
    const expected = energy_distance / Math.sqrt(sd > 0 ? sd : 1);
    expect(Math.abs(distance - expected)).toBeLessThanOrEqual(1e-7 * Math.max(1, expected));
  });

  it.each(golden.categorical)('total variation: $name', ({ real, synthetic, levels, tv }) => {
    const codes = (texts: readonly string[]) => Float64Array.from(texts, (text) => levels.indexOf(text));
    close(totalVariation(codes(real), codes(synthetic), levels.length), tv);
  });

  it.each(golden.numeric)('measures of a number: $name', (one) => {
    const found = numberMeasures(Float64Array.from(one.real), Float64Array.from(one.synthetic));
    close(found.ks, one.ks_D);
    expect(Math.abs(found.ksPValue - one.ks_p_exact)).toBeLessThanOrEqual(1e-7 * one.ks_p_exact);
    close(found.wasserstein, one.wasserstein1);
    if (one.wasserstein1_over_real_sd !== null) close(found.wassersteinOverSd, one.wasserstein1_over_real_sd);
    else expect(found.wassersteinOverSd).toBeNaN();
    close(found.jensenShannon, one.js!);
    const two = twoGroups(Float64Array.from(one.real), Float64Array.from(one.synthetic));
    close(two.mannWhitney.statistic, one.mannWhitney.U);
    if (typeof one.welch.t === 'number') close(two.welch.statistic, one.welch.t);
    if (one.smd !== null) close(found.meanDifference, one.smd);
    expect(Math.abs(found.mannWhitneyPValue - one.mannWhitney.p)).toBeLessThan(1e-9);
    if (typeof one.welch.p === 'number') expect(Math.abs(found.welchPValue - one.welch.p)).toBeLessThan(1e-9);
    close(found.insideRange, one.boundary);
    if (one.range !== null) close(found.rangeCovered, one.range);
    else expect(found.rangeCovered).toBeNaN();
    if (one.similarity) {
      close(found.similarity.mean, one.similarity.mean);
      close(found.similarity.median, one.similarity.median);
      if ('std' in one.similarity) close(found.similarity.deviation, one.similarity.std!);
    }
    const rising = Float64Array.from(one.real).sort();
    one.quantiles.p.forEach((share, i) => {
      close(quantileOf(rising, share), one.quantiles.real[i]!);
    });
    close(found.stabilityIndex, one.psi!);
  });

  it.each(golden.categorical)('measures of a category: $name', (one) => {
    const found = categoryMeasures(Float64Array.from(one.real_counts), Float64Array.from(one.synthetic_counts));
    close(found.totalVariation, one.tv);
    close(found.chiSquared, one.chi2.statistic);
    expect(one.levels.length - 1).toBe(one.chi2.dof);
    expect(Math.abs(found.chiSquaredPValue - one.chi2.p)).toBeLessThan(1e-9);
    close(found.cramersV, one.cramers_v);
    close(found.divergence, one.kl);
    close(found.jensenShannon, one.js_distance_base2);
    close(found.hellinger, one.hellinger);
    close(found.levelsCovered, one.category_coverage);
    close(found.insideLevels, one.category_adherence);
  });

  it.each(golden.numericPairs)('two numbers: $name', (one) => {
    const columns = (rows: number[][]) => [0, 1].map((c) => Float64Array.from(rows, (row) => row[c]!));
    const [[x, y], [u, v]] = [columns(one.real), columns(one.synthetic)];
    close(pearson(x!, y!), one.pearson.real);
    close(pearson(u!, v!), one.pearson.synthetic);
    const measures = {
      pearson: (a: Float64Array, b: Float64Array) => [pearson(a, b), correlationPValue(pearson(a, b), a.length)],
      spearman: (a: Float64Array, b: Float64Array) => [spearman(a, b), correlationPValue(spearman(a, b), a.length)],
      kendall: (a: Float64Array, b: Float64Array) => [rankAgreement(a, b).tauB, rankAgreement(a, b).pValue],
    };
    for (const name of ['pearson', 'spearman', 'kendall'] as const) {
      const [value, p] = measures[name](x!, y!) as [number, number];
      const [other] = measures[name](u!, v!) as [number, number];
      close(value, one[name].real);
      close(other, one[name].synthetic);
      close(1 - Math.abs(value - other) / 2, one[name].similarity);
      expect(Math.abs(p - one[name].real_p)).toBeLessThanOrEqual(1e-7 * one[name].real_p);
    }
  });

  it.each(golden.categoricalPairs)('two categories', (one) => {
    const [a, b] = [0, 1].map((c) => [...new Set([...one.real, ...one.synthetic].map((row) => row[c]!))].sort());
    const counts = (rows: string[][]) => {
      const out = new Float64Array(a!.length * b!.length);
      for (const [x, y] of rows) out[a!.indexOf(x!) * b!.length + b!.indexOf(y!)]!++;
      return out;
    };
    close(contingencySimilarity(counts(one.real), counts(one.synthetic)), one.similarity);
    const found = categoryAssociation(counts(one.real), a!.length, b!.length);
    close(found.chiSquared, one.real_chi2);
    expect(found.degrees).toBe(one.real_dof);
    const p = chiSquaredSurvival(found.chiSquared, found.degrees);
    expect(Math.abs(p - one.real_p)).toBeLessThanOrEqual(1e-7 * one.real_p);
    close(found.cramersV, one.real_cramers_v);
    close(found.mutualInformation, one.real_mutual_information_nats);
  });

  it.each(golden.mixedPairs)('a category and a number', (one) => {
    const codes = Float64Array.from(one.group, (level) => 'abc'.indexOf(level));
    const found = groupAssociation(Float64Array.from(one.value), codes);
    close(found.etaSquared, one.eta_squared);
    close(found.anova.statistic, one.anova_F);
    close(found.kruskal.statistic, one.kruskal_H);
    expect(Math.abs(found.anova.pValue - one.anova_p)).toBeLessThanOrEqual(1e-7 * one.anova_p);
    expect(Math.abs(found.kruskal.pValue - one.kruskal_p)).toBeLessThan(1e-9);
  });

  it('closest record', async () => {
    const { real, synthetic, dcr, nearest_real, exact_copies } = golden.closestRecord;
    const levels = [...new Set([...real.cat, ...synthetic.cat])].sort();
    const frame = (part: typeof real): Frame => ({
      rows: part.num.length,
      specs: [numericSpec('num'), categoricalSpec('cat', levels, 'nominal'), numericSpec('big')],
      columns: [
        Float64Array.from(part.num),
        Float64Array.from(part.cat, (text) => levels.indexOf(text)),
        Float64Array.from(part.big),
      ],
    });
    const found = await closestRecords(frame(real), frame(synthetic));
    dcr.forEach((expected, i) => {
      close(found.distance[i]!, expected);
    });
    expect(Array.from(found.nearest)).toEqual(nearest_real);
    close(quantileOf(Float64Array.from(found.distance).sort(), 0.5), golden.closestRecord.median);
    expect(countCopies(frame(real), frame(synthetic))).toBe(exact_copies);
  });
});

const half = (frame: Frame, part: 0 | 1) =>
  selectRows(
    frame,
    Array.from({ length: frame.rows }, (_, i) => i).filter((i) => i % 2 === part),
  );

describe('energy distance of mixed frames', () => {
  it('is about 0 for two samples of one law and grows when a category changes', async () => {
    const frame = mixedFrame(8, 1200);
    const [a, b] = [half(frame, 0), half(frame, 1)];
    const same = await energyDistance(a, b, rng());
    const recoded = { ...b, columns: b.columns.map((column, c) => (c === 4 ? column.map(() => 0) : column)) };
    const changed = await energyDistance(a, recoded, rng());
    expect(Math.abs(same.unbiasedSquare)).toBeLessThan(0.01);
    expect(changed.unbiasedSquare).toBeGreaterThan(0.05);
  });

  it('leaves out incomplete rows and caps what it reads', async () => {
    const frame = mixedFrame(8, ENERGY_ROW_LIMIT + 500);
    frame.columns[0]!.fill(Number.NaN, 0, 100);
    const few = selectRows(frame, [0, 200, 201]);
    const found = await energyDistance(frame, few, rng());
    expect(found.referenceRows).toBe(ENERGY_ROW_LIMIT);
    expect(found.otherRows).toBe(2);
  });
});

describe('partial correlations', () => {
  it('recover a chain: ends uncorrelated given the middle', () => {
    const stream = createRng(4, 'chain');
    const rows = 20_000;
    const columns = [0, 1, 2].map(() => new Float64Array(rows));
    for (let i = 0; i < rows; i++) {
      columns[0]![i] = stream.normal();
      columns[1]![i] = 0.8 * columns[0]![i]! + 0.6 * stream.normal();
      columns[2]![i] = 0.8 * columns[1]![i]! + 0.6 * stream.normal();
    }
    const frame: Frame = { rows, specs: ['a', 'b', 'c'].map((name) => numericSpec(name)), columns };
    const { matrix } = partialCorrelations(frame, varyingColumns(frame));
    expect(Math.abs(matrix[2]!)).toBeLessThan(0.03);
    // (r_ab - r_ac r_bc) / sqrt((1 - r_ac²) (1 - r_bc²)) with r_ab = r_bc = 0.8 and r_ac = 0.64.
    const expected = (0.8 - 0.8 * 0.64) / Math.sqrt((1 - 0.64 ** 2) * (1 - 0.8 ** 2));
    expect(Math.abs(matrix[1]! - expected)).toBeLessThan(0.02);
  });

  it('the error is 0 against itself, and large once a column is shuffled', () => {
    const frame = mixedFrame(2, 2000);
    const rare = selectRows(
      frame,
      Array.from({ length: frame.rows }, (_, i) => i).filter((i) => frame.columns[6]![i] === 1),
    );
    const reversed = { ...rare, columns: rare.columns.map((column, c) => (c === 0 ? column.toReversed() : column)) };
    expect(partialCorrelationError(rare, rare)).toBe(0);
    expect(partialCorrelationError(rare, reversed)).toBeGreaterThan(0.05);
  });
});

it('column fidelity names the measure, the variance kept and what is missing', () => {
  const frame = mixedFrame(2, 500);
  const shrunk = {
    ...frame,
    columns: frame.columns.map((column, c) => (c < 2 ? column.map((value) => value / 2) : column)),
  };
  shrunk.columns[1]![0] = Number.NaN;
  const [score, age, , , site] = columnFidelity(frame, shrunk);
  expect(score!.varianceRatio).toBeCloseTo(0.25, 12);
  expect(age).toMatchObject({ column: 'age', measure: 'ks', missingReal: 0, missingSynthetic: 1 });
  expect(site).toMatchObject({ measure: 'tv', distance: 0, varianceRatio: null });
});
