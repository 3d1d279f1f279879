import { solveSymmetric } from '../numeric/linearAlgebra';
import { normalQuantile } from '../numeric/normal';
import { chiSquaredSurvival } from '../numeric/specialFunctions';
import { type CountTable, marginsOf } from './strata';

export interface ChiSquaredResult {
  readonly statistic: number;
  readonly degrees: number;
  readonly pValue: number;
}

const asChiSquared = (statistic: number, degrees: number): ChiSquaredResult => ({
  statistic,
  degrees,
  pValue: degrees > 0 ? chiSquaredSurvival(statistic, degrees) : 1,
});

/**
 * Generalised Cochran-Mantel-Haenszel test: with d the vector of sum over strata of (O - E) without the last row and
 * column, and V the sum of its hypergeometric covariances, d' V^-1 d ~ chi-squared with (r - 1)(c - 1) degrees. For 2 x 2
 * tables it is the classical test. Strata with fewer than 2 rows say nothing.
 * @param correction Subtracted from |d| of 2 x 2 tables: 0.5 for the continuity correction.
 * @see Chi-square tests with one degree of freedom; extensions of the Mantel-Haenszel procedure, JASA 58 (1963).
 */
export function cochranMantelHaenszel(tables: readonly CountTable[], correction = 0): ChiSquaredResult {
  const used = withoutEmptyLevels(tables);
  const first = used[0];
  if (!first || first.rows < 2 || first.columns < 2) return asChiSquared(0, 0);
  const r = first.rows - 1;
  const c = first.columns - 1;
  const size = r * c;
  const difference = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  for (const table of used) {
    const { row, column, total } = marginsOf(table);
    if (total < 2) continue;
    const factor = 1 / (total * total * (total - 1));
    for (let i = 0; i < r; i++)
      for (let j = 0; j < c; j++) {
        difference[i * c + j]! += table.counts[i * table.columns + j]! - (row[i]! * column[j]!) / total;
        for (let k = 0; k < r; k++)
          for (let l = 0; l < c; l++) {
            const rows = row[i]! * ((i === k ? total : 0) - row[k]!);
            const columns = column[j]! * ((j === l ? total : 0) - column[l]!);
            covariance[(i * c + j) * size + k * c + l]! += rows * columns * factor;
          }
      }
  }
  if (size === 1) {
    const distance = Math.max(0, Math.abs(difference[0]!) - correction);
    return asChiSquared(covariance[0]! > 0 ? distance ** 2 / covariance[0]! : 0, covariance[0]! > 0 ? 1 : 0);
  }
  const solved = solveSymmetric(covariance, size, difference);
  return asChiSquared(
    difference.reduce((sum, d, i) => sum + d * solved[i]!, 0),
    size,
  );
}

/** Drops the levels of x and y that occur in no stratum: their covariance would be singular. */
function withoutEmptyLevels(tables: readonly CountTable[]): CountTable[] {
  const first = tables[0];
  if (!first) return [];
  const row = new Float64Array(first.rows);
  const column = new Float64Array(first.columns);
  for (const table of tables) {
    const margins = marginsOf(table);
    margins.row.forEach((n, i) => {
      row[i]! += n;
    });
    margins.column.forEach((n, j) => {
      column[j]! += n;
    });
  }
  const rows = [...row.keys()].filter((i) => row[i]! > 0);
  const columns = [...column.keys()].filter((j) => column[j]! > 0);
  return tables.map((table) => ({
    rows: rows.length,
    columns: columns.length,
    counts: Float64Array.from(rows.flatMap((i) => columns.map((j) => table.counts[i * table.columns + j]!))),
  }));
}

/** Cells of a 2 x 2 table. */
const cells = ({ counts }: CountTable) => ({ a: counts[0]!, b: counts[1]!, c: counts[2]!, d: counts[3]! });

