import { boostedResiduals } from '../boostedFit';
import { defineDependenceTest, type Variable } from '../dependenceTest';
import { refuseFewRows } from '../fewRows';
import { gcmResult, plainProducts } from '../gcm';
import { drawnSample } from '../subsample';
import { lengthOf, scoresOf } from '../variable';

const FEWEST_ROWS = 60;
const MOST_ROWS = 5000;

/**
 * Tests x independent of y given z by the generalised covariance measure of cross-fitted residuals: boosted trees on top
 * of splines, so that conditions may act together; the largest standardised mean of rx ry decides. At most 5,000 rows,
 * drawn at random. Of units that are given, none is learned from and predicted at once.
 * @throws EngineError `too-few-rows` with fewer than 60 rows: five folds of fewer learn nothing.
 * @see The hardness of conditional independence testing and the generalised covariance measure, Ann. Statist. 48 (2020).
 */
export const boostedGcm = defineDependenceTest({
  id: 'boosted-gcm',
  label: 'Residual covariance (GCM, boosted trees)',
  assumes: 'little: conditions may act together',
  appliesTo: () => true,
  respectsUnits: true,
  run(x, y, given, units = null) {
    refuseFewRows('A test of boosted residuals', lengthOf(x), FEWEST_ROWS);
    // Units are drawn with their rows, as one more column.
    const carried: readonly Variable[] = units ? [{ kind: 'numeric', values: Float64Array.from(units) }] : [];
    const { variables, rows, note } = drawnSample([...carried, x, y, ...given], MOST_ROWS);
    const drawnUnits = units && Int32Array.from(scoresOf(variables[0]!));
    const [a, b, ...conditions] = variables.slice(carried.length);
    const residualX = boostedResiduals(conditions, a!, drawnUnits);
    const residualY = boostedResiduals(conditions, b!, drawnUnits);
    const weights = new Float64Array(rows).fill(1);
    return gcmResult(plainProducts(residualX, residualY), residualX, residualY, weights, note, drawnUnits);
  },
});
