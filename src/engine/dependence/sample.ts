import { addMoments, momentLength } from './canonical';
import type { Variable } from './dependenceTest';
import { type Design, type DesignMatrix, designRows } from './design';
import { gcmProducts, largestGcm } from './gcm';
import { createRegression, type Regression, residualFits } from './residuals';
import { sliceOf } from './variable';

/** The variables of one statement over a stretch of rows, with the design of its conditions. */
export interface StatementRows {
  readonly x: Variable;
  readonly y: Variable;
  readonly given: readonly Variable[];
  readonly design: Design;
  /** Design of all rows. */
  readonly matrix: DesignMatrix;
  /** Group of each row in the bootstrap. */
  readonly group: Int32Array;
}

/** Residual moments of one sample, by bootstrap group. */
export interface SampleMoments {
  readonly p: number;
  readonly q: number;
  /** Shape (groups, momentLength(p + q)). */
  readonly perGroup: Float64Array;
  readonly total: Float64Array;
  readonly rows: number;
  /** Coefficients of the regressions of x and of y, one array a residual column. */
  readonly coefficients: { readonly x: readonly Float64Array[]; readonly y: readonly Float64Array[] };
  /** p-value of independence in this sample, by the residual covariance test. */
  pValue(): number;
}

/**
 * Fits the regressions of a statement on rows [from, to) with these weights (shape (to - from,)), so that every sample is
 * judged by its own conditional means on the same design, and sums the moments of the residuals by group.
 * @param alike A sample of the same statement whose coefficients are a good start.
 */
export function sampleMoments(
  rows: StatementRows,
  from: number,
  to: number,
  weights: Float64Array,
  groups: number,
  alike?: SampleMoments,
): SampleMoments {
  const regression = createRegression(designRows(rows.matrix, from, to), weights);
  const x = sliceOf(rows.x, from, to);
  const y = sliceOf(rows.y, from, to);
  const fitsX = residualFits(regression, x, 'logistic', alike?.coefficients.x);
  const fitsY = residualFits(regression, y, 'logistic', alike?.coefficients.y);
  const residualX = fitsX.map((fit) => fit.residual);
  const residualY = fitsY.map((fit) => fit.residual);
  const columns = [...residualX, ...residualY];
  const length = momentLength(columns.length);
  const perGroup = new Float64Array(groups * length);
  for (let row = from; row < to; row++) {
    const weight = weights[row - from]!;
    if (weight > 0) addMoments(perGroup, rows.group[row]! * length, columns, row - from, weight);
  }
  const total = new Float64Array(length);
  for (let i = 0; i < perGroup.length; i++) total[i % length]! += perGroup[i]!;
  return {
    p: residualX.length,
    q: residualY.length,
    perGroup,
    total,
    rows: to - from,
    coefficients: { x: fitsX.map((fit) => fit.coefficients), y: fitsY.map((fit) => fit.coefficients) },
    pValue: () =>
      testSample(
        regression,
        residualX,
        residualY,
        x,
        y,
        rows.given.map((z) => sliceOf(z, from, to)),
      ),
  };
}

function testSample(
  regression: Regression,
  residualX: readonly Float64Array[],
  residualY: readonly Float64Array[],
  x: Variable,
  y: Variable,
  given: readonly Variable[],
): number {
  return largestGcm(gcmProducts(regression, residualX, residualY, x, y, given), regression.weights).pValue;
}
