import { chiSquaredSurvival } from '../../numeric/specialFunctions';
import { defineDependenceTest } from '../dependenceTest';
import { linearPartial, partialResult } from '../linearPartial';
import { isOneColumn } from '../variable';

/**
 * Tests x independent of y given z by the mutual information of Gaussian columns: statistic = -n log(1 - r²), twice n
 * times the information in nats, chi-squared with 1 degree of freedom; r as in the Fisher z test.
 * @throws EngineError `too-few-rows` unless n > k + 3, `unsupported-column` for a category with more than two levels.
 * @see Graphical Models in Applied Multivariate Statistics, Wiley 1990, section 6.7.
 */
export const gaussianInformation = defineDependenceTest({
  id: 'gaussian-information',
  label: 'Gaussian mutual information',
  assumes: 'jointly Gaussian columns',
  appliesTo: (x, y) => isOneColumn(x) && isOneColumn(y),
  run(x, y, given) {
    const found = linearPartial(x, y, given, 4);
    const statistic = -found.rows * Math.log1p(-found.r * found.r);
    return partialResult(found, statistic, chiSquaredSurvival(statistic, 1));
  },
});
