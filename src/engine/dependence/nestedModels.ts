import { choleskyFactorJittered, choleskySolve } from '../numeric/linearAlgebra';
import { chiSquaredSurvival, fSurvival } from '../numeric/specialFunctions';
import type { Variable } from './dependenceTest';
import { type DesignMatrix, linearDesign } from './design';
import { fitProportionalOdds } from './proportionalOdds';
import { createRegression, linearResidual } from './residuals';
import { lengthOf } from './variable';

/** The law by which a column is regressed. */
export type ModelFamily = 'gaussian' | 'poisson' | 'multinomial' | 'proportional-odds';

const familyOf = (variable: Variable): ModelFamily => {
  if (variable.kind === 'ordinal') return 'proportional-odds';
  if (variable.kind === 'categorical') return 'multinomial';
  return variable.kind === 'numeric' && variable.isCount ? 'poisson' : 'gaussian';
};

export interface NestedComparison {
  readonly family: ModelFamily;
  /** F for `gaussian`, -2 log likelihood ratio else. */
  readonly statistic: number;
  readonly degrees: number;
  /** Degrees of the denominator of F; null for a likelihood ratio. */
  readonly residualDegrees: number | null;
  readonly pValue: number;
}

/**
 * Compares the regressions of y on `small` and on `small` and `more` (straight lines in numbers, indicators for levels):
 * the F test for numbers, the likelihood ratio 2 (L1 - L0) ~ chi-squared for logits, proportional odds and counts. Counts
 * that vary more than a Poisson law lets them have the ratio divided by their dispersion.
 * @see Generalized Linear Models, 2nd edition, Chapman and Hall 1989, sections 2.3 and 6.2.
 */
export function compareNested(y: Variable, small: readonly Variable[], more: readonly Variable[]): NestedComparison {
  const rows = lengthOf(y);
  const [d0, d1] = [linearDesign(small), linearDesign([...small, ...more])];
  return nestedTest(y, d0.matrix(small, rows), d1.matrix([...small, ...more], rows));
}

/** The same for designs that are given: the columns of `small` span a part of what those of `large` span. */
export function nestedTest(y: Variable, small: DesignMatrix, large: DesignMatrix): NestedComparison {
  const family = familyOf(y);
  const rows = small.rows;
  const levels = y.kind === 'categorical' ? new Set(y.codes).size : 2;
  const degrees = (rankOf(large) - rankOf(small)) * Math.max(1, levels - 1);
  const ones = new Float64Array(rows).fill(1);
  if (y.kind === 'numeric' && !y.isCount) {
    const [rss0, rss1] = [small, large].map((matrix) =>
      squares(linearResidual(createRegression(matrix, ones), y.values)),
    );
    const residualDegrees = rows - rankOf(large);
    const statistic = degrees > 0 ? (rss0! - rss1!) / degrees / (rss1! / residualDegrees) : 0;
    return {
      family,
      statistic,
      degrees,
      residualDegrees,
      pValue: degrees > 0 ? fSurvival(statistic, degrees, residualDegrees) : 1,
    };
  }
  let statistic: number;
  if (y.kind === 'numeric') {
    const [l0, l1] = [small, large].map((matrix) => fitPoisson(matrix, y.values));
    const dispersion = l1!.pearson / Math.max(1, rows - rankOf(large));
    statistic = (2 * (l1!.logLikelihood - l0!.logLikelihood)) / (dispersion > MOST_POISSON_DISPERSION ? dispersion : 1);
  } else {
    const likelihood = (matrix: DesignMatrix) =>
      y.kind === 'ordinal' ? fitProportionalOdds(matrix, y.codes, ones).logLikelihood : fitMultinomial(matrix, y.codes);
    statistic = 2 * (likelihood(large) - likelihood(small));
  }
  statistic = Math.max(0, statistic);
  return {
    family,
    statistic,
    degrees,
    residualDegrees: null,
    pValue: degrees > 0 ? chiSquaredSurvival(statistic, degrees) : 1,
  };
}

/** Above this a count is taken to vary more than a Poisson law lets it. */
const MOST_POISSON_DISPERSION = 1.5;
const MOST_STEPS = 50;

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** Columns of a design with a variance of their own: pivots of its Gram matrix that keep a digit. */
function rankOf({ rows, width, start, index, value }: DesignMatrix): number {
  const gram = new Float64Array(width * width);
  for (let row = 0; row < rows; row++)
    for (let i = start[row]!; i < start[row + 1]!; i++)
      for (let j = start[row]!; j <= i; j++) gram[index[i]! * width + index[j]!]! += value[i]! * value[j]!;
  let rank = 0;
  const l = new Float64Array(width * width);
  for (let j = 0; j < width; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = gram[j * width + k]!;
      for (let m = 0; m < k; m++) sum -= l[j * width + m]! * l[k * width + m]!;
      if (k === j) {
        const own = sum > 1e-9 * gram[j * width + j]! && sum > 0;
        l[j * width + j] = own ? Math.sqrt(sum) : 0;
        rank += Number(own);
      } else l[j * width + k] = l[k * width + k]! > 0 ? sum / l[k * width + k]! : 0;
    }
  }
  return rank;
}

