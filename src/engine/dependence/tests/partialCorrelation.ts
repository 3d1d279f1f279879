import { normalSurvival } from '../../numeric/normal';
import { defineDependenceTest } from '../dependenceTest';
import { linearPartial, partialResult } from '../linearPartial';
import { isOneColumn } from '../variable';

/**
 * Tests x independent of y given z: statistic = sqrt(n - k - 3) atanh(r), r the correlation of the linear residuals of x
 * and y on z, k the number of design columns of z (an indicator a non-base level counts one); two-sided normal p-value.
 * A category with two levels counts as its code, an order as scores; x and y with more levels are refused.
 * @throws EngineError `too-few-rows` unless n > k + 3, `unsupported-column` for a category with more than two levels.
 * @see Estimating High-Dimensional Directed Acyclic Graphs with the PC-Algorithm, JMLR 8 (2007), section 2.
 */
export const partialCorrelation = defineDependenceTest({
  id: 'partial-correlation',
  label: 'Partial correlation (Fisher z)',
  assumes: 'jointly Gaussian columns',
  appliesTo: (x, y) => isOneColumn(x) && isOneColumn(y),
  run(x, y, given) {
    const found = linearPartial(x, y, given, 4);
    const statistic = Math.sqrt(found.rows - found.controls - 3) * Math.atanh(found.r);
    return partialResult(found, statistic, 2 * normalSurvival(Math.abs(statistic)));
  },
});
