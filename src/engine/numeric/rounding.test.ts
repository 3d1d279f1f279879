import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundToDecimals } from './rounding';

it('gives the double that the decimal text stands for', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 8 }), (value, decimals) => {
      const rounded = roundToDecimals(value, decimals);
      expect(rounded).toBe(Number(rounded.toFixed(decimals)));
      expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals * (1 + 1e-6) + 1e-9);
    }),
  );
});

it('leaves alone what cannot be rounded', () => {
  expect(roundToDecimals(Number.NaN, 2)).toBeNaN();
  expect(roundToDecimals(1e300, 3)).toBe(1e300);
  expect(roundToDecimals(0.1 + 0.2, 17)).toBe(0.1 + 0.2);
  expect(Object.is(roundToDecimals(-0.001, 2), 0)).toBe(true);
});
