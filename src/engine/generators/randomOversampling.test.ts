import { expect, it } from 'vitest';
import { silentTask } from '../task';
import { generatorInput, mixedFrame, numericSpec, rareFrame } from '../testing/generatorInput';
import golden from './distribution.golden.json';
import { randomOversampling } from './randomOversampling';

it('copies rows as they are, missing cells included', async () => {
  const frame = mixedFrame(2, 300);
  const rare = frame.columns[6]!.indexOf(1);
  frame.columns[1]![rare] = Number.NaN;
  const { plan, messages } = await randomOversampling.prepare(generatorInput(frame), { shrinkage: 0 }, silentTask);
  expect(messages).toEqual([]);
  const made = randomOversampling.draw(plan, 0, 1000);
  expect(made.donor).toContain(rare);
  expect(made.moved.every((moved) => moved === 0)).toBe(true);
  made.donor.forEach((donor, i) => {
    frame.columns.forEach((column, c) => {
      expect(made.columns[c]![i]).toBe(column[donor]);
    });
  });
});

it('smooths with the bandwidth of the reference', async () => {
  const { minority, rows, smoothedBootstrap } = golden;
  const specs = minority[0]!.map((_, c) => numericSpec(`x${c}`, 17));
  const frame = rareFrame(minority, specs, rows - minority.length);
  const { plan } = await randomOversampling.prepare(generatorInput(frame), { shrinkage: 1 }, silentTask);
  const { bandwidth } = plan as unknown as { bandwidth: number[] };
  smoothedBootstrap.bandwidth_imblearn.forEach((expected, c) => {
    expect(Math.abs(bandwidth[c]! - expected)).toBeLessThanOrEqual(1e-9 * expected);
  });
  const made = randomOversampling.draw(plan, 0, 20_000);
  specs.forEach((_, c) => {
    const noise = Float64Array.from(made.donor, (donor, i) => made.columns[c]![i]! - frame.columns[c]![donor]!);
    const variance = noise.reduce((sum, value) => sum + value ** 2, 0) / noise.length;
    // Five standard errors of a variance from 20,000 normal draws.
    expect(Math.abs(variance / bandwidth[c]! ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / 20_000));
  });
});
