import { describe, expect, it } from 'vitest';
import { chiSquaredSurvival, fSurvival, studentTwoSided } from './specialFunctions';
import golden from './specialFunctions.golden.json';

const expectClose = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(golden.relativeTolerance * expected);

describe('upper tails agree with 40-digit references', () => {
  it.each(golden.chiSquared as [number, number, number][])('chi-squared %d, %d df', (x, degrees, expected) => {
    expectClose(chiSquaredSurvival(x, degrees), expected);
  });
  it.each(golden.f as [number, number, number, number][])('F %d, %d and %d df', (x, d1, d2, expected) => {
    expectClose(fSurvival(x, d1, d2), expected);
  });
  it.each(golden.t as [number, number, number][])('t %d, %d df', (t, degrees, expected) => {
    expectClose(studentTwoSided(t, degrees), expected);
  });
});

it('answers at the edges', () => {
  expect(chiSquaredSurvival(-1, 2)).toBe(1);
  expect(chiSquaredSurvival(Infinity, 2)).toBe(0);
  expect(chiSquaredSurvival(1, 0)).toBeNaN();
  expect(fSurvival(0, 1, 2)).toBe(1);
  expect(fSurvival(Infinity, 1, 2)).toBe(0);
  expect(fSurvival(1, 1, 0)).toBeNaN();
});
