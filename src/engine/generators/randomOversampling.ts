import { defineGenerator } from './generator';
import { rareRowsOf } from './rareRows';
import { drawResampled, planResampling } from './resampling';

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
    return planResampling(randomOversampling.id, input, rare, shrinkage, input.frame.rows, 0);
  },
  draw: drawResampled,
});
