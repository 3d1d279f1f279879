import { chiSquaredSurvival } from '../../numeric/specialFunctions';
import { centreInPlace, gaussianKernel, type Points } from './gaussianKernel';

/** A statistic with the gamma law of its null hypothesis. */
export interface GammaTest {
  readonly statistic: number;
  readonly shape: number;
  readonly scale: number;
  readonly pValue: number;
}

/** The gamma law with a mean and a variance; a statistic without variance rejects nothing. */
export function gammaTest(statistic: number, mean: number, variance: number): GammaTest {
  const shape = (mean * mean) / variance;
  const scale = variance / mean;
  // A constant leaves a kernel of rounding behind.
  const isUsable = variance > 1e-24 && mean > 1e-12;
  // A gamma law of shape k is a chi-squared law of 2 k degrees, stretched.
  return { statistic, shape, scale, pValue: isUsable ? chiSquaredSurvival((2 * statistic) / scale, 2 * shape) : 1 };
}

/** theta of the rule by sample size: 1 / width² a column, with width 0.8 (n < 200), 0.5 (n < 1200), 0.3. */
export const hsicTheta = ({ rows, width }: Points): number => width / (rows < 200 ? 0.8 : rows < 1200 ? 0.5 : 0.3) ** 2;

/**
 * Hilbert-Schmidt independence criterion: sum of Kc ∘ Lc over centred Gaussian kernels, against a gamma law with mean
 * tr(Kc) tr(Lc) / n and variance 2 sum(Kc²) sum(Lc²) / n².
 * @see A kernel statistical test of independence, NIPS 20 (2008), section 3.
 */
export function hsic(x: Points, y: Points, thetaX: number, thetaY: number): GammaTest {
  const n = x.rows;
  const k = centreInPlace(gaussianKernel(x, thetaX), n);
  const l = centreInPlace(gaussianKernel(y, thetaY), n);
  let [statistic, kk, ll, traceK, traceL] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n * n; i++) {
    statistic += k[i]! * l[i]!;
    kk += k[i]! * k[i]!;
    ll += l[i]! * l[i]!;
  }
  for (let i = 0; i < n; i++) {
    traceK += k[i * n + i]!;
    traceL += l[i * n + i]!;
  }
  return gammaTest(statistic, (traceK * traceL) / n, (2 * kk * ll) / (n * n));
}

/**
 * Joint independence of d columns: n times the squared distance of the joint kernel mean from the product of the single
 * ones, against a gamma law with the null's mean and variance; kernels exp(-d² / (2 b²)), b² half the median squared
 * distance. For two columns it is HSIC without centring, divided by n.
 * @throws Nothing; fewer rows than 2 d + 1 give p = 1.
 * @see Kernel-based tests for joint independence, JRSS B 80 (2018), sections 2 and 3.2.
 */
export function jointHsic(columns: readonly Points[], thetas: readonly number[]): GammaTest {
  const n = columns[0]!.rows;
  const d = columns.length;
  const kernels = columns.map((points, i) => gaussianKernel(points, thetas[i]!));
  const rowMeans = kernels.map((kernel) =>
    Float64Array.from({ length: n }, (_, i) => kernel.subarray(i * n, (i + 1) * n).reduce((sum, v) => sum + v, 0) / n),
  );
  const a = rowMeans.map((means) => means.reduce((sum, v) => sum + v, 0) / n);
  const b = kernels.map((kernel) => kernel.reduce((sum, v) => sum + v * v, 0) / (n * n));
  const c = rowMeans.map((means) => means.reduce((sum, v) => sum + v * v, 0) / n);
  let joint = 0;
  for (let cell = 0; cell < n * n; cell++) joint += kernels.reduce((product, kernel) => product * kernel[cell]!, 1);
  let mixed = 0;
  for (let i = 0; i < n; i++) mixed += rowMeans.reduce((product, means) => product * means[i]!, 1);
  const productOf = (values: readonly number[], ...except: readonly number[]) =>
    values.reduce((product, v, i) => (except.includes(i) ? product : product * v), 1);
  const statistic = n * (joint / (n * n) + productOf(a) - (2 * mixed) / n);
  const squaredMeans = a.map((v) => v * v);
  const indices = a.map((_, i) => i);
  const sumOver = (term: (i: number) => number) => indices.reduce((sum, i) => sum + term(i), 0);
  const mean = (1 - sumOver((i) => productOf(a, i)) + (d - 1) * productOf(a)) / n;
  let factor = 2;
  for (let j = 0; j < 2 * d - 2; j++) factor *= (n - 2 * d - j) / (n - 2 - j);
  factor /= n * (n - 1);
  const variance =
    factor *
    (productOf(b) +
      (d - 1) ** 2 * productOf(squaredMeans) +
      2 * (d - 1) * productOf(c) +
      sumOver((i) => b[i]! * productOf(squaredMeans, i)) -
      2 * sumOver((i) => b[i]! * productOf(c, i)) -
      2 * (d - 1) * sumOver((i) => c[i]! * productOf(squaredMeans, i)) +
      sumOver((i) => sumOver((j) => (i === j ? 0 : c[i]! * c[j]! * productOf(squaredMeans, i, j)))));
  return gammaTest(statistic, n * mean, n * n * variance);
}
