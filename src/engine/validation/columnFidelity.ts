import { type Frame, isNumericSpec } from '../data/frame';

/** How one column of the synthetic rows compares with the real ones. */
export interface ColumnFidelity {
  readonly column: string;
  /** Kolmogorov-Smirnov distance for numbers, total variation distance for categories; in [0, 1]; NaN without values. */
  readonly distance: number;
  readonly measure: 'ks' | 'tv';
  /** Synthetic over real variance for numbers; null for categories and where the real column is constant. */
  readonly varianceRatio: number | null;
  readonly missingReal: number;
  readonly missingSynthetic: number;
}

const present = (column: Float64Array): Float64Array => column.filter((value) => !Number.isNaN(value));

/**
 * sup over x of |F(x) - G(x)|, the two empirical distribution functions. Missing cells are left out; NaN where a side
 * has none left.
 */
export function ksDistance(real: Float64Array, synthetic: Float64Array): number {
  const a = present(real).sort();
  const b = present(synthetic).sort();
  if (a.length === 0 || b.length === 0) return Number.NaN;
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i++;
    while (j < b.length && b[j]! <= value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/** Half the sum over levels of the differences in share. Missing cells are left out; NaN where a side has none left. */
export function totalVariation(real: Float64Array, synthetic: Float64Array, levels: number): number {
  const shares = [real, synthetic].map((column) => {
    const counts = new Float64Array(levels);
    let known = 0;
    for (const code of column) {
      if (Number.isNaN(code)) continue;
      counts[code]!++;
      known++;
    }
    return counts.map((count) => count / known);
  });
  let sum = 0;
  for (let level = 0; level < levels; level++) sum += Math.abs(shares[0]![level]! - shares[1]![level]!);
  return sum / 2;
}

/** Population variance of the cells that are not missing, exactly 0 where they are all equal; NaN without any. */
export function variance(column: Float64Array): number {
  const values = present(column);
  // Less the first value: the mean of equal values may be off by rounding, which would pass for a spread.
  const mean = values.reduce((sum, value) => sum + (value - values[0]!) / values.length, 0);
  const squares = values.reduce((sum, value) => sum + (value - values[0]! - mean) ** 2, 0);
  return values.length === 0 ? Number.NaN : squares / values.length;
}

/**
 * Per column: KS or TV distance, variance kept, missing cells. Both frames have the same columns.
 * @see The SDMetrics library, KSComplement and TVComplement: 1 minus these.
 */
export function columnFidelity(real: Frame, synthetic: Frame): readonly ColumnFidelity[] {
  return real.specs.map((spec, c) => {
    const a = real.columns[c]!;
    const b = synthetic.columns[c]!;
    const numeric = isNumericSpec(spec);
    const realVariance = numeric ? variance(a) : 0;
    return {
      column: spec.name,
      distance: numeric ? ksDistance(a, b) : totalVariation(a, b, spec.levels!.length),
      measure: numeric ? 'ks' : 'tv',
      varianceRatio: realVariance > 0 ? variance(b) / realVariance : null,
      missingReal: a.length - present(a).length,
      missingSynthetic: b.length - present(b).length,
    };
  });
}
