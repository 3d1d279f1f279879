import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentTask } from '../task';
import { generatorInput, labelledFrame, mixedFrame, numericSpec, rareFrame } from '../testing/generatorInput';
import { adasyn, rowsPerBase } from './adasyn';
import golden from './borders.golden.json';
import type { InterpolationPlan } from './interpolation';
import { othersNearby, surroundingsOf } from './surroundings';

const cases = golden.cases.map((given, index) => ({ ...given, index, frame: labelledFrame(given.X, given.y) }));

describe('ADASYN agrees with the reference', () => {
  it.each(cases)('neighbours, shares and rows per base, case $index', async ({ frame, ...given }) => {
    const around = await surroundingsOf('ADASYN', 'k', generatorInput(frame), given.k, silentTask);
    expect(Array.from(around.rare)).toEqual(given.minorityRows);
    expect(Array.from(around.neighbours)).toEqual(given.neighbours.flat());
    const others = othersNearby(around);
    expect(Array.from(others, (count) => count / given.k)).toEqual(given.ratio);
    const { rounded, total } = rowsPerBase(others, given.wanted);
    expect(Array.from(rounded)).toEqual(given.counts);
    expect(total).toBe(given.total);
  });

  it.each(cases)('rows of a run, case $index', async ({ frame, ...given }) => {
    const { wanted } = given;
    const { plan, messages } = await adasyn.prepare(
      { ...generatorInput(frame), rowsWanted: wanted },
      { k: given.k },
      silentTask,
    );
    const made = new Map(given.minorityRows.map((row) => [row, 0]));
    for (const donor of adasyn.draw(plan, 0, wanted).donor) made.set(donor, made.get(donor)! + 1);
    const off = given.minorityRows.map((row, i) => Math.abs(made.get(row)! - given.counts[i]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    expect(off.reduce((a, b) => a + b, 0)).toBe(Math.abs(given.total - wanted));
    expect(messages.some((text) => text.includes('rounding'))).toBe(given.total !== wanted);
  });

  it('in the mean of many rows', async () => {
    const { frame, X, wanted, k } = cases[0]!;
    const runs = 200;
    const seeds = Array.from({ length: runs }, (_, seed) => seed);
    const plans = await Promise.all(
      seeds.map((seed) => adasyn.prepare({ ...generatorInput(frame, seed), rowsWanted: wanted }, { k }, silentTask)),
    );
    const { bases, neighbours, ends, rows } = plans[0]!.plan as InterpolationPlan;
    X[0]!.forEach((_, c) => {
      // Given base and neighbours, a cell is x + u (x_j - x): its mean and variance are known.
      let mean = 0;
      let variance = 0;
      bases.forEach((base, b) => {
        const turns = ends![b]! - (b > 0 ? ends![b - 1]! : 0);
        const gaps = Array.from({ length: k }, (_, s) => X[rows[neighbours[b * k + s]!]!]![c]! - X[rows[base]!]![c]!);
        const step = gaps.reduce((sum, gap) => sum + gap, 0) / (2 * k);
        const square = gaps.reduce((sum, gap) => sum + gap ** 2, 0) / (3 * k);
        mean += (turns * (X[rows[base]!]![c]! + step)) / wanted;
        variance += (turns * (square - step ** 2)) / wanted ** 2;
      });
      const found = plans.reduce(
        (sum, { plan }) => sum + adasyn.draw(plan, 0, wanted).columns[c]!.reduce((a, b) => a + b, 0) / wanted / runs,
        0,
      );
      expect(Math.abs(found - mean)).toBeLessThan(4 * Math.sqrt(variance / runs));
    });
  });
});

it('hands out exactly the rows wanted, each within one of its rounded share', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 80 }).filter((all) => all.some(Boolean)),
      fc.integer({ min: 1, max: 500 }),
      (others, wanted) => {
        const { rounded, counts } = rowsPerBase(others, wanted);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(wanted);
        counts.forEach((count, i) => {
          expect(Math.abs(count - rounded[i]!)).toBeLessThanOrEqual(1);
          if (others[i] === 0) expect(count).toBe(0);
        });
      },
    ),
  );
});

describe('ADASYN says what it did', () => {
  it('refuses a class that no other row comes near', async () => {
    const apart = labelledFrame(
      Array.from({ length: 40 }, (_, i) => [i < 20 ? i : 1000 + i]),
      Array.from({ length: 40 }, (_, i) => Number(i < 20)),
    );
    await expect(adasyn.prepare(generatorInput(apart), { k: 5 }, silentTask)).rejects.toMatchObject({
      code: 'too-few-rows',
      message: expect.stringMatching(/target = yes.*use SMOTE\.$/),
    });
  });

  it('lowers k once for all and names rows left out', async () => {
    const few = rareFrame([[0], [2], [4]], [numericSpec('x')], 4);
    const { messages } = await adasyn.prepare(generatorInput(few), { k: 5 }, silentTask);
    expect(messages).toContain('ADASYN uses k = 2 instead of 5: there are only 3 usable rare rows.');
    const frame = mixedFrame(1, 400);
    for (const value of [1, 0]) frame.columns[0]![frame.columns[6]!.indexOf(value)] = Number.NaN;
    const told = (await adasyn.prepare(generatorInput(frame), { k: 5 }, silentTask)).messages.join(' ');
    expect(told).toMatch(/leaves out 1 rare row with missing cells/);
    expect(told).toMatch(/without 1 other row with missing cells/);
    expect(told).toMatch(/categories of stage, site, smoker as numbers/);
  });
});
