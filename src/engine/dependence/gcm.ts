import type { RowUnits } from '../data/rowUnits';
import { EngineError } from '../errors';
import { choleskyFactorJittered } from '../numeric/linearAlgebra';
import { normalSurvival } from '../numeric/normal';
import { createRng } from '../rng';
import { canonicalMatrix, rmsCanonical, totalMoments } from './canonical';
import type { DependenceResult, Variable } from './dependenceTest';
import { splineDesign } from './design';
import { createRegression, linearResidual, type Regression, residualColumns } from './residuals';
import { lengthOf, scoresOf } from './variable';

const DRAWS = 4999;

/**
 * The largest of several generalised covariance measures T_j = sqrt(n) mean(R_j) / sd(R_j), R_j products of residuals
 * with mean 0 under independence. Its law is that of max |N(0, Σ)| with Σ the correlation of the products: what a
 * Gaussian multiplier bootstrap of the products has in the limit of many draws. Below p = 0.001 the Bonferroni bound,
 * there nearly exact, is taken, as simulation cannot resolve it. Products without variance are left out.
 * @param products Columns of shape (n,). @param weights Shape (n,).
 * @see The hardness of conditional independence testing and the generalised covariance measure, Ann. Statist. 48 (2020),
 * section 3.
 */
export function largestGcm(
  products: readonly Float64Array[],
  weights: Float64Array,
): { readonly statistic: number; readonly pValue: number } {
  const standard = products.flatMap((product) => {
    let mean = 0;
    let total = 0;
    for (let row = 0; row < weights.length; row++) {
      mean += weights[row]! * product[row]!;
      total += weights[row]!;
    }
    mean /= total;
    const centred = product.map((value, row) => weights[row]! * (value - mean));
    const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
    // A product that is constant up to rounding says nothing.
    return norm > 1e-12 * Math.abs(mean * total) && norm > 0
      ? [{ statistic: (mean * total) / norm, unit: centred.map((value) => value / norm) }]
      : [];
  });
  if (standard.length === 0) return { statistic: 0, pValue: 1 };
  const statistic = Math.max(...standard.map((entry) => Math.abs(entry.statistic)));
  const bound = Math.min(1, standard.length * 2 * normalSurvival(statistic));
  if (standard.length === 1 || bound < 0.001) return { statistic, pValue: bound };
  return {
    statistic,
    pValue: Math.min(
      bound,
      simulatedTail(
        standard.map(({ unit }) => unit),
        statistic,
      ),
    ),
  };
}

/** P(max |N(0, Σ)| >= t), Σ the inner products of unit columns, from a fixed stream: equal data give equal p-values. */
function simulatedTail(units: readonly Float64Array[], t: number): number {
  const d = units.length;
  const correlation = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let row = 0; row < units[i]!.length; row++) sum += units[i]![row]! * units[j]![row]!;
      correlation[i * d + j] = sum;
    }
  const l = choleskyFactorJittered(correlation, d);
  const rng = createRng(0, 'gcm-maximum');
  const z = new Float64Array(d);
  let exceeded = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let i = 0; i < d; i++) z[i] = rng.normal();
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let k = 0; k <= i; k++) sum += l[i * d + k]! * z[k]!;
      if (Math.abs(sum) >= t) {
        exceeded++;
        break;
      }
    }
  }
  return (1 + exceeded) / (1 + DRAWS);
}

/**
 * The (weighted) generalised covariance test on spline and logistic residuals.
 * @throws EngineError `too-few-rows` with fewer than 8 rows more than design columns.
 */
export function runSplineGcm(
  x: Variable,
  y: Variable,
  given: readonly Variable[],
  isWeighted: boolean,
  units: RowUnits | null = null,
): DependenceResult {
  const rows = lengthOf(x);
  const design = splineDesign(given, rows);
  if (rows < design.width + 8) {
    throw new EngineError(
      'too-few-rows',
      `A residual test given ${given.length} columns needs at least ${design.width + 8} rows, got ${rows}.`,
      { rows },
    );
  }
  const weights = new Float64Array(rows).fill(1);
  const regression = createRegression(design.matrix(given, rows), weights);
  const residualX = residualColumns(regression, x, 'logistic');
  const residualY = residualColumns(regression, y, 'logistic');
  const products = isWeighted
    ? gcmProducts(regression, residualX, residualY, x, y, given)
    : plainProducts(residualX, residualY);
  return gcmResult(products, residualX, residualY, weights, null, units);
}

/**
 * The largest of the products, with the root mean square canonical correlation of the residuals as effect.
 * @param units Unit of each row: products are summed within units, whose sums are independent where their rows are not.
 */
export function gcmResult(
  products: readonly Float64Array[],
  residualX: readonly Float64Array[],
  residualY: readonly Float64Array[],
  weights: Float64Array,
  note: string | null,
  units: RowUnits | null = null,
): DependenceResult {
  const [p, q] = [residualX.length, residualY.length];
  const canonical = canonicalMatrix(totalMoments([...residualX, ...residualY], weights), p, q);
  return {
    ...(units ? largestGcm(...sumsOfUnits(products, weights, units)) : largestGcm(products, weights)),
    effect: rmsCanonical(canonical),
    signedEffect: p === 1 && q === 1 ? canonical.matrix[0]! : null,
    rows: weights.length,
    note,
  };
}

/** The weighted products summed within each unit, each unit of weight 1. */
function sumsOfUnits(
  products: readonly Float64Array[],
  weights: Float64Array,
  units: RowUnits,
): [sums: Float64Array[], weights: Float64Array] {
  const place = new Map<number, number>();
  for (const unit of units) if (!place.has(unit)) place.set(unit, place.size);
  const sums = products.map((entry) => {
    const sum = new Float64Array(place.size);
    for (let row = 0; row < units.length; row++) sum[place.get(units[row]!)!]! += weights[row]! * entry[row]!;
    return sum;
  });
  return [sums, new Float64Array(place.size).fill(1)];
}

const product = (a: Float64Array, b: Float64Array) => a.map((value, row) => value * b[row]!);

export const plainProducts = (residualX: readonly Float64Array[], residualY: readonly Float64Array[]): Float64Array[] =>
  residualX.flatMap((rx) => residualY.map((ry) => product(rx, ry)));

/** The products of residuals that the weighted test looks at; all have mean 0 where x is independent of y given z. */
export function gcmProducts(
  regression: Regression,
  residualX: readonly Float64Array[],
  residualY: readonly Float64Array[],
  x: Variable,
  y: Variable,
  given: readonly Variable[],
): Float64Array[] {
  const plain = plainProducts(residualX, residualY);
  const signs = given.flatMap((z) => (z.kind === 'categorical' ? [] : [signFromMedian(scoresOf(z))]));
  const interactions = signs.flatMap((sign) => plain.map((entry) => product(entry, sign)));
  // Regressing the square on z too keeps the product's bias of second order, as it is for rx ry itself.
  const squareOf = (residual: Float64Array) => linearResidual(regression, product(residual, residual));
  const curvedX = x.kind !== 'categorical' ? residualY.map((ry) => product(squareOf(residualX[0]!), ry)) : [];
  const curvedY = y.kind !== 'categorical' ? residualX.map((rx) => product(squareOf(residualY[0]!), rx)) : [];
  return [...plain, ...interactions, ...curvedX, ...curvedY];
}

function signFromMedian(values: Float64Array): Float64Array {
  const median = Float64Array.from(values).sort()[values.length >> 1]!;
  return values.map((value) => (value < median ? -1 : 1));
}
