import { describe, expect, it } from 'vitest';
import { nearestNeighbours } from '../numeric/neighbours';
import { silentTask } from '../task';
import { categoricalSpec, generatorInput, mixedFrame, numericSpec, rareFrame } from '../testing/generatorInput';
import type { InterpolationPlan } from './interpolation';
import { medianDeviation, smoteNc } from './smoteNc';
import golden from './smoteNc.golden.json';

const cases = golden.cases.map((given, index) => {
  const width = given.numeric[0]!.length;
  const levels = given.categories[0]!.map((_, c) => [...new Set(given.categories.map((row) => row[c]!))].sort());
  const codes = given.categories.map((row) => row.map((text, c) => levels[c]!.indexOf(text)));
  const specs = [
    ...given.numeric[0]!.map((_, c) => numericSpec(`x${c}`, 17)),
    ...levels.map((texts, c) => categoricalSpec(`c${c}`, texts, 'nominal')),
  ];
  const frame = rareFrame(
    given.numeric.map((row, i) => [...row, ...codes[i]!]),
    specs,
  );
  return { ...given, index, width, levels, codes, frame };
});

describe('SMOTE-NC agrees with the reference', () => {
  it.each(cases)('median deviation and distances, case $index', async ({ frame, width, ...given }) => {
    const numeric = Array.from({ length: width }, (_, c) => c);
    const median = medianDeviation(numeric, frame.columns);
    expect(Math.abs(median - given.medianSd)).toBeLessThanOrEqual(1e-9 * Math.max(1, given.medianSd));
    const found = await nearestNeighbours({
      points: {
        rows: frame.rows,
        numeric: Float64Array.from(given.numeric.flat()),
        numericColumns: width,
        codes: Int32Array.from(given.codes.flat()),
        codeColumns: given.levels.length,
        mismatchPenalty: median ** 2,
      },
      queries: null,
      k: given.k,
    });
    given.distancesSorted.flat().forEach((expected, i) => {
      expect(Math.abs(found.distance[i]! - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, expected));
    });
  });

  it.each(cases)('neighbours and votes, case $index', async ({ frame, width, k, ...given }) => {
    const plan = (await smoteNc.prepare(generatorInput(frame), { k }, silentTask)).plan as InterpolationPlan;
    given.neighbours.forEach((expected, row) => {
      if (given.orderIsCertain[row])
        expect(Array.from(plan.neighbours.subarray(row * k, row * k + k))).toEqual(expected);
    });
    const made = smoteNc.draw(plan, 0, 2048);
    const seen = new Set<string>();
    for (let i = 0; i < made.rows; i++) {
      const base = made.donor[i]!;
      if (!given.orderIsCertain[base]) continue;
      given.levels.forEach((texts, c) => {
        const text = texts[made.columns[width + c]![i]!]!;
        expect(given.voteAllowed[base]![c]).toContain(text);
        seen.add(`${base}/${c}/${text}`);
      });
    }
    // Every level of a tied vote comes up.
    const allowed = given.voteAllowed.flatMap((columns, base) =>
      given.orderIsCertain[base] ? columns.flatMap((texts, c) => texts.map((text) => `${base}/${c}/${text}`)) : [],
    );
    expect([...seen].sort()).toEqual(allowed.sort());
  });
});

describe('SMOTE-NC falls back and says so', () => {
  it('without categories', async () => {
    const frame = rareFrame([[1], [2], [4]], [numericSpec('x')]);
    const { messages } = await smoteNc.prepare(generatorInput(frame), { k: 2 }, silentTask);
    expect(messages).toContain('There is no categorical column, so SMOTE-NC is the same as SMOTE here.');
  });

  it('without numbers: every cell is the most frequent level around the base', async () => {
    const mixed = mixedFrame(5, 300);
    const kept = [3, 4, 5, 6];
    const frame = {
      rows: 300,
      specs: kept.map((c) => mixed.specs[c]!),
      columns: kept.map((c) => mixed.columns[c]!),
    };
    const { plan, messages } = await smoteNc.prepare(generatorInput(frame), { k: 1 }, silentTask);
    expect(messages.join(' ')).toMatch(/votes on every column/);
    const { rows, neighbours } = plan as InterpolationPlan;
    const made = smoteNc.draw(plan, 0, 100);
    for (let i = 0; i < 100; i++) {
      const neighbour = rows[neighbours[rows.indexOf(made.donor[i]!)]!]!;
      for (let c = 0; c < 3; c++) expect(made.columns[c]![i]).toBe(frame.columns[c]![neighbour]);
    }
  });
});
