import { categoryAssociation } from '../association/categories';
import { rankSumDeviation } from '../association/groups';
import type { Frame, ValueSpec } from '../data/frame';
import { adjustmentById } from '../dependence/adjustments/catalogue';
import type { Interval } from '../dependence/comparison';
import { gather } from '../numeric/gather';
import { normalSurvival } from '../numeric/normal';
import { midRanks } from '../numeric/ranks';
import { createRng } from '../rng';
import { differenceOfShares } from './shares';

/** How a column's law differs between rare and common rows, and how its missing cells do. */
export interface ColumnDifference {
  readonly column: string;
  readonly kind: 'number' | 'category';
  /** Numbers: |2 P(rare > common) - 1|, equal values counting half. Categories: total variation. In [0, 1]. */
  readonly effect: number;
  /** 95 %. */
  readonly interval: Interval;
  /**
   * That rare and common rows have one law: rank sum test with ties for numbers, chi squared for categories, two-sided, adjusted
   * over the columns by Benjamini and Hochberg's method. 1 where a class has no known cell.
   */
  readonly pValue: number;
  /** Whether numbers of rare rows are mostly higher; null for categories. */
  readonly isHigher: boolean | null;
  /** Levels whose share grows most in rare rows, the first the most; empty for numbers. */
  readonly favoured: readonly { readonly level: string; readonly rare: number; readonly common: number }[];
  readonly missing: {
    readonly rare: number;
    readonly common: number;
    /** Rare less common share, 95 %. */
    readonly difference: Interval;
    /** Two-sided, adjusted over the columns by Holm's method; NaN where nothing is missing. */
    readonly pValue: number;
  };
}

const Z = 1.959963984540054;
const RESAMPLES = 400;
const MOST_FAVOURED = 3;

/** One entry a column but the target, in frame order. `isRare` is of shape (rows,), 1 for rare. */
export function columnDifferences(frame: Frame, isRare: Uint8Array, target: string): ColumnDifference[] {
  const rare: number[] = [];
  const common: number[] = [];
  for (let row = 0; row < frame.rows; row++) (isRare[row] === 1 ? rare : common).push(row);
  const found = frame.specs.flatMap((spec, c) => {
    if (spec.name === target) return [];
    const [a, b] = [rare, common].map((rows) => gather(frame.columns[c]!, rows)) as [Float64Array, Float64Array];
    const [known, others] = [a, b].map((values) => values.filter((v) => !Number.isNaN(v))) as [
      Float64Array,
      Float64Array,
    ];
    const law = spec.levels ? categoryDifference(spec, known, others) : numberDifference(known, others);
    return [{ column: spec.name, ...law, missing: missingDifference(a, b, known, others) }];
  });
  const tested = found.filter(({ missing }) => !Number.isNaN(missing.pValue));
  const adjusted = adjustmentById('holm').adjust(tested.map(({ missing }) => missing.pValue));
  const pValues = new Map(tested.map((one, i) => [one, adjusted[i]!]));
  const laws = adjustmentById('bh').adjust(found.map(({ pValue }) => pValue));
  return found.map((one, i) => ({
    ...one,
    pValue: laws[i]!,
    missing: { ...one.missing, pValue: pValues.get(one) ?? Number.NaN },
  }));
}

type Law = Pick<ColumnDifference, 'kind' | 'effect' | 'interval' | 'pValue' | 'isHigher' | 'favoured'>;

/**
 * d = 2 A - 1, A the area under the ROC curve, with DeLong's variance
 * var A = var_i(V10_i) / m + var_j(V01_j) / n, V10 and V01 the placements of each rare and common row.
 * @see Comparing the areas under two or more correlated receiver operating characteristic curves, Biometrics 44 (1988).
 */
