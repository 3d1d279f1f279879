import { defineDependenceTest } from '../dependenceTest';
import { refuseFewRows } from '../fewRows';
import { cochranMantelHaenszel, equalOddsRatios } from '../mantelHaenszel';
import { stratifiedStatistic } from '../powerDivergence';
import { isCounted, stratifiedTables } from '../strata';
import { lengthOf } from '../variable';

/**
 * Tests x independent of y given z for categories by the generalised Cochran-Mantel-Haenszel statistic: differences of
 * observed and expected counts added over the strata first, so that many small strata add up. Blind to links that turn
 * round between strata; for two levels a side the note says whether they do (Tarone's test).
 * @see Chi-square tests with one degree of freedom; extensions of the Mantel-Haenszel procedure, JASA 58 (1963).
 */
export const mantelHaenszel = defineDependenceTest({
  id: 'mantel-haenszel',
  label: 'Cochran-Mantel-Haenszel',
  assumes: 'categories only; a link that points the same way in every stratum',
  appliesTo: (x, y, given) => [x, y, ...given].every(isCounted),
  run(x, y, given) {
    const rows = lengthOf(x);
    refuseFewRows('A stratified test', rows, 8);
    const tables = stratifiedTables(x, y, given);
    const { statistic, degrees, pValue } = cochranMantelHaenszel(tables);
    const first = tables[0];
    const isTwoByTwo = first?.rows === 2 && first.columns === 2 && tables.length > 1;
    const tarone = isTwoByTwo ? equalOddsRatios(tables).tarone : null;
    const s = first ? Math.min(first.rows, first.columns) - 1 : 0;
    const chi = stratifiedStatistic(tables, 'chi-squared').statistic;
    return {
      statistic,
      pValue: degrees > 0 ? pValue : 1,
      effect: s > 0 && rows > 0 ? Math.min(1, Math.sqrt(chi / (rows * s))) : 0,
      signedEffect: null,
      rows,
      note:
        tarone && tarone.pValue < 0.05
          ? 'The odds ratio is not the same in all strata (Tarone): ask the stratified tests.'
          : null,
    };
  },
});
