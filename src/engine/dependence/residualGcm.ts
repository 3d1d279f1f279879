import { EngineError } from '../errors';
import { canonicalMatrix, rmsCanonical, totalMoments } from './canonical';
import { defineDependenceTest, type Variable } from './dependenceTest';
import { splineDesign } from './design';
import { largestGcm } from './gcm';
import { createRegression, linearResidual, type Regression, residualColumns } from './residuals';
import { lengthOf } from './variable';

/**
 * Tests x independent of y given z by the weighted generalised covariance measure: x and y are regressed on z (cubic
 * splines for numbers, logistic for levels), and the largest standardised mean of these products of residuals decides:
 * rx ry for all residual columns; rx ry sign(z - median z) for each numeric z, which sees interactions; and
 * (rx² less its regression on z) ry, and the same with x and y exchanged, which sees curved links.
 * The effect is the root mean square canonical correlation of the residuals; with one column each the partial r.
 * @throws EngineError `too-few-rows` with fewer than 8 rows more than design columns.
 * @see The hardness of conditional independence testing and the generalised covariance measure, Ann. Statist. 48 (2020);
 * The weighted generalised covariance measure, JMLR 23 (2022), section 3.
 */
export const residualGcm = defineDependenceTest({
  id: 'residual-gcm',
  label: 'Residual covariance (GCM, splines)',
  assumes: 'smooth effects of the conditions that add up',
  run(x, y, given, weights) {
    const rows = lengthOf(x);
    const design = splineDesign(given, rows);
    if (rows < design.width + 8) {
      throw new EngineError(
        'too-few-rows',
        `A residual test given ${given.length} columns needs at least ${design.width + 8} rows, got ${rows}.`,
        { rows },
      );
    }
    const used = weights ?? new Float64Array(rows).fill(1);
    const regression = createRegression(design.matrix(given, rows), used);
    const residualX = residualColumns(regression, x, 'logistic');
    const residualY = residualColumns(regression, y, 'logistic');
    const { statistic, pValue } = largestGcm(gcmProducts(regression, residualX, residualY, x, y, given), used);
    const canonical = canonicalMatrix(
      totalMoments([...residualX, ...residualY], used),
      residualX.length,
      residualY.length,
    );
    return {
      statistic,
      pValue,
      effect: rmsCanonical(canonical),
      signedEffect: residualX.length === 1 && residualY.length === 1 ? canonical.matrix[0]! : null,
      rows,
    };
  },
});

/** The products of residuals that the test looks at; all have mean 0 where x is independent of y given z. */
export function gcmProducts(
  regression: Regression,
  residualX: readonly Float64Array[],
  residualY: readonly Float64Array[],
  x: Variable,
  y: Variable,
  given: readonly Variable[],
): Float64Array[] {
  const product = (a: Float64Array, b: Float64Array) => a.map((value, row) => value * b[row]!);
  const plain = residualX.flatMap((rx) => residualY.map((ry) => product(rx, ry)));
  const signs = given.flatMap((z) => (z.kind === 'numeric' ? [signFromMedian(z.values)] : []));
  const interactions = signs.flatMap((sign) => plain.map((entry) => product(entry, sign)));
  // Regressing the square on z too keeps the product's bias of second order, as it is for rx ry itself.
  const squareOf = (residual: Float64Array) => linearResidual(regression, product(residual, residual));
  const curvedX = x.kind === 'numeric' ? residualY.map((ry) => product(squareOf(residualX[0]!), ry)) : [];
  const curvedY = y.kind === 'numeric' ? residualX.map((rx) => product(squareOf(residualY[0]!), rx)) : [];
  return [...plain, ...interactions, ...curvedX, ...curvedY];
}

function signFromMedian(values: Float64Array): Float64Array {
  const median = Float64Array.from(values).sort()[values.length >> 1]!;
  return values.map((value) => (value < median ? -1 : 1));
}
