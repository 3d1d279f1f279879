import { normalSurvival } from '../numeric/normal';

export interface Equivalence {
  /** Standard normal distances from the lower and from the upper end of the margin. */
  readonly zLower: number;
  readonly zUpper: number;
  /** Small: shown to be inside the margin. */
  readonly pValue: number;
}

/** Two one-sided tests that |estimate| < margin: the larger p of estimate > -margin and estimate < margin. */
export function twoOneSided(estimate: number, margin: number, standardError: number): Equivalence {
  const zLower = (estimate + margin) / standardError;
  const zUpper = (estimate - margin) / standardError;
  return { zLower, zUpper, pValue: Math.max(normalSurvival(zLower), normalSurvival(-zUpper)) };
}

/**
 * Tests that a partial correlation lies inside (-margin, margin), on the Fisher scale with standard error
 * 1 / sqrt(n - k - 3), k the conditions' columns.
 * @see A comparison of the two one-sided tests procedure and the power approach, J. Pharmacokinet. Biopharm. 15 (1987).
 */
export const correlationEquivalence = (r: number, rows: number, controls: number, margin: number): Equivalence =>
  twoOneSided(Math.atanh(r), Math.atanh(margin), 1 / Math.sqrt(rows - controls - 3));
