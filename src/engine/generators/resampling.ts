import { isNumericSpec } from '../data/frame';
import { roundToDecimals } from '../numeric/rounding';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import type { GeneratorInput, GeneratorPlan, SyntheticRows } from './generator';
import { nameSome, type RareRows } from './rareRows';
import { emptySyntheticRows, hasMoved } from './syntheticRows';

/** Rare rows drawn with replacement, with normal noise of some columns. */
interface ResamplingPlan extends GeneratorPlan {
  readonly rareCode: number;
  readonly rows: Int32Array;
  readonly columns: readonly Float64Array[];
  /** Standard deviation of the noise added to each column; 0 for none. */
  readonly bandwidth: readonly number[];
  readonly decimals: readonly number[];
}

/**
 * Plan of a bootstrap smoothed by bandwidth s h σ in each numeric column, h = (4 / ((d + 2) n))^(1 / (d + 4)) for d
 * numeric columns.
 * @param shrinkage s; 0 copies rows as they are.
 * @param n Rows that h is for.
 * @param freedom σ² is the sum of squares over (rows - freedom).
 */
export function planResampling(
  generator: string,
  { frame, target, seed, rareCode }: GeneratorInput,
  rare: RareRows,
  shrinkage: number,
  n: number,
  freedom: 0 | 1,
): { readonly plan: ResamplingPlan; readonly messages: readonly string[] } {
  const smoothed = frame.specs.map((spec, column) => shrinkage > 0 && column !== target && isNumericSpec(spec));
  const d = smoothed.filter(Boolean).length;
  const h = (4 / ((d + 2) * n)) ** (1 / (d + 4));
  const noisy = frame.specs.filter((_, column) => smoothed[column]);
  return {
    plan: {
      generator,
      seed,
      rareCode,
      rows: rare.rows,
      columns: rare.columns,
      bandwidth: rare.columns.map((column, c) => (smoothed[c] ? shrinkage * h * deviation(column, freedom) : 0)),
      decimals: frame.specs.map(({ decimals }) => decimals),
    },
    messages: noisy.length
      ? [`Smoothing adds noise to ${nameSome(noisy)}; values may leave the range of the real ones.`]
      : [],
  };
}

/** Row: base uniform, then one normal number for each smoothed column. */
export function drawResampled(given: GeneratorPlan, from: number, rows: number): SyntheticRows {
  const plan = given as ResamplingPlan;
  const out = emptySyntheticRows(from, rows, plan.columns.length);
  for (let start = 0; start < rows; start += ROWS_PER_BLOCK) {
    const rng = createRng(plan.seed, `${plan.generator}-level-${plan.rareCode}`, (from + start) / ROWS_PER_BLOCK);
    const end = Math.min(rows, start + ROWS_PER_BLOCK);
    for (let i = start; i < end; i++) {
      const donor = rng.integer(plan.rows.length);
      out.donor[i] = plan.rows[donor]!;
      plan.columns.forEach((column, c) => {
        const value = column[donor]!;
        const bandwidth = plan.bandwidth[c]!;
        out.columns[c]![i] =
          bandwidth > 0 ? roundToDecimals(value + bandwidth * rng.normal(), plan.decimals[c]!) : value;
      });
      out.moved[i] = hasMoved(out, i, plan.columns, donor);
    }
  }
  return out;
}

/** Standard deviation of the cells that are not missing; 0 where there are too few. */
function deviation(column: Float64Array, freedom: 0 | 1): number {
  const values = column.filter((value) => !Number.isNaN(value));
  if (values.length <= freedom) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - freedom));
}
