import { defineDependenceTest } from '../dependenceTest';
import { runSplineGcm } from '../gcm';

/**
 * Tests x independent of y given z by the weighted generalised covariance measure: x and y are regressed on z (cubic
 * splines for numbers, logistic for levels, proportional odds for orders), and the largest standardised mean of these products of residuals decides:
 * rx ry for all residual columns; rx ry sign(z - median z) for each numeric z, which sees interactions; and
 * (rx² less its regression on z) ry, and the same with x and y exchanged, which sees curved links.
 * The effect is the root mean square canonical correlation of the residuals; with one column each the partial r.
 * @throws EngineError `too-few-rows` with fewer than 8 rows more than design columns.
 * @see The hardness of conditional independence testing and the generalised covariance measure, Ann. Statist. 48 (2020);
 * The weighted generalised covariance measure, JMLR 23 (2022), section 3.
 */
export const residualGcm = defineDependenceTest({
  id: 'residual-gcm',
  label: 'Residual covariance, weighted (GCM, splines)',
  assumes: 'smooth effects of the conditions that add up',
  appliesTo: () => true,
  respectsUnits: true,
  run: (x, y, given, units) => runSplineGcm(x, y, given, true, units),
});
