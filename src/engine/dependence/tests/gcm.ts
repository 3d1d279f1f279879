import { defineDependenceTest } from '../dependenceTest';
import { runSplineGcm } from '../gcm';

/**
 * Tests x independent of y given z by the generalised covariance measure: x and y are regressed on z (cubic splines for
 * numbers, logistic for levels, proportional odds for orders), and the largest standardised mean of rx ry over the
 * residual columns decides. Blind to links whose residuals are uncorrelated, as y on x²: see the weighted measure.
 * @throws EngineError `too-few-rows` with fewer than 8 rows more than design columns.
 * @see The hardness of conditional independence testing and the generalised covariance measure, Ann. Statist. 48 (2020),
 * section 3.
 */
export const gcm = defineDependenceTest({
  id: 'gcm',
  label: 'Residual covariance, unweighted (GCM)',
  assumes: 'smooth effects of the conditions that add up; a link that shows in the mean of rx ry',
  appliesTo: () => true,
  respectsUnits: true,
  run: (x, y, given, units) => runSplineGcm(x, y, given, false, units),
});
