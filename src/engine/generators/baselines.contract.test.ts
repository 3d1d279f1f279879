import { describe, expect, it } from 'vitest';
import { selectRows } from '../data/frame';
import { silentTask } from '../task';
import { generatorInput, mixedFrame } from '../testing/generatorInput';
import { generators } from './catalogue';
import { completeParameters, type SyntheticRows } from './generator';

const parts = (rows: SyntheticRows) => [
  ...rows.columns,
  rows.donor,
  rows.partner,
  rows.proposals,
  rows.refusedByRules,
  rows.moved,
];

describe.each(generators.filter((generator) => !generator.usesMap))('$label', (generator) => {
  const frame = mixedFrame(3, 500);
  const prepare = (seed = 1, given = {}) =>
    generator.prepare(generatorInput(frame, seed), completeParameters(generator, given), silentTask);

  it('draws any slice alone, and the same from a cloned plan', async () => {
    const { plan } = await prepare();
    const whole = parts(generator.draw(plan, 0, 600));
    const slices = [
      generator.draw(plan, 0, 256),
      generator.draw(structuredClone(plan), 256, 256),
      generator.draw(plan, 512, 88),
    ].map(parts);
    whole.forEach((column, c) => {
      expect(slices.flatMap((slice) => Array.from(slice[c]!))).toEqual(Array.from(column));
    });
  });

  it('repeats with its seed and changes with it', async () => {
    const draw = async (seed: number) => Array.from(generator.draw((await prepare(seed)).plan, 0, 256).donor);
    expect(await draw(4)).toEqual(await draw(4));
    expect(await draw(4)).not.toEqual(await draw(5));
  });

  it('makes legal rows of the rare class from real rare rows', async () => {
    const { plan } = await prepare();
    const made = generator.draw(plan, 0, 512);
    const [target] = frame.columns.slice(-1);
    for (let i = 0; i < made.rows; i++) {
      expect(target![made.donor[i]!]).toBe(1);
      if (made.partner[i]! >= 0) expect(target![made.partner[i]!]).toBe(1);
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

  it('uses its rare rows evenly', async () => {
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
