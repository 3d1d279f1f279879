import { describe, expect, it } from 'vitest';
import { silentTask } from '../task';
import { categoricalSpec, generatorInput, mixedFrame } from '../testing/generatorInput';
import { smoteN } from './smoteN';
import golden from './smoteN.golden.json';
import { classShares, valueDifferences } from './valueDifferences';

const cases = golden.cases.map((given, index) => ({
  ...given,
  index,
  frame: {
    rows: given.X.length,
    specs: [
      ...given.categories.map((levels, c) => categoricalSpec(`c${c}`, levels, 'nominal')),
      categoricalSpec('target', ['no', 'yes']),
    ],
    columns: [
      ...given.categories.map((levels, c) => Float64Array.from(given.X, (row) => levels.indexOf(row[c]!))),
      Float64Array.from(given.y),
    ],
  },
}));

describe('SMOTE-N agrees with the reference', () => {
  it.each(cases)('class shares and value differences, case $index', ({ frame, ...given }) => {
    given.categories.forEach((levels, c) => {
      const shares = classShares(frame.columns[c]!, frame.columns.at(-1)!, levels.length, 2);
      given.sharesOfClass[c]!.flat().forEach((expected, cell) => {
        expect(Math.abs(shares[cell]! - expected)).toBeLessThanOrEqual(golden.tolerance);
      });
    });
    const tables = valueDifferences(frame, frame.specs.length - 1);
    given.minorityRows.forEach((a, i) => {
      given.minorityRows.forEach((b, j) => {
        let distance = 0;
        for (const [c, table] of tables)
          distance += table[frame.columns[c]![a]! * Math.sqrt(table.length) + frame.columns[c]![b]!]!;
        expect(Math.abs(distance - given.distances[i]![j]!)).toBeLessThanOrEqual(golden.tolerance);
      });
    });
  });

  it.each(cases)('votes, case $index', async ({ frame, ...given }) => {
    const { plan } = await smoteN.prepare(generatorInput(frame), { k: given.k }, silentTask);
    const made = smoteN.draw(plan, 0, 2048);
    const compared = new Set<number>();
    for (let i = 0; i < made.rows; i++) {
      const base = given.minorityRows.indexOf(made.donor[i]!);
      if (!given.neighbourSetIsCertain[base]) continue;
      compared.add(base);
      given.categories.forEach((levels, c) => {
        // Of tied levels, the first in order.
        expect(levels[made.columns[c]![i]!]).toBe(given.voteAllowed[base]![c]![0]);
      });
    }
    expect(compared.size).toBe(given.neighbourSetIsCertain.filter(Boolean).length);
  });
});

it('refuses numbers, names them and offers a way out', async () => {
  await expect(smoteN.prepare(generatorInput(mixedFrame(1, 200)), { k: 5 }, silentTask)).rejects.toMatchObject({
    code: 'unsupported-column',
    message:
      'SMOTE-N takes categories only, and score, age, visits are numeric: use SMOTE-NC, or have the numbers read as categories.',
  });
});

it('compares classes of a target with several levels', () => {
  const target = categoricalSpec('target', ['a', 'b', 'c']);
  const frame = {
    rows: 6,
    specs: [categoricalSpec('x', ['p', 'q']), target],
    columns: [Float64Array.of(0, 0, 0, 1, 1, 1), Float64Array.of(0, 1, 2, 0, 0, 0)],
  };
  // |1/3 - 1| + |1/3 - 0| + |1/3 - 0| = 4/3
  const table = valueDifferences(frame, 1).get(0)!;
  [0, 16 / 9, 16 / 9, 0].forEach((expected, cell) => {
    expect(table[cell]!).toBeCloseTo(expected, 12);
  });
});
