import { chiSquaredSurvival } from '../../numeric/specialFunctions';
import { defineDependenceTest, type Variable } from '../dependenceTest';
import { refuseFewRows } from '../fewRows';
import { isCounted, marginsOf, stratifiedTables } from '../strata';
import { lengthOf, scoresOf } from '../variable';

/**
 * Mutual information of two categories given others, from shares shrunk towards equal ones: p* = l / c + (1 - l) p over all
 * c cells of the joint table, l = (1 - sum p²) / ((n - 1) sum (p - 1/c)²) cut to [0, 1]; statistic = 2 n sum p* log(p*(xyz)
 * p*(z) / (p*(xz) p*(yz))), chi-squared with (r - 1)(c - 1) degrees of freedom a stratum. Steady where cells are few,
 * and cautious: for a second look, not for a decision.
 * @see Entropy inference and the James-Stein estimator, JMLR 10 (2009).
 */
export const shrunkInformation = defineDependenceTest({
  id: 'shrunk-information',
  label: 'Shrunk mutual information',
  assumes: 'categories only; sparse cells are drawn towards equal shares',
  appliesTo: (x, y, given) => [x, y, ...given].every(isCounted),
  run(x, y, given) {
    const rows = lengthOf(x);
    refuseFewRows('A test of categories', rows, 4);
    const varies = (variable: Variable) => scoresOf(variable).some((code, _, codes) => code !== codes[0]);
    if (!varies(x) || !varies(y)) return { statistic: 0, pValue: 1, effect: 0, signedEffect: null, rows, note: null };
    const levels = (variable: Variable) => (variable.kind === 'numeric' ? 0 : variable.levels);
    const strata = given.reduce((product, z) => product * levels(z), 1);
    const cells = strata * levels(x) * levels(y);
    const tables = stratifiedTables(x, y, given);
    const squares = tables.reduce((sum, { counts }) => counts.reduce((own, n) => own + (n / rows) ** 2, sum), 0);
    const apart = (rows - 1) * (squares - 1 / cells);
    const shrink = apart > 0 ? Math.min(1, Math.max(0, (1 - squares) / apart)) : 1;
    let information = 0;
    // Strata that do not occur have equal shares after shrinking, and so no information.
    for (const table of tables) {
      const shares = { ...table, counts: table.counts.map((n) => shrink / cells + ((1 - shrink) * n) / rows) };
      const { row, column, total } = marginsOf(shares);
      shares.counts.forEach((share, cell) => {
        const expected = (row[Math.floor(cell / table.columns)]! * column[cell % table.columns]!) / total;
        if (share > 0) information += share * Math.log(share / expected);
      });
    }
    const statistic = Math.max(0, 2 * rows * information);
    const degrees = (levels(x) - 1) * (levels(y) - 1) * strata;
    return {
      statistic,
      pValue: degrees > 0 ? chiSquaredSurvival(statistic, degrees) : 1,
      effect: Math.sqrt(-Math.expm1(-statistic / rows)),
      signedEffect: null,
      rows,
      note: null,
    };
  },
});