export interface CommonOddsRatio {
  /** sum a (c + d) / n over sum c (a + b) / n: the risk in the first row over that in the second. */
  readonly riskRatio: number;
  readonly oddsRatio: number;
  /** 95 %. */
  readonly interval: { readonly low: number; readonly high: number };
}

/**
 * Mantel-Haenszel odds ratio common to 2 x 2 tables: sum(a d / n) / sum(b c / n), with the Robins-Breslow-Greenland
 * interval of its logarithm.
 * @see Estimators of the Mantel-Haenszel variance consistent in both sparse data and large-strata limiting models,
 * Biometrics 42 (1986).
 */
export function commonOddsRatio(tables: readonly CountTable[]): CommonOddsRatio {
  let [r, s, pr, qs, mixed, exposed, unexposed] = [0, 0, 0, 0, 0, 0, 0];
  for (const table of tables) {
    const { a, b, c, d } = cells(table);
    const n = a + b + c + d;
    if (n === 0) continue;
    const [p, q] = [(a + d) / n, (b + c) / n];
    const [ri, si] = [(a * d) / n, (b * c) / n];
    r += ri;
    s += si;
    pr += p * ri;
    qs += q * si;
    mixed += p * si + q * ri;
    exposed += (a * (c + d)) / n;
    unexposed += (c * (a + b)) / n;
  }
  const deviation = Math.sqrt(pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s));
  const reach = normalQuantile(0.975) * deviation;
  const oddsRatio = r / s;
  const interval = { low: oddsRatio * Math.exp(-reach), high: oddsRatio * Math.exp(reach) };
  return { oddsRatio, interval, riskRatio: exposed / unexposed };
}

/**
 * Breslow-Day test that 2 x 2 tables share one odds ratio, with Tarone's correction beside it: sum (a - e)² / v with e and
 * v the mean and variance of a in a table of the same margins with the common odds ratio; strata - 1 degrees.
 * @see On heterogeneity tests based on efficient scores, Biometrika 72 (1985).
 */
export function equalOddsRatios(tables: readonly CountTable[]): {
  readonly breslowDay: ChiSquaredResult;
  readonly tarone: ChiSquaredResult;
} {
  const { oddsRatio } = commonOddsRatio(tables);
  let statistic = 0;
  let excess = 0;
  let variance = 0;
  let strata = 0;
  for (const table of tables) {
    const { a, b, c, d } = cells(table);
    const m1 = a + b;
    const n1 = a + c;
    const total = a + b + c + d;
    if (m1 === 0 || n1 === 0 || m1 === total || n1 === total) continue;
    const e = expectedCell(m1, n1, total, oddsRatio);
    const v = 1 / (1 / e + 1 / (m1 - e) + 1 / (n1 - e) + 1 / (total - m1 - n1 + e));
    statistic += (a - e) ** 2 / v;
    excess += a - e;
    variance += v;
    strata++;
  }
  const degrees = Math.max(0, strata - 1);
  const corrected = variance > 0 ? statistic - excess ** 2 / variance : statistic;
  return { breslowDay: asChiSquared(statistic, degrees), tarone: asChiSquared(Math.max(0, corrected), degrees) };
}

/** The first cell of a 2 x 2 table with these margins and this odds ratio: the root that leaves all cells positive. */
function expectedCell(m1: number, n1: number, total: number, oddsRatio: number): number {
  const quadratic = 1 - oddsRatio;
  const linear = total - m1 - n1 + oddsRatio * (m1 + n1);
  const constant = -oddsRatio * m1 * n1;
  if (Math.abs(quadratic) < 1e-12) return -constant / linear;
  const root = Math.sqrt(linear * linear - 4 * quadratic * constant);
  const candidates = [(-linear + root) / (2 * quadratic), (-linear - root) / (2 * quadratic)];
  const low = Math.max(0, m1 + n1 - total);
  const high = Math.min(m1, n1);
  return candidates.find((e) => e >= low - 1e-9 && e <= high + 1e-9) ?? candidates[0]!;
}
