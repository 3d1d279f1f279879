import { defineGenerator } from './generator';
import { rareRowsOf } from './rareRows';
import { drawResampled, planResampling } from './resampling';

/**
 * ROSE, the smoothed bootstrap as its authors have it: a rare row drawn with replacement, each numeric cell x + s h σ z,
 * z ~ N(0, 1), σ the column's sample standard deviation in the rare class and h = (4 / ((d + 2) n))^(1 / (d + 4)), d
 * numeric columns and n the rows of the rare class. Real rows of other classes stay as they are, where ROSE may redraw
 * them too. Categories and missing cells are copied.
 * @throws EngineError `too-few-rows` without a rare row.
 * @see Training and assessing classification rules with imbalanced data, Data Min. Knowl. Discov. 28 (2014), section 2.
 */
export const rose = defineGenerator({
  id: 'rose',
  label: 'ROSE (smoothed bootstrap)',
  summary: 'Copies of rare rows with noise on every number, as wide as a kernel density of the rare class.',
  usesMap: false,
  parameters: [
    {
      id: 'shrinkage',
      label: 'Width of the noise',
      help: 'A larger number adds more noise to every numeric cell; 1 is the width the authors derive.',
      min: 0,
      max: 5,
      step: 0.1,
      initial: 1,
    },
  ],
  async prepare(input, { shrinkage = 1 }) {
    const rare = rareRowsOf(input, rose.label, 1, false);
    return planResampling(rose.id, input, rare, shrinkage, rare.rows.length, 1);
  },
  draw: drawResampled,
});
