import { isNumericSpec } from '../data/frame';
import { roundToDecimals } from '../numeric/rounding';
import { createRng, ROWS_PER_BLOCK } from '../rng';
import { defineGenerator, type GeneratorPlan } from './generator';
import { nameSome, rareRowsOf } from './rareRows';
import { emptySyntheticRows, hasMoved } from './syntheticRows';

interface ResamplingPlan extends GeneratorPlan {
  readonly rareCode: number;
  readonly rows: Int32Array;
  readonly columns: readonly Float64Array[];
  /** Standard deviation of the noise added to each column; 0 for none. */
  readonly bandwidth: readonly number[];
  readonly decimals: readonly number[];
}

/**
 * Random oversampling: rare rows drawn with replacement. With shrinkage s > 0 (a smoothed bootstrap) each numeric cell
 * becomes x + s h σ z, z ~ N(0, 1), σ the column's population standard deviation in the rare class and
 * h = (4 / ((d + 2) n))^(1 / (d + 4)), d numeric columns and n all rows of the table, as imbalanced-learn has it.
 * Categories and missing cells are copied. Smoothed values may leave the range of the real ones; a message says so.
 * @throws EngineError `too-few-rows` without a rare row.
 * @see Training and assessing classification rules with imbalanced data, Data Min. Knowl. Discov. 28 (2014), section 2.
 */
export const randomOversampling = defineGenerator({
  id: 'random',
  label: 'Random oversampling',
  summary: 'Copies of rare rows drawn at random, with a little noise on the numbers if wanted.',
  usesMap: false,
  parameters: [
    {
      id: 'shrinkage',
      label: 'Smoothing',
      help: 'A larger number adds more noise to every numeric cell; 0 copies rows as they are.',
      min: 0,
      max: 5,
      step: 0.1,
      initial: 0,
    },
  ],
  async prepare(input, { shrinkage = 0 }) {
    const rare = rareRowsOf(input, randomOversampling.label, 1, false);
    const { frame, target, seed, rareCode } = input;
    const smoothed = frame.specs.map((spec, column) => shrinkage > 0 && column !== target && isNumericSpec(spec));
    const d = smoothed.filter(Boolean).length;
    const h = (4 / ((d + 2) * frame.rows)) ** (1 / (d + 4));
    const plan: ResamplingPlan = {
      generator: randomOversampling.id,
      seed,
      rareCode,
      rows: rare.rows,
      columns: rare.columns,
      bandwidth: rare.columns.map((column, c) => (smoothed[c] ? shrinkage * h * populationDeviation(column) : 0)),
      decimals: frame.specs.map(({ decimals }) => decimals),
    };
    const noisy = frame.specs.filter((_, column) => smoothed[column]);
    const messages = noisy.length
      ? [`Smoothing adds noise to ${nameSome(noisy)}; values may leave the range of the real ones.`]
      : [];
    return { plan, messages };
  },
  draw(given, from, rows) {
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
  },
});

/** Population standard deviation of the cells that are not missing; 0 where there are none. */
function populationDeviation(column: Float64Array): number {
  const values = column.filter((value) => !Number.isNaN(value));
  if (values.length === 0) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
