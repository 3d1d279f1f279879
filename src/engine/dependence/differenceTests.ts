import { normalSurvival } from '../numeric/normal';
import { studentTwoSided } from '../numeric/specialFunctions';
import type { Variable } from './dependenceTest';
import { type DesignMatrix, linearDesign } from './design';
import { type Equivalence, twoOneSided } from './equivalence';
import { linearPartial } from './linearPartial';
import { type ChiSquaredResult, equalOddsRatios } from './mantelHaenszel';
import { type NestedComparison, nestedTest } from './nestedModels';
import { createRegression, linearResidual } from './residuals';
import type { CountTable } from './strata';
import { lengthOf, scoresOf } from './variable';

/** Columns of a sample: x and y with their conditions. */
export interface Triple {
  readonly x: Variable;
  readonly y: Variable;
  readonly given: readonly Variable[];
}

export interface FisherDifference {
  readonly correlations: readonly [number, number];
  /** atanh r1 - atanh r2: Cohen's q. */
  readonly q: number;
  readonly z: number;
  readonly pValue: number;
  readonly equivalence: Equivalence;
}

/**
 * Difference of two partial correlations of disjoint samples: z = q / sqrt(1 / (n1 - k - 3) + 1 / (n2 - k - 3)), with two
 * one-sided tests that |q| is below the margin.
 * @throws EngineError as the partial correlation.
 * @see Statistical Power Analysis for the Behavioral Sciences, 2nd edition, Erlbaum 1988, chapter 4.
 */
export function fisherDifference(first: Triple, second: Triple, margin: number): FisherDifference {
  const [a, b] = [first, second].map(({ x, y, given }) => linearPartial(x, y, given, 4));
  const q = Math.atanh(a!.r) - Math.atanh(b!.r);
  const standardError = Math.sqrt(1 / (a!.rows - a!.controls - 3) + 1 / (b!.rows - b!.controls - 3));
  const z = q / standardError;
  return {
    correlations: [a!.r, b!.r],
    q,
    z,
    pValue: 2 * normalSurvival(Math.abs(z)),
    equivalence: twoOneSided(q, margin, standardError),
  };
}

/** Two samples one after the other, with the design of parents and of parents by source. */
interface Stacked {
  readonly child: Variable;
  /** Parents; parents and source; parents, source and their products. */
  readonly pooled: DesignMatrix;
  readonly shifted: DesignMatrix;
  readonly separate: DesignMatrix;
}

function stack(first: readonly Variable[], second: readonly Variable[]): Stacked {
  const both = first.map((variable, i) => joined(variable, second[i]!));
  const [child, ...parents] = both;
  const rows = lengthOf(child!);
  const n1 = lengthOf(first[0]!);
  const design = linearDesign(parents);
  const pooled = design.matrix(parents, rows);
  return { child: child!, pooled, shifted: bySource(pooled, n1, 'intercept'), separate: bySource(pooled, n1, 'all') };
}

const joined = (a: Variable, b: Variable): Variable => {
  const values = new Float64Array(lengthOf(a) + lengthOf(b));
  values.set(scoresOf(a));
  values.set(scoresOf(b), lengthOf(a));
  return a.kind === 'numeric' ? { ...a, values } : { ...a, codes: values };
};

/** Adds to a design the columns times the indicator of the second sample: the constant alone, or all. */
function bySource(matrix: DesignMatrix, n1: number, which: 'intercept' | 'all'): DesignMatrix {
  const start = new Int32Array(matrix.rows + 1);
  const index: number[] = [];
  const value: number[] = [];
  for (let row = 0; row < matrix.rows; row++) {
    const [from, to] = [matrix.start[row]!, matrix.start[row + 1]!];
    for (let i = from; i < to; i++) {
      index.push(matrix.index[i]!);
      value.push(matrix.value[i]!);
    }
    if (row >= n1)
      for (let i = from; i < (which === 'all' ? to : from + 1); i++) {
        index.push(matrix.width + matrix.index[i]!);
        value.push(matrix.value[i]!);
      }
    start[row + 1] = index.length;
  }
  return {
    rows: matrix.rows,
    width: matrix.width + (which === 'all' ? matrix.width : 1),
    start,
    index: Uint16Array.from(index),
    value: Float64Array.from(value),
  };
}

