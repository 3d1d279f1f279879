import { defineDependenceTest } from '../dependenceTest';
import { runStratified } from '../powerDivergence';
import { isCounted } from '../strata';

/**
 * Tests x independent of y given z for categories: X² = sum (O - E)² / E over the strata of z, without continuity
 * correction. Sparse strata get their p-value from random deals of y inside the strata.
 * @see Categorical Data Analysis, 3rd edition, Wiley 2013, section 3.2.
 */
export const stratifiedChi2 = defineDependenceTest({
  id: 'stratified-chi2',
  label: 'Stratified chi-squared (X²)',
  assumes: 'categories only; nothing about their form',
  appliesTo: (x, y, given) => [x, y, ...given].every(isCounted),
  run: (x, y, given) => runStratified(x, y, given, 'chi-squared'),
});
