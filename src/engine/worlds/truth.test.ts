import { expect, it } from 'vitest';
import { rareDisease } from './rareDisease';
import { truthOf } from './truth';

it('tells effects by intervention from raw differences', () => {
  const { effects, prevalence, correlations } = truthOf(rareDisease, 20_000, 9);
  const treated = effects.find(({ exposure }) => exposure === 'treated')!;
  expect(Math.abs(treated.total.value + 0.031)).toBeLessThan(4 * treated.total.standardError + 0.0005);
  expect(Math.abs(treated.crude!.value - 0.002)).toBeLessThan(4 * treated.crude!.standardError + 0.0005);
  expect(Math.abs(prevalence.value - 0.036)).toBeLessThan(4 * prevalence.standardError + 0.0005);
  expect(effects.some(({ exposure }) => exposure === 'hospital')).toBe(false);
  expect(effects.find(({ exposure }) => exposure === 'sex')!.direct.value).toBe(0);
  const pair = correlations.find(({ x, y }) => x === 'age' && y === 'gene')!;
  expect(Math.abs(pair.all)).toBeLessThan(0.03);
});
