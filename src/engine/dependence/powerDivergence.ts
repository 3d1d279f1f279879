import { chiSquaredSurvival } from '../numeric/specialFunctions';
import { createRng } from '../rng';
import type { DependenceResult, Variable } from './dependenceTest';
import { refuseFewRows } from './fewRows';
import { type CountTable, marginsOf, permuteWithinStrata, stratifiedTables } from './strata';
import { lengthOf } from './variable';

/** X² = sum (O - E)² / E or G² = 2 sum O log(O / E), summed over strata, E = row total x column total / stratum total. */
export type Divergence = 'chi-squared' | 'g-squared';

export interface StratifiedStatistic {
  readonly statistic: number;
  /** Sum over strata of (rows - 1)(columns - 1), rows and columns that are empty in the stratum not counted. */
  readonly degrees: number;
  /** Share of the cells of rows and columns that occur whose expected count is below 5. */
  readonly shareBelowFive: number;
  readonly strata: number;
  /** Strata in which x or y has one level only: they say nothing. */
  readonly strataWithoutInformation: number;
}

export function stratifiedStatistic(tables: readonly CountTable[], divergence: Divergence): StratifiedStatistic {
  let statistic = 0;
  let degrees = 0;
  let below = 0;
  let cells = 0;
  let silent = 0;
  for (const table of tables) {
    const { row, column, total } = marginsOf(table);
    const occurring = (counts: Float64Array) => counts.reduce((sum, n) => sum + Number(n > 0), 0);
    const free = (occurring(row) - 1) * (occurring(column) - 1);
    cells += table.rows * table.columns;
    for (let i = 0; i < table.rows; i++) {
      for (let j = 0; j < table.columns; j++) {
        const expected = (row[i]! * column[j]!) / total;
        below += Number(expected < 5);
        const observed = table.counts[i * table.columns + j]!;
        if (divergence === 'chi-squared') {
          if (expected > 0) statistic += (observed - expected) ** 2 / expected;
        } else if (observed > 0) statistic += 2 * observed * Math.log(observed / expected);
      }
    }
    if (free <= 0) silent++;
    else degrees += free;
  }
  return {
    statistic,
    degrees,
    shareBelowFive: cells > 0 ? below / cells : 0,
    strata: tables.length,
    strataWithoutInformation: silent,
  };
}

/** With more than this share of expected counts below 5 the chi-squared law is not to be trusted. */
const MOST_SPARSE = 0.2;
const DRAWS = 999;
const MOST_PERMUTED_CELLS = 2e7;

/**
 * The stratified test: the chi-squared law where the strata are filled; where more than 20 % of the expected counts are
 * below 5 the share of 999 random deals of y inside the strata with a statistic as large, (1 + #) / (1 + draws).
 * The effect is sqrt(X² / (n s)), s the smaller number of levels less 1: with one stratum Cramér's V.
 */
export function runStratified(
  x: Variable,
  y: Variable,
  given: readonly Variable[],
  divergence: Divergence,
): DependenceResult {
  const rows = lengthOf(x);
  refuseFewRows('A stratified test', rows, 8);
  const tables = stratifiedTables(x, y, given);
  const found = stratifiedStatistic(tables, divergence);
  const chi = divergence === 'chi-squared' ? found.statistic : stratifiedStatistic(tables, 'chi-squared').statistic;
  const s = tables.length === 0 ? 0 : Math.min(tables[0]!.rows, tables[0]!.columns) - 1;
  const base = {
    statistic: found.statistic,
    effect: s > 0 && rows > 0 ? Math.min(1, Math.sqrt(chi / (rows * s))) : 0,
    signedEffect: null,
    rows,
  };
  if (found.degrees === 0) return { ...base, pValue: 1, note: 'x or y has one level in every stratum.' };
  if (found.shareBelowFive <= MOST_SPARSE)
    return { ...base, pValue: chiSquaredSurvival(found.statistic, found.degrees), note: null };
  const draws = Math.max(99, Math.min(DRAWS, Math.floor(MOST_PERMUTED_CELLS / rows)));
  let asLarge = 0;
  permuteWithinStrata(x, y, given, draws, createRng(0, 'stratified-permutation').integer, (dealt) => {
    // Equal tables may differ in the last bit.
    if (stratifiedStatistic(dealt, divergence).statistic >= found.statistic * (1 - 1e-12)) asLarge++;
  });
  return {
    ...base,
    pValue: (1 + asLarge) / (1 + draws),
    note: `${Math.round(100 * found.shareBelowFive)} % of the expected counts are below 5: p from ${draws} random deals inside the strata.`,
  };
}
