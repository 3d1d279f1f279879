import type { Frame } from '../data/frame';
import { symmetricInverse } from '../numeric/linearAlgebra';

/** Keeps collinear columns invertible; a thousandth of this is lost in any sample. */
const RIDGE = 1e-6;

export interface PartialCorrelations {
  /** Names of the scored columns: numbers, binary and ordinal codes that vary in the reference. */
  readonly names: readonly string[];
  /** Shape (names, names), row-major, 1 on the diagonal. */
  readonly matrix: Float64Array;
}

/**
 * Partial correlation of every two scored columns given all others. Nominal columns with more than two levels take part
 * as conditioning indicators (one a non-base level) and are not scored. Rows with a missing cell are left out.
 * A column that is constant in these rows has partial correlation 0 with all others.
 * @param varying Frame column indices that take part, as `varyingColumns` of the reference gives them.
 */
export function partialCorrelations(frame: Frame, varying: readonly number[]): PartialCorrelations {
  const rows: number[] = [];
  for (let row = 0; row < frame.rows; row++) {
    if (!varying.some((c) => Number.isNaN(frame.columns[c]![row]))) rows.push(row);
  }
  const scored = varying.filter((c) => isScored(frame, c));
  const design = scored.map((c) => Float64Array.from(rows, (row) => frame.columns[c]![row]!));
  for (const c of varying) {
    if (isScored(frame, c)) continue;
    for (let level = 1; level < frame.specs[c]!.levels!.length; level++) {
      design.push(Float64Array.from(rows, (row) => Number(frame.columns[c]![row] === level)));
    }
  }
  const d = design.length;
  const correlation = correlationMatrix(design, rows.length);
  for (let i = 0; i < d; i++) correlation[i * d + i]! += RIDGE;
  const precision = symmetricInverse(correlation, d);
  const size = scored.length;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      matrix[i * size + j] =
        i === j ? 1 : -precision[i * d + j]! / Math.sqrt(precision[i * d + i]! * precision[j * d + j]!);
    }
  }
  return { names: scored.map((c) => frame.specs[c]!.name), matrix };
}

const isScored = (frame: Frame, c: number): boolean => {
  const { kind, levels } = frame.specs[c]!;
  return levels === null || kind === 'ordinal' || levels.length <= 2;
};

/** Indices of the columns with at least two different values. */
export const varyingColumns = (frame: Frame): readonly number[] =>
  frame.specs.flatMap((_, c) => {
    const known = frame.columns[c]!.filter((value) => !Number.isNaN(value));
    return known.some((value) => value !== known[0]) ? [c] : [];
  });

/** Pearson correlations, row-major; a constant column is uncorrelated with all others. */
function correlationMatrix(design: readonly Float64Array[], rows: number): Float64Array {
  const d = design.length;
  const standard = design.map((column) => {
    // Less the first value: the mean of equal values may be off by rounding, which would pass for a spread.
    const mean = column.reduce((sum, value) => sum + (value - column[0]!) / rows, 0);
    const centred = column.map((value) => value - column[0]! - mean);
    const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
    return norm > 0 ? centred.map((value) => value / norm) : centred.fill(0);
  });
  const matrix = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      if (i !== j) for (let row = 0; row < rows; row++) sum += standard[i]![row]! * standard[j]![row]!;
      matrix[i * d + j] = sum;
      matrix[j * d + i] = sum;
    }
  }
  return matrix;
}

/**
 * Mean absolute difference of the partial correlations of two frames with the same columns (say true and synthetic rare
 * rows), over the pairs of columns that vary in the reference. NaN with fewer than two such columns.
 */
export function partialCorrelationError(reference: Frame, other: Frame): number {
  const varying = varyingColumns(reference);
  const a = partialCorrelations(reference, varying);
  const b = partialCorrelations(other, varying);
  const size = a.names.length;
  let sum = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) sum += Math.abs(a.matrix[i * size + j]! - b.matrix[i * size + j]!);
  return sum / ((size * (size - 1)) / 2);
}
