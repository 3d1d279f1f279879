import { describe, expect, it } from 'vitest';
import { silentTask } from '../task';
import { generatorInput, labelledFrame } from '../testing/generatorInput';
import { borderlineSmote1, borderlineSmote2, borderStates } from './borderlineSmote';
import golden from './borders.golden.json';
import type { InterpolationPlan } from './interpolation';
import { othersNearby, surroundingsOf } from './surroundings';

const cases = golden.cases.map((given, index) => ({
  ...given,
  index,
  frame: labelledFrame(given.X, given.y),
  danger: given.minorityRows.filter((_, i) => given.label[i] === 'danger'),
}));

/** Rows of X nearest to `row` among `candidates`, by sorting. */
function nearest(X: readonly (readonly number[])[], row: number, candidates: readonly number[], k: number): number[] {
  const distance = (other: number) => X[row]!.reduce((sum, value, c) => sum + (value - X[other]![c]!) ** 2, 0);
  return candidates
    .filter((other) => other !== row)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, k);
}

/** How far rows went towards their partners, as shares of the way; fails where a row is off its line. */
function ways(X: readonly (readonly number[])[], made: ReturnType<typeof borderlineSmote1.draw>): number[] {
  let worst = 0;
  const shares = Array.from(made.donor, (donor, i) => {
    const gaps = X[donor]!.map((value, c) => X[made.partner[i]!]![c]! - value);
    const c = gaps.reduce((best, gap, at) => (Math.abs(gap) > Math.abs(gaps[best]!) ? at : best), 0);
    const way = (made.columns[c]![i]! - X[donor]![c]!) / gaps[c]!;
    X[donor]!.forEach((value, at) => {
      worst = Math.max(worst, Math.abs(made.columns[at]![i]! - value - way * gaps[at]!));
    });
    return way;
  });
  expect(worst).toBeLessThan(1e-9);
  return shares;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('Borderline-SMOTE agrees with the reference', () => {
  it.each(cases)('who is in danger, case $index', async ({ frame, ...given }) => {
    const around = await surroundingsOf('Borderline', 'm', generatorInput(frame), given.m, silentTask);
    const others = othersNearby(around);
    expect(Array.from(others)).toEqual(given.otherClassAmongM);
    expect(borderStates(others, given.m)).toEqual(given.label);
  });

  it.each(cases)('kind 1 goes from danger to rare neighbours, case $index', async ({ frame, danger, ...given }) => {
    const { X, k, m, minorityRows } = given;
    const plan = (await borderlineSmote1.prepare(generatorInput(frame), { k, m }, silentTask))
      .plan as InterpolationPlan;
    expect(Array.from(plan.bases, (base) => plan.rows[base]!)).toEqual(danger);
    danger.forEach((row, b) => {
      const found = plan.neighbours.subarray(b * k, b * k + k);
      expect(Array.from(found, (position) => plan.rows[position]!)).toEqual(nearest(X, row, minorityRows, k));
    });
    const shares = ways(X, borderlineSmote1.draw(plan, 0, 4096));
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(Math.max(...shares)).toBeLessThan(1);
    // Five standard errors of the mean of a uniform number.
    expect(Math.abs(mean(shares) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / shares.length));
  });

  it.each(cases)('kind 2 goes less than half the way to other classes, case $index', async ({ frame, ...given }) => {
    const { X, y, k, m, danger } = given;
    const plan = (await borderlineSmote2.prepare(generatorInput(frame), { k, m }, silentTask))
      .plan as InterpolationPlan;
    const everyone = [...X.keys()];
    danger.forEach((row, b) => {
      const found = plan.neighbours.subarray(b * k, b * k + k);
      expect(Array.from(found, (position) => plan.rows[position]!)).toEqual(nearest(X, row, everyone, k));
    });
    const made = borderlineSmote2.draw(plan, 0, 8192);
    const shares = ways(X, made);
    const towards = (label: number) => shares.filter((_, i) => y[made.partner[i]!] === label);
    expect(Math.max(...towards(0))).toBeLessThan(0.5);
    // u v with u ~ U(0, 1), v ~ U(0, 1/2): mean 1/8, variance 1/36 - 1/64.
    expect(Math.abs(mean(towards(0)) - 1 / 8)).toBeLessThan(5 * Math.sqrt((1 / 36 - 1 / 64) / towards(0).length));
    expect(Math.abs(mean(towards(1)) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / towards(1).length));
  });
});

it('refuses a class without a row on the border and says how its rows lie', async () => {
  const apart = labelledFrame(
    Array.from({ length: 40 }, (_, i) => [i < 20 ? i : 1000 + i]),
    Array.from({ length: 40 }, (_, i) => Number(i < 20)),
  );
  for (const generator of [borderlineSmote1, borderlineSmote2])
    await expect(generator.prepare(generatorInput(apart), { k: 5, m: 10 }, silentTask)).rejects.toMatchObject({
      code: 'too-few-rows',
      message: expect.stringMatching(/none of its 20 rows is on the border \(20 safe, 0 noise\)/),
    });
});

it('looks no further than the rows there are', async () => {
  const few = labelledFrame([[0], [1], [2], [3], [4]], [1, 0, 1, 0, 0]);
  const { plan, messages } = await borderlineSmote1.prepare(generatorInput(few), { k: 5, m: 10 }, silentTask);
  expect(messages).toContain('Borderline-SMOTE 1 uses m = 4 instead of 10: there are only 5 usable rows.');
  expect(messages).toContain('Borderline-SMOTE 1 uses k = 1 instead of 5: there are only 2 usable rare rows.');
  expect((plan as InterpolationPlan).k).toBe(1);
});
