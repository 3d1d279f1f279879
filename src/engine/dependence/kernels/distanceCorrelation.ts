import { studentTwoSided } from '../../numeric/specialFunctions';
import { type Points, squaredDistance } from './gaussianKernel';

/** Shape (n, n): Euclidean distances. */
export function distances(points: Points): Float64Array {
  const n = points.rows;
  const all = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const d = Math.sqrt(squaredDistance(points, i, j));
      all[i * n + j] = d;
      all[j * n + i] = d;
    }
  return all;
}

/**
 * Double-centred distances. `isUnbiased` takes the U-centring: divisors n - 2 and (n - 1)(n - 2), zeros on the diagonal,
 * so that the inner products of independent columns have mean 0.
 */
export function centredDistances(all: Float64Array, n: number, isUnbiased: boolean): Float64Array {
  const sums = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) sums[i]! += all[i * n + j]!;
    total += sums[i]!;
  }
  const rowDivisor = isUnbiased ? n - 2 : n;
  const allDivisor = isUnbiased ? (n - 1) * (n - 2) : n * n;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (isUnbiased && i === j) continue;
      out[i * n + j] = all[i * n + j]! - (sums[i]! + sums[j]!) / rowDivisor + total / allDivisor;
    }
  return out;
}

const innerProduct = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

export interface DistanceCorrelation {
  readonly covariance: number;
  /** In [0, 1]; 0 only for independent columns. */
  readonly correlation: number;
  readonly varianceX: number;
  readonly varianceY: number;
  /** About 0 (of either sign) for independent columns: an estimate of the squared correlation. */
  readonly biasCorrected: number;
}

/**
 * Distance covariance sqrt(mean(A ∘ B)) of double-centred distances A and B, its correlation, and the bias-corrected
 * squared correlation from U-centred ones.
 * @see Measuring and testing dependence by correlation of distances, Ann. Statist. 35 (2007); Partial distance
 * correlation with methods for dissimilarities, Ann. Statist. 42 (2014), section 2.
 */
export function distanceCorrelation(x: Points, y: Points): DistanceCorrelation {
  const n = x.rows;
  const [dx, dy] = [distances(x), distances(y)];
  const [a, b] = [centredDistances(dx, n, false), centredDistances(dy, n, false)];
  const root = (value: number) => Math.sqrt(Math.max(0, value / (n * n)));
  const [covariance, varianceX, varianceY] = [
    root(innerProduct(a, b)),
    root(innerProduct(a, a)),
    root(innerProduct(b, b)),
  ];
  const scale = Math.sqrt(varianceX * varianceY);
  return {
    covariance,
    correlation: scale > 0 ? Math.min(1, covariance / scale) : 0,
    varianceX,
    varianceY,
    biasCorrected: cosine(centredDistances(dx, n, true), centredDistances(dy, n, true)),
  };
}

function cosine(a: Float64Array, b: Float64Array): number {
  const scale = Math.sqrt(innerProduct(a, a) * innerProduct(b, b));
  return scale > 0 ? innerProduct(a, b) / scale : 0;
}

/**
 * The t test of the bias-corrected distance correlation R: t = sqrt(v - 1) R / sqrt(1 - R²), v = n (n - 3) / 2, one-sided
 * with v - 1 degrees. Right for columns of many dimensions; for single numbers it rejects too often.
 * @see The distance correlation t-test of independence in high dimension, J. Multivar. Anal. 117 (2013).
 */
export function distanceCorrelationT(
  biasCorrected: number,
  n: number,
): { readonly t: number; readonly degrees: number; readonly pValue: number } {
  const degrees = (n * (n - 3)) / 2 - 1;
  const t = (Math.sqrt(degrees) * biasCorrected) / Math.sqrt(1 - biasCorrected * biasCorrected);
  const half = studentTwoSided(t, degrees) / 2;
  return { t, degrees, pValue: t > 0 ? half : 1 - half };
}

/**
 * Partial distance correlation of x and y given z: the cosine of their U-centred distances less their projections on
 * those of z. 0 is not the same as conditional independence.
 * @see Partial distance correlation with methods for dissimilarities, Ann. Statist. 42 (2014), section 3.
 */
export function partialDistanceCorrelation(x: Points, y: Points, z: Points): number {
  const n = x.rows;
  const [a, b, c] = [x, y, z].map((points) => centredDistances(distances(points), n, true));
  const scale = innerProduct(c!, c!);
  const less = (own: Float64Array) => {
    const weight = scale > 0 ? innerProduct(own, c!) / scale : 0;
    return own.map((value, i) => value - weight * c![i]!);
  };
  return cosine(less(a!), less(b!));
}
