import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';

/**
 * P(X > x) for X ~ chi-squared with `degrees` degrees of freedom, from the upper tail, so that it never becomes 0 by
 * subtraction. 1 for x <= 0; NaN for a statistic that is not a number or without degrees of freedom.
 */
export function chiSquaredSurvival(x: number, degrees: number): number {
  if (Number.isNaN(x) || !(degrees > 0)) return Number.NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return gammainc(x / 2, degrees / 2, true, true);
}

/**
 * P(X > x) for X ~ F(d1, d2): I_w(d2/2, d1/2) with w = d2 / (d2 + d1 x). Whichever of w and 1 - w is smaller is the
 * argument, as the other would have lost its digits.
 */
export function fSurvival(x: number, d1: number, d2: number): number {
  if (Number.isNaN(x) || !(d1 > 0) || !(d2 > 0)) return Number.NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  const w = d2 / (d2 + d1 * x);
  if (w <= 0.5) return betainc(w, d2 / 2, d1 / 2);
  return betainc((d1 * x) / (d2 + d1 * x), d1 / 2, d2 / 2, true, true);
}

/** P(|T| > |t|) for Student's t with `degrees` degrees of freedom. */
export const studentTwoSided = (t: number, degrees: number): number => fSurvival(t * t, 1, degrees);
