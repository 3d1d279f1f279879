import { midRanks } from '../../numeric/ranks';
import { defineDependenceTest, type Variable } from '../dependenceTest';
import { linearPartial, partialResultByT } from '../linearPartial';
import { isOneColumn, scoresOf } from '../variable';

const ranked = (variable: Variable): Variable =>
  variable.kind === 'categorical' ? variable : { kind: 'numeric', values: midRanks(scoresOf(variable)) };

/**
 * Tests x independent of y given z by ranks: the partial correlation of the ranks of x, y and every numeric or ordered z
 * (ties share their mean rank), judged by t with n - 2 - k degrees of freedom. Sees monotone links, and outliers move it
 * little; categories among z enter as indicators.
 * @throws EngineError `too-few-rows` unless n > k + 3, `unsupported-column` for a category with more than two levels.
 * @see The proof and measurement of association between two things, Am. J. Psychol. 15 (1904).
 */
export const partialSpearman = defineDependenceTest({
  id: 'partial-spearman',
  label: 'Partial rank correlation (Spearman)',
  assumes: 'monotone links; straight lines among ranks',
  appliesTo: (x, y) => isOneColumn(x) && isOneColumn(y),
  run: (x, y, given) => partialResultByT(linearPartial(ranked(x), ranked(y), given.map(ranked), 4)),
});
