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

// Reference values: mpmath, 40 digits.
it.each([
  [-0.3, 0.3820885778110474],
  [0.6744, 0.7499714786270594],
  [-0.6746, 0.2499649664978459],
  [1.8, 0.9640696808870742],
  [-2.5, 0.006209665325776135],
  [-5.6, 1.0717590258310907e-8],
  [-5.7, 5.990371401063534e-9],
  [-12, 1.776482112077679e-33],
])('normalCdf(%d) to thirteen digits', (z, p) => {
  expect(Math.abs(normalCdf(z) / p - 1)).toBeLessThan(1e-13);
  expect(normalSurvival(-z)).toBe(normalCdf(z));
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
