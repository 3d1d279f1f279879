import { boostedResiduals } from '../boostedFit';
import { defineDependenceTest } from '../dependenceTest';
import { refuseFewRows } from '../fewRows';
import { gcmResult, plainProducts } from '../gcm';
import { drawnSample } from '../subsample';
import { lengthOf } from '../variable';

const FEWEST_ROWS = 60;
const MOST_ROWS = 5000;

/**
 * Tests x independent of y given z by the generalised covariance measure of cross-fitted residuals: boosted trees on top
 * of splines, so that conditions may act together; the largest standardised mean of rx ry decides. At most 5,000 rows,
 * drawn at random.
 * @throws EngineError `too-few-rows` with fewer than 60 rows: five folds of fewer learn nothing.
 * @see The hardness of conditional independence testing and the generalised covariance measure, Ann. Statist. 48 (2020).
 */
export const boostedGcm = defineDependenceTest({
  id: 'boosted-gcm',
  label: 'Residual covariance (GCM, boosted trees)',
  assumes: 'little: conditions may act together',
  appliesTo: () => true,
  run(x, y, given) {
    refuseFewRows('A test of boosted residuals', lengthOf(x), FEWEST_ROWS);
    const { variables, rows, note } = drawnSample([x, y, ...given], MOST_ROWS);
    const [a, b, ...conditions] = variables;
    const residualX = boostedResiduals(conditions, a!);
    const residualY = boostedResiduals(conditions, b!);
    const weights = new Float64Array(rows).fill(1);
    return gcmResult(plainProducts(residualX, residualY), residualX, residualY, weights, note);
  },
});
