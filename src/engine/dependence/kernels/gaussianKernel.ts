import type { Variable } from '../dependenceTest';
import { lengthOf, scoresOf } from '../variable';

/** Points of shape (rows, width), row-major. */
export interface Points {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

/**
 * Columns side by side: numbers and orders with mean 0 and variance 1 (divisor n - 1; a constant one is 0), one indicator
 * a level for categories, scaled so that two different levels are a distance 1 apart.
 */
export function pointsOf(variables: readonly Variable[]): Points {
  const rows = variables[0] ? lengthOf(variables[0]) : 0;
  const columns = variables.flatMap((variable) =>
    variable.kind === 'categorical'
      ? Array.from({ length: variable.levels }, (_, level) =>
          variable.codes.map((code) => (code === level ? Math.SQRT1_2 : 0)),
        )
      : [standardised(scoresOf(variable))],
  );
  const width = columns.length;
  const values = new Float64Array(rows * width);
  columns.forEach((column, c) => {
    for (let row = 0; row < rows; row++) values[row * width + c] = column[row]!;
  });
  return { rows, width, values };
}

function standardised(values: Float64Array): Float64Array {
  const n = values.length;
  const origin = values[0] ?? 0; // equal values have a variance of exactly 0
  let sum = 0;
  for (const value of values) sum += value - origin;
  const mean = sum / n;
  let squares = 0;
  for (const value of values) squares += (value - origin - mean) ** 2;
  const scale = squares > 0 ? 1 / Math.sqrt(squares / (n - 1)) : 0;
  return values.map((value) => (value - origin - mean) * scale);
}

/** Points side by side, the second ones scaled. */
export function sideBySide(a: Points, b: Points, scaleOfB: number): Points {
  const width = a.width + b.width;
  const values = new Float64Array(a.rows * width);
  for (let row = 0; row < a.rows; row++) {
    values.set(a.values.subarray(row * a.width, (row + 1) * a.width), row * width);
    for (let c = 0; c < b.width; c++) values[row * width + a.width + c] = scaleOfB * b.values[row * b.width + c]!;
  }
  return { rows: a.rows, width, values };
}

export function squaredDistance({ width, values }: Points, i: number, j: number): number {
  let sum = 0;
  for (let c = 0; c < width; c++) {
    const gap = values[i * width + c]! - values[j * width + c]!;
    sum += gap * gap;
  }
  return sum;
}

/** Shape (rows, rows): exp(-theta d² / 2). */
export function gaussianKernel(points: Points, theta: number): Float64Array {
  const { rows } = points;
  const kernel = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    kernel[i * rows + i] = 1;
    for (let j = 0; j < i; j++) {
      const value = Math.exp(-0.5 * theta * squaredDistance(points, i, j));
      kernel[i * rows + j] = value;
      kernel[j * rows + i] = value;
    }
  }
  return kernel;
}

/** H K H with H = I - 1/n: rows and columns with mean 0. In place. */
export function centreInPlace(kernel: Float64Array, n: number): Float64Array {
  const mean = new Float64Array(n);
  let all = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += kernel[i * n + j]!;
    mean[i] = sum / n;
    all += sum / n / n;
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) kernel[i * n + j]! += all - mean[i]! - mean[j]!;
  return kernel;
}

/** Median of the distances between different points; 0 where all are equal. */
export function medianDistance(points: Points): number {
  const distances = new Float64Array((points.rows * (points.rows - 1)) / 2);
  let count = 0;
  for (let i = 0; i < points.rows; i++)
    for (let j = 0; j < i; j++) {
      const squared = squaredDistance(points, i, j);
      if (squared > 0) distances[count++] = squared;
    }
  if (count === 0) return 0;
  const sorted = distances.subarray(0, count).sort();
  const middle = count >> 1;
  return count % 2 === 1
    ? Math.sqrt(sorted[middle]!)
    : (Math.sqrt(sorted[middle - 1]!) + Math.sqrt(sorted[middle]!)) / 2;
}

/** theta of the median rule: a kernel whose width is the median distance times sqrt(2). */
export function medianTheta(points: Points): number {
  const median = medianDistance(points);
  return median > 0 ? 1 / (2 * median * median) : 1;
}
