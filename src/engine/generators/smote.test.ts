import { describe, expect, it } from 'vitest';
import { silentTask } from '../task';
import { generatorInput, mixedFrame, numericSpec, rareFrame } from '../testing/generatorInput';
import distribution from './distribution.golden.json';
import type { InterpolationPlan } from './interpolation';
import { smote } from './smote';
import golden from './smote.golden.json';

const EXACT = 17; // decimals that leave values as they are
const inputOf = (matrix: readonly (readonly number[])[], seed = 1) =>
  generatorInput(
    rareFrame(
      matrix,
      matrix[0]!.map((_, c) => numericSpec(`x${c}`, EXACT)),
    ),
    seed,
  );
const planOf = async (matrix: readonly (readonly number[])[], k: number, seed = 1) =>
  (await smote.prepare(inputOf(matrix, seed), { k }, silentTask)).plan as InterpolationPlan;

describe('SMOTE agrees with the reference', () => {
  it.each(golden.cases.map((given, index) => ({ ...given, index })))('neighbours, case $index', async (given) => {
    const plan = await planOf(given.minority, given.k);
    expect(Array.from(plan.neighbours)).toEqual(given.neighbours.flat());
  });

  it.each(golden.cases.map((given, index) => ({ ...given, index })))('rows, case $index', async (given) => {
    const { minority, neighbours, draws, expected, k } = given;
    const plan = await planOf(minority, k);
    const made = smote.draw(plan, 0, 64);
    // The reference's draws fix (base, slot, u); ours are read back from the rows and must give the same line.
    draws.forEach(({ base, neighbour_slot, u }, i) => {
      const b = neighbours[base]![neighbour_slot]!;
      expected[i]!.forEach((value, c) => {
        const ours =
          minority[base]![c]! + u * (minority[plan.neighbours[base * k + neighbour_slot]!]![c]! - minority[base]![c]!);
        expect(Math.abs(ours - value)).toBeLessThanOrEqual(golden.relativeTolerance * Math.max(1, Math.abs(value)));
      });
      expect(plan.neighbours[base * k + neighbour_slot]).toBe(b);
    });
    for (let i = 0; i < 64; i++) {
      const a = minority[made.donor[i]!]!;
      const b = minority[made.partner[i]!]!;
      const widest = a
        .map((value, c) => Math.abs(value - b[c]!))
        .reduce((best, gap, c, all) => (gap > all[best]! ? c : best), 0);
      const u = (made.columns[widest]![i]! - a[widest]!) / (b[widest]! - a[widest]!);
      expect(u).toBeGreaterThan(0);
      expect(u).toBeLessThan(1);
      a.forEach((value, c) => {
        expect(made.columns[c]![i]!).toBeCloseTo(value + u * (b[c]! - value), 9);
      });
    }
  });

  it('in the moments of many rows', async () => {
    const { minority, wanted } = distribution;
    const { exact_mean: mean, exact_cov: cov, over_200_seeds: seeds } = distribution.smote;
    const d = mean.length;
    const runs = 200;
    const sums = new Float64Array(d);
    const squares = new Float64Array(d);
    for (let seed = 0; seed < runs; seed++) {
      const made = smote.draw(await planOf(minority, 5, seed), 0, wanted);
      for (let c = 0; c < d; c++) {
        let runMean = 0;
        for (const value of made.columns[c]!) {
          runMean += value / wanted;
          squares[c]! += (value - mean[c]!) ** 2 / (wanted * runs);
        }
        sums[c]! += runMean / runs;
      }
    }
    for (let c = 0; c < d; c++) {
      expect(Math.abs(sums[c]! - mean[c]!)).toBeLessThan((4 * seeds.mean.sd_over_seeds[c]!) / Math.sqrt(runs));
      expect(Math.abs(squares[c]! - cov[c]![c]!)).toBeLessThan((4 * seeds.var.sd_over_seeds[c]!) / Math.sqrt(runs));
    }
  });
});

describe('SMOTE says what it did', () => {
  it('lowers k for few rows and refuses a single one', async () => {
    const { messages } = await smote.prepare(inputOf([[0], [1], [3]]), { k: 5 }, silentTask);
    expect(messages).toContain('SMOTE uses k = 2 instead of 5: there are only 3 usable rare rows.');
    await expect(smote.prepare(inputOf([[1]]), { k: 5 }, silentTask)).rejects.toMatchObject({ code: 'too-few-rows' });
  });

  it('leaves out rows with missing cells', async () => {
    const frame = mixedFrame(1, 400);
    const rare = frame.columns[6]!.indexOf(1);
    frame.columns[0]![rare] = Number.NaN;
    const { plan, messages } = await smote.prepare(generatorInput(frame), { k: 5 }, silentTask);
    expect((plan as InterpolationPlan).rows).not.toContain(rare);
    expect(messages.join(' ')).toMatch(/leaves out 1 rare row with missing cells/);
    expect(messages.join(' ')).toMatch(/categories of stage, site, smoker as numbers/);
  });

  it('names a column whose scale drowns the others', async () => {
    const matrix = Array.from({ length: 30 }, (_, i) => [i * 1000, (i * 7) % 5]);
    const { messages } = await smote.prepare(inputOf(matrix), { k: 5 }, silentTask);
    expect(messages.join(' ')).toMatch(/x0 alone makes up over 99 %/);
  });
});
