import { expect, it } from 'vitest';
import { silentTask } from '../task';
import { generatorInput, mixedFrame, numericSpec, rareFrame } from '../testing/generatorInput';
import golden from './distribution.golden.json';
import { randomOversampling } from './randomOversampling';
import { rose } from './rose';

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

const { minority, rows: tableRows, smoothedBootstrap, wanted } = golden;
const specs = minority[0]!.map((_, c) => numericSpec(`x${c}`, 17));
const frame = rareFrame(minority, specs, tableRows - minority.length);

it.each([
  { generator: randomOversampling, expected: smoothedBootstrap.bandwidth_imblearn },
  { generator: rose, expected: smoothedBootstrap.bandwidth_rose_paper },
])('smooths with the bandwidth of the reference: $generator.label', async ({ generator, expected }) => {
  const { plan, messages } = await generator.prepare(generatorInput(frame), { shrinkage: 1 }, silentTask);
  expect(messages).toEqual(['Smoothing adds noise to x0, x1, x2; values may leave the range of the real ones.']);
  const { bandwidth } = plan as unknown as { bandwidth: number[] };
  expected.forEach((value, c) => {
    expect(Math.abs(bandwidth[c]! - value)).toBeLessThanOrEqual(1e-9 * value);
  });
  const made = generator.draw(plan, 0, 20_000);
  specs.forEach((_, c) => {
    const noise = Float64Array.from(made.donor, (donor, i) => made.columns[c]![i]! - frame.columns[c]![donor]!);
    const variance = noise.reduce((sum, value) => sum + value ** 2, 0) / noise.length;
    // Five standard errors of a variance from 20,000 normal draws.
    expect(Math.abs(variance / bandwidth[c]! ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / 20_000));
  });
});

it.each([
  { shrinkage: 0, reference: golden.plainBootstrapOver200Seeds },
  { shrinkage: 1, reference: golden.smoothedBootstrapOver200Seeds },
])('has the moments of the reference over 200 runs, smoothing $shrinkage', async ({ shrinkage, reference }) => {
  const runs = 200;
  const means = specs.map(() => 0);
  const variances = specs.map(() => 0);
  for (let seed = 0; seed < runs; seed++) {
    const { plan } = await randomOversampling.prepare(generatorInput(frame, seed), { shrinkage }, silentTask);
    randomOversampling
      .draw(plan, 0, wanted)
      .columns.slice(0, -1)
      .forEach((column, c) => {
        const mean = column.reduce((sum, value) => sum + value, 0) / wanted;
        means[c]! += mean / runs;
        variances[c]! += column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / wanted / runs;
      });
  }
  // Both are means over 200 runs, so their difference has twice the variance of one.
  const bound = (sd: number) => 4 * sd * Math.sqrt(2 / runs);
  specs.forEach((_, c) => {
    const { mean, var: variance } = reference;
    expect(Math.abs(means[c]! - mean.mean[c]!)).toBeLessThan(bound(mean.sd_over_seeds[c]!));
    expect(Math.abs(variances[c]! - variance.mean[c]!)).toBeLessThan(bound(variance.sd_over_seeds[c]!));
  });
});