export interface MechanismDifference {
  /** All of child ~ parents: level and slopes. For numbers it is Chow's test. */
  readonly all: NestedComparison;
  /** Slopes alone, levels free: what balancing must leave alone where the child is the target. */
  readonly slopes: NestedComparison;
}

/**
 * Is the mechanism child ~ parents the same in two samples? Regressions with the source as one more parent against those
 * without: F for numbers (Chow), likelihood ratio for logits, proportional odds and counts.
 * @see Tests of equality between sets of coefficients in two linear regressions, Econometrica 28 (1960).
 */
export function mechanismDifference(
  first: { readonly child: Variable; readonly parents: readonly Variable[] },
  second: { readonly child: Variable; readonly parents: readonly Variable[] },
): MechanismDifference {
  const { child, pooled, shifted, separate } = stack(
    [first.child, ...first.parents],
    [second.child, ...second.parents],
  );
  return { all: nestedTest(child, pooled, separate), slopes: nestedTest(child, shifted, separate) };
}

export interface SlopeDifference {
  /** Slope of x in y ~ x + z of the second sample less that of the first, its standard error with one error variance for both, t. */
  readonly interaction: { readonly coefficient: number; readonly standardError: number; readonly pValue: number };
  /** The first less the second, each with its own error variance, normal. */
  readonly wald: { readonly z: number; readonly pValue: number };
}

/** Does the slope of x in y ~ x + z differ between two samples of numbers? In units of y per unit of x. */
export function slopeDifference(first: Triple, second: Triple): SlopeDifference {
  const [a, b] = [slopeOf(first), slopeOf(second)];
  const z = (a.slope - b.slope) / Math.sqrt(a.variance + b.variance);
  const degrees = a.degrees + b.degrees;
  const pooledVariance = (a.rss + b.rss) / degrees;
  const standardError = Math.sqrt(pooledVariance * (a.unit + b.unit));
  const coefficient = b.slope - a.slope;
  return {
    interaction: { coefficient, standardError, pValue: studentTwoSided(coefficient / standardError, degrees) },
    wald: { z, pValue: 2 * normalSurvival(Math.abs(z)) },
  };
}

function slopeOf({ x, y, given }: Triple) {
  const rows = lengthOf(x);
  const ones = new Float64Array(rows).fill(1);
  const design = linearDesign(given);
  const regression = createRegression(design.matrix(given, rows), ones);
  const [rx, ry] = [linearResidual(regression, scoresOf(x)), linearResidual(regression, scoresOf(y))];
  const xx = rx.reduce((sum, value) => sum + value * value, 0);
  const slope = rx.reduce((sum, value, row) => sum + value * ry[row]!, 0) / xx;
  const rss = ry.reduce((sum, value, row) => sum + (value - slope * rx[row]!) ** 2, 0);
  const degrees = rows - design.width - 1;
  return { slope, rss, degrees, unit: 1 / xx, variance: rss / degrees / xx };
}

/** Log odds ratio of a 2 x 2 table and its variance 1/a + 1/b + 1/c + 1/d. */
function logOdds({ counts }: CountTable): { readonly value: number; readonly variance: number } {
  const [a, b, c, d] = Array.from(counts) as [number, number, number, number];
  return { value: Math.log((a * d) / (b * c)), variance: 1 / a + 1 / b + 1 / c + 1 / d };
}

export interface OddsDifference {
  readonly logOddsRatios: readonly [number, number];
  readonly woolf: { readonly z: number; readonly pValue: number };
  readonly tarone: ChiSquaredResult;
}

/**
 * Do two 2 x 2 tables have one odds ratio? Woolf's z of the difference of log odds ratios, and Tarone's test.
 * @see On estimating the relation between blood group and disease, Ann. Hum. Genet. 19 (1955).
 */
export function oddsDifference(first: CountTable, second: CountTable): OddsDifference {
  const [a, b] = [logOdds(first), logOdds(second)];
  const z = (a.value - b.value) / Math.sqrt(a.variance + b.variance);
  return {
    logOddsRatios: [a.value, b.value],
    woolf: { z, pValue: 2 * normalSurvival(Math.abs(z)) },
    tarone: equalOddsRatios([first, second]).tarone,
  };
}
