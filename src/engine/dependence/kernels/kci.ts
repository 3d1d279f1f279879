import { choleskyFactorJittered } from '../../numeric/linearAlgebra';
import { type Points, sideBySide, squaredDistance } from './gaussianKernel';
import { type GammaTest, gammaTest } from './hsic';

/** Ridge of the kernel regressions on z. */
const EPSILON = 1e-3;
/** A kernel is factored until no point has more than this of its variance left. */
const LEFT_OVER = 1e-11;
/** How much of z goes into the kernel of x. */
const SHARE_OF_Z = 0.5;

/** theta of the rule by sample size: 1 / (width² columns of z), with width 1.2 (n < 200), 0.7 (n < 1200), 0.4. */
export const kciTheta = ({ rows, width }: Points): number =>
  1 / ((rows < 200 ? 1.2 : rows < 1200 ? 0.7 : 0.4) ** 2 * width);

/**
 * Kernel test of x independent of y given z: statistic = sum(Rz K Rz ∘ Rz L Rz), K the centred kernel of (x, z / 2), L of
 * y, Rz = e (Kz + e I)^-1 with e = 0.001; gamma law with mean sum_i K_ii L_ii and variance 2 sum_ij (K_ij L_ij)² of the
 * residual kernels. Kernels are factored by pivoted Cholesky to their numeric rank r, which makes n r² of what would be
 * n³ operations.
 * @see Kernel-based conditional independence test and application in causal discovery, UAI 2011, section 3.
 */
export function kci(
  x: Points,
  y: Points,
  z: Points,
  theta: { readonly x: number; readonly y: number; readonly z: number },
): GammaTest {
  const n = x.rows;
  const condition = centredFactor(z, theta.z);
  const a = residualFactor(centredFactor(sideBySide(x, z, SHARE_OF_Z), theta.x), condition, n);
  const b = residualFactor(centredFactor(y, theta.y), condition, n);
  let statistic = 0;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const product = inner(a, i, j) * inner(b, i, j);
      const times = i === j ? 1 : 2;
      statistic += times * product;
      squares += times * product * product;
      if (i === j) mean += product;
    }
  }
  return gammaTest(statistic, mean, 2 * squares);
}

/** K ≈ G Gᵀ: shape (n, rank), row-major. */
interface Factor {
  readonly rank: number;
  readonly values: Float64Array;
}

function inner({ rank, values }: Factor, i: number, j: number): number {
  let sum = 0;
  const [a, b] = [i * rank, j * rank];
  for (let k = 0; k < rank; k++) sum += values[a + k]! * values[b + k]!;
  return sum;
}

/** Pivoted Cholesky of a Gaussian kernel; centring K is centring the columns of its factor. */
function centredFactor(points: Points, theta: number): Factor {
  const n = points.rows;
  const left = new Float64Array(n).fill(1);
  const columns: Float64Array[] = [];
  while (columns.length < n) {
    let pivot = 0;
    for (let i = 1; i < n; i++) if (left[i]! > left[pivot]!) pivot = i;
    if (!(left[pivot]! > LEFT_OVER)) break;
    const root = Math.sqrt(left[pivot]!);
    const column = new Float64Array(n);
    for (let i = 0; i < n; i++) column[i] = Math.exp(-0.5 * theta * squaredDistance(points, i, pivot));
    for (const earlier of columns) {
      const weight = earlier[pivot]!;
      for (let i = 0; i < n; i++) column[i]! -= weight * earlier[i]!;
    }
    for (let i = 0; i < n; i++) {
      column[i]! /= root;
      left[i] = Math.max(0, left[i]! - column[i]! * column[i]!);
    }
    left[pivot] = 0;
    columns.push(column);
  }
  const rank = columns.length;
  const values = new Float64Array(n * rank);
  columns.forEach((column, k) => {
    const mean = column.reduce((sum, v) => sum + v / n, 0);
    for (let i = 0; i < n; i++) values[i * rank + k] = column[i]! - mean;
  });
  return { rank, values };
}

/** Rz G with Rz = e (C Cᵀ + e I)^-1 = I - C (e I + Cᵀ C)^-1 Cᵀ. */
function residualFactor(own: Factor, condition: Factor, n: number): Factor {
  const r = condition.rank;
  const c = condition.values;
  const gram = new Float64Array(r * r);
  for (let row = 0; row < n; row++)
    for (let i = 0; i < r; i++) {
      const value = c[row * r + i]!;
      for (let j = 0; j <= i; j++) gram[i * r + j]! += value * c[row * r + j]!;
    }
  for (let i = 0; i < r; i++) gram[i * r + i]! += EPSILON;
  const l = choleskyFactorJittered(gram, r);
  const m = own.rank;
  // S = L^-1 Cᵀ G, then G - C L^-T S.
  const s = new Float64Array(r * m);
  for (let row = 0; row < n; row++)
    for (let i = 0; i < r; i++) {
      const value = c[row * r + i]!;
      for (let k = 0; k < m; k++) s[i * m + k]! += value * own.values[row * m + k]!;
    }
  for (let i = 0; i < r; i++) {
    for (let h = 0; h < i; h++) {
      const weight = l[i * r + h]!;
      for (let k = 0; k < m; k++) s[i * m + k]! -= weight * s[h * m + k]!;
    }
    for (let k = 0; k < m; k++) s[i * m + k]! /= l[i * r + i]!;
  }
  for (let i = r - 1; i >= 0; i--) {
    for (let h = i + 1; h < r; h++) {
      const weight = l[h * r + i]!;
      for (let k = 0; k < m; k++) s[i * m + k]! -= weight * s[h * m + k]!;
    }
    for (let k = 0; k < m; k++) s[i * m + k]! /= l[i * r + i]!;
  }
  const values = own.values.slice();
  for (let row = 0; row < n; row++)
    for (let i = 0; i < r; i++) {
      const value = c[row * r + i]!;
      for (let k = 0; k < m; k++) values[row * m + k]! -= value * s[i * m + k]!;
    }
  return { rank: m, values };
}
