import { symmetricEigen } from '../numeric/linearAlgebra';

/**
 * First and second moments of p columns of x and q of y, as one vector: total weight, m = p + q sums, then the lower
 * triangle of the sums of products, row by row. Moments of groups of rows add up.
 */
export const momentLength = (m: number): number => 1 + m + (m * (m + 1)) / 2;

/** Adds the moments of one row of `columns` with this weight to `out` at `offset`. */
export function addMoments(
  out: Float64Array,
  offset: number,
  columns: readonly Float64Array[],
  row: number,
  weight: number,
): void {
  const m = columns.length;
  out[offset]! += weight;
  let at = offset + 1 + m;
  for (let i = 0; i < m; i++) {
    const value = weight * columns[i]![row]!;
    out[offset + 1 + i]! += value;
    for (let j = 0; j <= i; j++) out[at++]! += value * columns[j]![row]!;
  }
}

/** C = Sxx^(-1/2) Sxy Syy^(-1/2), row-major (p, q): its singular values are the canonical correlations. */
export interface CanonicalMatrix {
  readonly p: number;
  readonly q: number;
  readonly matrix: Float64Array;
  /** Ranks of Sxx and Syy: how many columns carry a variance of their own. */
  readonly rankX: number;
  readonly rankY: number;
}

/** Eigenvalues below this share of the trace are taken for zero. */
const RANK_TOLERANCE = 1e-10;

/**
 * The canonical matrix of a moment vector. For one column each it is the correlation. Columns without variance of their
 * own get zeros.
 */
export function canonicalMatrix(moments: Float64Array, p: number, q: number): CanonicalMatrix {
  const m = p + q;
  const weight = moments[0]!;
  if (m === 2) return correlation(moments);
  const covariance = (i: number, j: number) => {
    const at = 1 + m + (Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j);
    return moments[at]! / weight - (moments[1 + i]! / weight) * (moments[1 + j]! / weight);
  };
  const block = (from: number, size: number) =>
    Float64Array.from({ length: size * size }, (_, cell) =>
      covariance(from + Math.floor(cell / size), from + (cell % size)),
    );
  const x = inverseRoot(block(0, p), p);
  const y = inverseRoot(block(p, q), q);
  const half = new Float64Array(p * q);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < q; j++)
      for (let k = 0; k < q; k++) half[i * q + j]! += covariance(p + k, i) * y.root[k * q + j]!;
  const matrix = new Float64Array(p * q);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < q; j++) for (let k = 0; k < p; k++) matrix[i * q + j]! += x.root[i * p + k]! * half[k * q + j]!;
  return { p, q, matrix, rankX: x.rank, rankY: y.rank };
}

/** One column each, written out: the bootstrap asks for it often. */
function correlation(moments: Float64Array): CanonicalMatrix {
  const weight = moments[0]!;
  const meanX = moments[1]! / weight;
  const meanY = moments[2]! / weight;
  const vx = moments[3]! / weight - meanX * meanX;
  const vy = moments[5]! / weight - meanY * meanY;
  const r = vx > 0 && vy > 0 ? (moments[4]! / weight - meanX * meanY) / Math.sqrt(vx * vy) : 0;
  return {
    p: 1,
    q: 1,
    matrix: Float64Array.of(Math.min(1, Math.max(-1, r))),
    rankX: Number(vx > 0),
    rankY: Number(vy > 0),
  };
}

/** The symmetric A^(-1/2), zero on the null space of A. */
function inverseRoot(a: Float64Array, d: number): { readonly root: Float64Array; readonly rank: number } {
  const { values, vectors } = symmetricEigen(a, d);
  const trace = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const root = new Float64Array(d * d);
  let rank = 0;
  values.forEach((value, k) => {
    if (!(value > RANK_TOLERANCE * trace)) return;
    rank++;
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++) root[i * d + j]! += (vectors[i * d + k]! * vectors[j * d + k]!) / Math.sqrt(value);
  });
  return { root, rank };
}

/** Pillai's trace: the sum of squared canonical correlations. */
export const pillaiTrace = ({ matrix }: CanonicalMatrix): number =>
  matrix.reduce((sum, value) => sum + value * value, 0);

/** sqrt(V / s), s the smaller rank: the root mean square canonical correlation; 0 where a side has no variance. */
export function rmsCanonical(canonical: CanonicalMatrix): number {
  const s = Math.min(canonical.rankX, canonical.rankY);
  return s === 0 ? 0 : Math.min(1, Math.sqrt(pillaiTrace(canonical) / s));
}

/** The moments of all rows. */
export function totalMoments(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const out = new Float64Array(momentLength(columns.length));
  for (let row = 0; row < weights.length; row++) {
    if (weights[row]! !== 0) addMoments(out, 0, columns, row, weights[row]!);
  }
  return out;
}
