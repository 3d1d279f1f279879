import { defineDependenceTest } from '../dependenceTest';
import { runStratified } from '../powerDivergence';
import { isCounted } from '../strata';

/**
 * Tests x independent of y given z for categories: G² = 2 sum O log(O / E) over the strata of z, with the degrees of
 * freedom of the rows and columns that occur. Sparse strata get their p-value from random deals of y inside the strata.
 * @see Causation, Prediction, and Search, 2nd edition, MIT Press 2000, section 5.5.
 */
export const stratifiedG2 = defineDependenceTest({
  id: 'stratified-g2',
  label: 'Stratified likelihood ratio (G²)',
  assumes: 'categories only; nothing about their form',
  appliesTo: (x, y, given) => [x, y, ...given].every(isCounted),
  run: (x, y, given) => runStratified(x, y, given, 'g-squared'),
});
