import { normalSurvival } from '../numeric/normal';
import { midRanks } from '../numeric/ranks';
import { sortedValues } from '../numeric/sortedValues';
import { chiSquaredSurvival, fSurvival, studentTwoSided } from '../numeric/specialFunctions';

export interface TestResult {
  readonly statistic: number;
  readonly pValue: number;
}

/** How strongly a number goes with a category. */
export interface GroupAssociation {
  readonly anova: TestResult;
  readonly kruskal: TestResult;
  /** Spread of the groups about their medians (Levene's test by Brown and Forsythe). */
  readonly levene: TestResult;
  /** Share of the variance that lies between groups; the other two less what chance adds. */
  readonly etaSquared: number;
  readonly omegaSquared: number;
  readonly epsilonSquared: number;
}

/**
 * Measures of association of a number with the groups of a category; groups without rows are left out.
 * @see Robust tests for the equality of variances, JASA 69 (1974); Use of ranks in one-criterion variance analysis, JASA 47
 * (1952).
 */
export function groupAssociation(values: Float64Array, group: Float64Array): GroupAssociation {
  const groups = groupsOf(values, group);
  const n = values.length;
  const k = groups.length;
  const { between, within } = sumsOfSquares(groups);
  const total = between + within;
  const meanWithin = within / (n - k);
  const ranks = midRanks(values);
  const rankSums = sumsOfSquares(groupsOf(ranks, group));
  // Ties shrink the variance of the ranks: H divides by what it is.
  const kruskal = ((n - 1) * rankSums.between) / (rankSums.between + rankSums.within);
  return {
    anova: fTest(between, within, k, n),
    kruskal: { statistic: kruskal, pValue: chiSquaredSurvival(kruskal, k - 1) },
    levene: leveneOf(groups, n),
    etaSquared: between / total,
    omegaSquared: (between - (k - 1) * meanWithin) / (total + meanWithin),
    epsilonSquared: (between - (k - 1) * meanWithin) / total,
  };
}

function fTest(between: number, within: number, k: number, n: number): TestResult {
  const statistic = between / (k - 1) / (within / (n - k));
  return { statistic, pValue: fSurvival(statistic, k - 1, n - k) };
}

function leveneOf(groups: readonly Float64Array[], n: number): TestResult {
  const spreads = groups.map((own) => {
    const middle = median(own);
    return own.map((value) => Math.abs(value - middle));
  });
  const { between, within } = sumsOfSquares(spreads);
  return fTest(between, within, groups.length, n);
}

export function groupsOf(values: Float64Array, group: Float64Array): Float64Array[] {
  const levels = [...new Set(group)].sort((a, b) => a - b);
  return levels.map((level) => values.filter((_, i) => group[i] === level));
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);

function median(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function sumsOfSquares(groups: readonly Float64Array[]): { readonly between: number; readonly within: number } {
  const n = groups.reduce((sum, own) => sum + own.length, 0);
  const all = groups.reduce((sum, own) => sum + own.reduce((a, b) => a + b / n, 0), 0);
  let [between, within] = [0, 0];
  for (const own of groups) {
    const mean = meanOf(own);
    between += own.length * (mean - all) ** 2;
    for (const value of own) within += (value - mean) ** 2;
  }
  return { between, within };
}

/** How two groups of numbers differ. */
export interface TwoGroups {
  /** Difference of means over the pooled standard deviation: second less first. */
  readonly cohenD: number;
  readonly welch: TestResult;
  /** U of the first group; p by the normal law with ties and continuity corrected. */
  readonly mannWhitney: TestResult;
  /** P(second > first) + P(equal) / 2. */
  readonly auc: number;
}

/** @see The significance of the difference between two means when the population variances are unequal, Biometrika 29 (1938). */
export function twoGroups(first: Float64Array, second: Float64Array): TwoGroups {
  const [n1, n2] = [first.length, second.length];
  const [m1, m2] = [meanOf(first), meanOf(second)];
  const [v1, v2] = [sampleVariance(first), sampleVariance(second)];
  const pooled = ((n1 - 1) * v1 + (n2 - 1) * v2) / (n1 + n2 - 2);
  const [e1, e2] = [v1 / n1, v2 / n2];
  const t = (m1 - m2) / Math.sqrt(e1 + e2);
  const degrees = (e1 + e2) ** 2 / (e1 ** 2 / (n1 - 1) + e2 ** 2 / (n2 - 1));
  const mannWhitney = mannWhitneyOf(first, second);
  return {
    cohenD: (m2 - m1) / Math.sqrt(pooled),
    welch: { statistic: t, pValue: studentTwoSided(t, degrees) },
    mannWhitney,
    auc: 1 - mannWhitney.statistic / (n1 * n2),
  };
}

function sampleVariance(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

function mannWhitneyOf(first: Float64Array, second: Float64Array): TestResult {
  const [n1, n2] = [first.length, second.length];
  const n = n1 + n2;
  const both = new Float64Array(n);
  both.set(first);
  both.set(second, n1);
  const ranks = midRanks(both);
  let sum = 0;
  for (let i = 0; i < n1; i++) sum += ranks[i]!;
  const statistic = sum - (n1 * (n1 + 1)) / 2;
  const z = (Math.max(statistic, n1 * n2 - statistic) - (n1 * n2) / 2 - 0.5) / rankSumDeviation(both, n1, n2);
  return { statistic, pValue: Math.min(1, 2 * normalSurvival(z)) };
}

/**
 * Standard deviation of Mann and Whitney's U of two samples with one law: sqrt(n1 n2 / 12 (n + 1 - T / (n (n - 1)))), T the sum of
 * t³ - t over the values that occur t times.
 * @param both The values of both samples, which have n1 and n2.
 */
export function rankSumDeviation(both: Float64Array, n1: number, n2: number): number {
  const n = n1 + n2;
  const sorted = sortedValues(both);
  let ties = 0;
  for (let from = 0; from < n; ) {
    let to = from;
    while (to < n && sorted[to] === sorted[from]) to++;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  return Math.sqrt(((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1))));
}
