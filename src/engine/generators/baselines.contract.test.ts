import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectRows } from '../data/frame';
import { ROWS_PER_BLOCK } from '../rng';
import { silentTask } from '../task';
import { baselineFrame, generatorInput } from '../testing/generatorInput';
import { areSame, rowBytes } from '../testing/rowBytes';
import { generators } from './catalogue';
import { completeParameters } from './generator';

describe.each(generators.filter((generator) => !generator.usesMap))('$label', (generator) => {
  const frame = baselineFrame(generator.id, 500);
  const prepare = (seed = 1, given = {}) =>
    generator.prepare(generatorInput(frame, seed), completeParameters(generator, given), silentTask);

  it('draws any slice alone, and the same from a cloned plan', async () => {
    const { plan } = await prepare();
    const rows = 9 * ROWS_PER_BLOCK;
    const whole = generator.draw(plan, 0, rows);
    fc.assert(
      fc.property(fc.nat(8), fc.nat(rows), (block, size) => {
        const from = block * ROWS_PER_BLOCK;
        const count = Math.min(rows - from, size);
        const slice = generator.draw(structuredClone(plan), from, count);
        return areSame(rowBytes(slice), rowBytes(whole, from, count));
      }),
      { numRuns: 15 },
    );
  });

  it('repeats with its seed and changes with it', async () => {
    const draw = async (seed: number) => rowBytes(generator.draw((await prepare(seed)).plan, 0, 256));
    expect(areSame(await draw(4), await draw(4))).toBe(true);
    expect(areSame(await draw(4), await draw(5))).toBe(false);
  });

  it('makes legal rows of the rare class from real rare rows', async () => {
    const { plan } = await prepare();
    const made = generator.draw(plan, 0, 512);
    const [target] = frame.columns.slice(-1);
    for (let i = 0; i < made.rows; i++) {
      expect(target![made.donor[i]!]).toBe(1);
      // Kind 2 of Borderline-SMOTE goes a little way towards other classes.
      if (made.partner[i]! >= 0 && generator.id !== 'borderline-smote-2') expect(target![made.partner[i]!]).toBe(1);
      frame.specs.forEach((spec, c) => {
        const value = made.columns[c]![i]!;
        if (spec.levels) expect(Number.isInteger(value) && value >= 0 && value < spec.levels.length).toBe(true);
        else expect(value).toBe(Number(value.toFixed(spec.decimals)));
      });
      expect(made.columns.at(-1)![i]).toBe(1);
      const differs = frame.columns.some((column, c) => column[made.donor[i]!] !== made.columns[c]![i]);
      expect(made.moved[i]).toBe(Number(differs));
    }
  });

  it.skipIf(generator.id === 'adasyn')('uses the rows it starts from evenly', async () => {
    const { plan } = await prepare();
    const counts = new Map<number, number>();
    const rows = 20_000;
    for (const donor of generator.draw(plan, 0, rows).donor) counts.set(donor, (counts.get(donor) ?? 0) + 1);
    const expected = rows / counts.size;
    const chi2 = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Five standard deviations of a chi-squared with size - 1 degrees of freedom.
    expect(chi2).toBeLessThan(counts.size - 1 + 5 * Math.sqrt(2 * (counts.size - 1)));
  });

  it('refuses a class without rows in one sentence', async () => {
    const common = selectRows(
      frame,
      Array.from({ length: frame.rows }, (_, i) => i).filter((i) => frame.columns.at(-1)![i] === 0),
    );
    await expect(
      generator.prepare(generatorInput(common), completeParameters(generator), silentTask),
    ).rejects.toMatchObject({ code: 'too-few-rows', message: expect.stringMatching(/target = yes.*\.$/) });
  });

  it.each(generator.parameters.map(({ id, min, max }) => ({ id, min, max })))(
    'runs at both ends of $id',
    async (given) => {
      for (const value of [given.min, given.max]) {
        const { plan } = await prepare(1, { [given.id]: value });
        const made = generator.draw(plan, 0, 256);
        for (const column of made.columns) expect(column.every(Number.isFinite)).toBe(true);
      }
    },
  );
});
