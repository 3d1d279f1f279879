import { expect, it } from 'vitest';
import { makeDemo, truthOf } from './demo';
import { rareDisease } from './rareDisease';

it('world A hides the benefit of its treatment', () => {
  const truth = truthOf(rareDisease, 100_000, 5);
  // Standard error of each risk is about 0.0006; the world's design says -0.031, +0.002 and 3.6 %.
  expect(truth.averageEffect).toBeCloseTo(-0.031, 2);
  expect(Math.abs(truth.crudeDifference)).toBeLessThan(0.006);
  expect(truth.prevalence).toBeCloseTo(0.036, 2);
});

it('the demo file is the same every time and has what real files have', () => {
  const { csv, project } = makeDemo('rare-disease');
  const lines = csv.trimEnd().split('\n');
  expect(lines.length).toBe(6001);
  expect(csv).toBe(makeDemo('rare-disease').csv);
  const header = lines[0]!.split(',');
  expect(project.map.nodes.every(({ name }) => header.includes(name))).toBe(true);
  const empty = lines.filter((line) => line.split(',')[header.indexOf('bmi')] === '').length;
  expect(empty).toBeGreaterThan(120);
  expect(empty).toBeLessThan(240);
});
