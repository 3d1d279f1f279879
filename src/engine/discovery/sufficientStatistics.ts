import type { Task } from '../task';
import type { EncodedColumns } from './encodedColumns';

/** All that scores and tests need of a sample: the correlations of its columns and how many rows they are worth. */
export interface SufficientStatistics extends Pick<EncodedColumns, 'names' | 'first' | 'width' | 'span'> {
  readonly columns: number;
  /** Shape (columns, columns), row-major, with 1 + RIDGE on the diagonal. */
  readonly correlation: Float64Array;
  /** Kish's effective size (sum w)² / sum w²: the number of rows without weights, about half of it for a bootstrap resample. */
  readonly effectiveRows: number;
}

/**
 * As if each column were recorded with an independent error of a ten-thousandth of its spread: copies of a column and
 * columns computed from others keep finite scores, and a column that is constant in a resample is unrelated to all.
 */
const RIDGE = 1e-8;

/**
 * Weighted correlations r_ij = (sum w x_i x_j / W - m_i m_j) / (s_i s_j) of all encoded columns, ridged.
 * A resample of n rows with replacement moves a correlation by as much again as sampling did, so the variance about the
 * truth is that of n / 2 rows: Kish's size says just that, and scores that counted n would find links in the noise.
 * @param weights Shape (rows,), such as how often a bootstrap resample drew each row; null counts each row once.
 * @throws EngineError `cancelled`.
 * @see Bias-Corrected Bootstrap and Model Uncertainty, NIPS 2003, section 3: why resamples show too many links.
 */
export async function sufficientStatistics(
  { names, first, width, span, rows, columns }: EncodedColumns,
  weights: ArrayLike<number> | null,
  task: Task,
): Promise<SufficientStatistics> {
  const d = columns.length;
  const products = new Float64Array(d * d);
  const sums = new Float64Array(d);
  let total = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    total += weight;
    squares += weight * weight;
  }
  for (let i = 0; i < d; i++) {
    await task.checkpoint(i / d, 'Comparing the columns');
    const column = columns[i]!;
    const scaled = weights === null ? column : column.map((value, row) => value * weights[row]!);
    for (let row = 0; row < rows; row++) sums[i]! += scaled[row]!;
    for (let j = 0; j <= i; j++) products[i * d + j] = innerProduct(scaled, columns[j]!);
  }
  const deviation = sums.map((sum, i) => Math.sqrt(Math.max(0, products[i * d + i]! / total - (sum / total) ** 2)));
  const correlation = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const scale = deviation[i]! * deviation[j]!;
      // Columns have variance 1 in the whole sample: what is left of a column that no longer varies is rounding.
      const r = scale > 1e-10 ? (products[i * d + j]! / total - (sums[i]! / total) * (sums[j]! / total)) / scale : 0;
      correlation[i * d + j] = r;
      correlation[j * d + i] = r;
    }
    correlation[i * d + i] = 1 + RIDGE;
  }
  return { names, first, width, span, columns: d, correlation, effectiveRows: (total * total) / squares };
}

/** Four sums side by side: one alone waits for each addition to end before the next. */
function innerProduct(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = a.length - (a.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (let i = whole; i < a.length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}

/** The columns that a node owns. */
export const ownColumns = ({ first, width }: SufficientStatistics, node: number): number[] =>
  Array.from({ length: width[node]! }, (_, i) => first[node]! + i);

/** The columns that stand for nodes held fixed: their own and the curves of these. */
export const conditionColumns = ({ first, span }: SufficientStatistics, nodes: readonly number[]): number[] =>
  nodes.flatMap((node) => Array.from({ length: span[node]! }, (_, i) => first[node]! + i));

/**
 * Covariances of columns once others are held fixed: S_ab - S_aG S_GG^-1 S_Gb.
 * @returns A function of two positions in `block`.
 */
export function residualCovariance(
  { correlation, columns: d }: SufficientStatistics,
  block: readonly number[],
  given: readonly number[],
): (a: number, b: number) => number {
  const k = given.length;
  if (k === 0) return (a, b) => correlation[block[a]! * d + block[b]!]!;
  const all = [...given, ...block];
  // The first k columns of the Cholesky factor of the stacked matrix; rows from k on are S_aG times its inverse root.
  const l = new Float64Array(all.length * k);
  for (let i = 0; i < all.length; i++) {
    const last = Math.min(i, k - 1);
    for (let j = 0; j <= last; j++) {
      let sum = correlation[all[i]! * d + all[j]!]!;
      for (let m = 0; m < j; m++) sum -= l[i * k + m]! * l[j * k + m]!;
      // The ridge keeps every pivot above itself, but for rounding.
      l[i * k + j] = i === j ? Math.sqrt(Math.max(sum, RIDGE)) : sum / l[j * k + j]!;
    }
  }
  return (a, b) => {
    let sum = correlation[block[a]! * d + block[b]!]!;
    for (let m = 0; m < k; m++) sum -= l[(k + a) * k + m]! * l[(k + b) * k + m]!;
    return a === b ? Math.max(sum, RIDGE) : sum;
  };
}

/** log det of the covariance of the last `size - from` of some columns given the ones before, from a covariance function. */
export function conditionalLogDeterminant(
  covariance: (a: number, b: number) => number,
  positions: readonly number[],
  from: number,
): number {
  const size = positions.length;
  const l = new Float64Array(size * size);
  let logDeterminant = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = covariance(positions[i]!, positions[j]!);
      for (let m = 0; m < j; m++) sum -= l[i * size + m]! * l[j * size + m]!;
      l[i * size + j] = i === j ? Math.sqrt(Math.max(sum, RIDGE)) : sum / l[j * size + j]!;
    }
    if (i >= from) logDeterminant += 2 * Math.log(l[i * size + i]!);
  }
  return logDeterminant;
}
