import { expect, it } from 'vitest';
import { normalCdf, normalQuantile, normalSurvival } from './normal';

// Reference values: mpmath, 30 digits.
it.each([
  [0.975, 1.959963984540054],
  [0.5, 0],
  [0.001, -3.090232306167813],
  [1e-10, -6.361340902404056],
  [1e-20, -9.26234008979841],
])('normalQuantile(%d)', (p, z) => {
  expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-12);
});

it('is the inverse of the cdf over twelve standard deviations', () => {
  for (let z = -6; z <= 6; z += 0.37) {
    const p = z < 0 ? normalCdf(z) : normalSurvival(z);
    expect(Math.abs(normalQuantile(p) - -Math.abs(z))).toBeLessThan(1e-9);
  }
});

it('says what lies outside', () => {
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
  expect(normalQuantile(1.2)).toBeNaN();
});
