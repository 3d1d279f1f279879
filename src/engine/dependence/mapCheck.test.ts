import { expect, it } from 'vitest';
import { arrowVerdict } from './mapCheck';

it.each([
  [0.01, 0.03, 'seen'],
  [0, 0.02, 'refuted'],
  [0, 0.05, 'cannot-tell'],
  [0, 1, 'cannot-tell'],
])('an arrow whose strength lies between %f and %f is %s', (low, high, verdict) => {
  expect(arrowVerdict({ low, high })).toBe(verdict);
});