function numberDifference(rare: Float64Array, common: Float64Array): Law {
  const [m, n] = [rare.length, common.length];
  const none: Law = {
    kind: 'number',
    effect: 0,
    interval: { low: 0, high: 1 },
    pValue: 1,
    isHigher: null,
    favoured: [],
  };
  if (m < 2 || n < 2) return none;
  const both = new Float64Array(m + n);
  both.set(rare);
  both.set(common, m);
  const ranks = midRanks(both);
  const [within, others] = [midRanks(rare), midRanks(common)];
  const v10 = within.map((rank, i) => (ranks[i]! - rank) / n);
  const v01 = others.map((rank, j) => 1 - (ranks[m + j]! - rank) / m);
  const area = v10.reduce((sum, v) => sum + v, 0) / m;
  const d = 2 * area - 1;
  const deviation = rankSumDeviation(both, m, n);
  const error = 2 * Math.sqrt(sampleVariance(v10) / m + sampleVariance(v01) / n);
  return {
    ...none,
    effect: Math.abs(d),
    interval: folded(d - Z * error, d + Z * error),
    // d is U less its mean, over half of m n.
    pValue: deviation > 0 ? 2 * normalSurvival((Math.abs(d) * m * n) / 2 / deviation) : 1,
    isHigher: d > 0,
  };
}

/** The interval of |d| from that of d. */
const folded = (low: number, high: number): Interval => ({
  low: low > 0 ? low : high < 0 ? -high : 0,
  high: Math.min(1, Math.max(Math.abs(low), Math.abs(high))),
});

function sampleVariance(values: Float64Array): number {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
}

/** TV = sum |p_k - q_k| / 2 with the basic bootstrap interval [2 TV - q97.5, 2 TV - q2.5], which takes its upward bias off. */
function categoryDifference({ name, levels }: ValueSpec, rare: Float64Array, common: Float64Array): Law {
  const countsOf = (values: Float64Array) => {
    const counts = new Float64Array(levels!.length);
    for (const code of values) counts[code]!++;
    return counts;
  };
  const [inRare, inCommon] = [countsOf(rare), countsOf(common)];
  const shares = (counts: Float64Array, n: number) => counts.map((count) => (n > 0 ? count / n : 0));
  const [p, q] = [shares(inRare, rare.length), shares(inCommon, common.length)];
  const isKnown = rare.length > 0 && common.length > 0;
  const distance = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, share, k) => sum + Math.abs(share - b[k]!), 0) / 2;
  const effect = isKnown ? distance(p, q) : 0;
  const rng = createRng(0, `diagnosis/${name}`);
  // Counts of a resample are close to independent normals with variance equal to their mean, then made to sum to n again.
  const resample = (law: Float64Array, n: number) => {
    const counts = law.map((share) => Math.max(0, n * share + Math.sqrt(n * share) * rng.normal()));
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => (total > 0 ? count / total : 0));
  };
  const draws = Float64Array.from({ length: RESAMPLES }, () =>
    distance(resample(p, rare.length), resample(q, common.length)),
  ).sort();
  const [low, high] = [
    2 * effect - draws[Math.floor(0.975 * RESAMPLES)]!,
    2 * effect - draws[Math.floor(0.025 * RESAMPLES)]!,
  ];
  const favoured = levels!
    .map((level, k) => ({ level, rare: p[k]!, common: q[k]! }))
    .filter((one) => one.rare > one.common)
    .sort((a, b) => b.rare - b.common - (a.rare - a.common))
    .slice(0, MOST_FAVOURED);
  const interval = { low: Math.max(0, low), high: Math.min(1, Math.max(effect, high)) };
  return {
    kind: 'category',
    effect,
    interval,
    pValue: isKnown ? categoryAssociation(Float64Array.from([...inRare, ...inCommon]), 2, levels!.length).pValue : 1,
    isHigher: null,
    favoured,
  };
}

function missingDifference(
  rare: Float64Array,
  common: Float64Array,
  knownRare: Float64Array,
  knownCommon: Float64Array,
): ColumnDifference['missing'] {
  const [m, n] = [rare.length, common.length];
  const [a, b] = [m - knownRare.length, n - knownCommon.length];
  const pooled = (a + b) / (m + n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n));
  const z = error > 0 ? Math.abs(a / m - b / n) / error : Number.NaN;
  return { rare: a / m, common: b / n, difference: differenceOfShares(a, m, b, n), pValue: 2 * normalSurvival(z) };
}