/** Newton steps, halved while they make things worse; `pass` fills gradient and information (lower triangle). */
function maximise(
  start: Float64Array,
  pass: (at: Float64Array, gradient: Float64Array, information: Float64Array) => number,
): { readonly at: Float64Array; readonly value: number } {
  const size = start.length;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  let at = start;
  let value = pass(at, gradient, information);
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = choleskySolve(choleskyFactorJittered(information, size), size, gradient);
    let scale = 1;
    let next = at;
    let better = Number.NEGATIVE_INFINITY;
    for (let halving = 0; halving < 12 && !(better >= value); halving++, scale /= 2) {
      next = at.map((p, i) => p + scale * move[i]!);
      better = pass(next, gradient, information);
    }
    const gain = better - value;
    if (!(gain >= 0)) break;
    at = next;
    value = better;
    if (gain < 1e-11 * (1 + Math.abs(value))) break;
  }
  return { at, value };
}

/** Log-likelihood of the multinomial logit of codes on a design, first occurring level as base; levels that do not occur are left out. */
function fitMultinomial({ rows, width, start, index, value }: DesignMatrix, codes: Float64Array): number {
  const rank = new Map([...new Set(codes)].sort((a, b) => a - b).map((code, i) => [code, i]));
  const outputs = rank.size - 1;
  if (outputs < 1) return 0;
  const size = outputs * width;
  const p = new Float64Array(outputs);
  return maximise(new Float64Array(size), (at, gradient, information) => {
    gradient.fill(0);
    information.fill(0);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const [from, to] = [start[row]!, start[row + 1]!];
      let most = 0;
      for (let k = 0; k < outputs; k++) {
        let eta = 0;
        for (let i = from; i < to; i++) eta += value[i]! * at[k * width + index[i]!]!;
        p[k] = eta;
        most = Math.max(most, eta);
      }
      let total = Math.exp(-most);
      const own = rank.get(codes[row]!)! - 1;
      sum += (own >= 0 ? p[own]! : 0) - most;
      for (let k = 0; k < outputs; k++) {
        p[k] = Math.exp(p[k]! - most);
        total += p[k]!;
      }
      sum -= Math.log(total);
      for (let k = 0; k < outputs; k++) p[k]! /= total;
      for (let k = 0; k < outputs; k++) {
        const pull = Number(k === own) - p[k]!;
        for (let i = from; i < to; i++) gradient[k * width + index[i]!]! += pull * value[i]!;
        for (let m = 0; m <= k; m++) {
          const curve = p[k]! * (Number(m === k) - p[m]!);
          for (let i = from; i < to; i++)
            for (let j = from; j < to; j++)
              information[(k * width + index[i]!) * size + m * width + index[j]!]! += curve * value[i]! * value[j]!;
        }
      }
    }
    return sum;
  }).value;
}

/** Log-likelihood (without the factorials) and Pearson statistic of the Poisson regression with log link. */
function fitPoisson(
  { rows, width, start, index, value }: DesignMatrix,
  y: Float64Array,
): { readonly logLikelihood: number; readonly pearson: number } {
  const first = new Float64Array(width);
  first[0] = Math.log(
    Math.max(
      1e-9,
      y.reduce((sum, v) => sum + v / rows, 0),
    ),
  );
  let pearson = 0;
  const { value: logLikelihood } = maximise(first, (at, gradient, information) => {
    gradient.fill(0);
    information.fill(0);
    pearson = 0;
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      let eta = 0;
      for (let i = start[row]!; i < start[row + 1]!; i++) eta += value[i]! * at[index[i]!]!;
      const mu = Math.exp(Math.min(eta, 700));
      sum += y[row]! * eta - mu;
      pearson += (y[row]! - mu) ** 2 / mu;
      for (let i = start[row]!; i < start[row + 1]!; i++) {
        gradient[index[i]!]! += (y[row]! - mu) * value[i]!;
        for (let j = start[row]!; j <= i; j++)
          information[index[i]! * width + index[j]!]! += mu * value[i]! * value[j]!;
      }
    }
    return sum;
  });
  return { logLikelihood, pearson };
}
