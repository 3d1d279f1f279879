import { describe, expect, it } from 'vitest';
import { betaLaw, exponentialLaw, gammaLaw, hourLaw, type Law, truncatedLaw } from './laws';

const laws: [string, Law, number, number][] = [
  ['Gamma(3.2, 8)', gammaLaw(3.2, 8), 1e-6, 200],
  ['Gamma(2, 4)', gammaLaw(2, 4), 1e-6, 100],
  ['Exponential(900)', exponentialLaw(900), 1e-6, 30_000],
  ['Beta(4, 3)', betaLaw(4, 3), 1e-6, 1 - 1e-6],
  ['hours', hourLaw(14, 1), 1e-6, 24 - 1e-6],
  ['Gamma(3.2, 8) up to 77', truncatedLaw(gammaLaw(3.2, 8), 0, 77), 1e-6, 77],
];

describe.each(laws)('%s', (_, law, low, high) => {
  it('has inverse quantile and distribution functions, in the tails too', () => {
    for (const u of [1e-12, 1e-6, 0.001, 0.02, 0.2, 0.37, 0.5, 0.81, 0.97, 0.9999, 1 - 1e-9])
      expect(Math.abs(law.cdf(law.quantile(u)) - u)).toBeLessThan(1e-8);
  });

  it('has a density that is the slope of its distribution function', () => {
    for (const u of [0.05, 0.3, 0.6, 0.9]) {
      const v = law.quantile(u);
      const h = 1e-5 * (high - low);
      const slope = (law.cdf(v + h) - law.cdf(v - h)) / (2 * h);
      expect(Math.exp(law.logDensity(v)) / slope).toBeCloseTo(1, 4);
    }
  });
});

it('has the known medians', () => {
  // Exponential: mean log 2. Gamma(1, 4) is exponential. Beta(1, 1) is uniform. Kappa 0: every hour is as likely.
  expect(exponentialLaw(900).quantile(0.5)).toBeCloseTo(900 * Math.log(2), 9);
  expect(gammaLaw(1, 4).quantile(0.5)).toBeCloseTo(4 * Math.log(2), 7);
  expect(betaLaw(1, 1).quantile(0.3)).toBeCloseTo(0.3, 7);
  expect(hourLaw(14, 0).quantile(0.25)).toBeCloseTo(6, 6);
});
