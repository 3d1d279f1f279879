import { choleskyFactorJittered, choleskySolve } from '../numeric/linearAlgebra';
import type { DesignMatrix } from './design';

/** P(y <= j | x) = 1 / (1 + exp(-(threshold[j] - x β))): one slope a column of the design but its constant. */
export interface ProportionalOdds {
  /** Rising; one a level but the last of those that occur. */
  readonly thresholds: Float64Array;
  /** Shape (width,), 0 for the constant. */
  readonly slopes: Float64Array;
  readonly logLikelihood: number;
  /** Codes of the levels that occur, rising. */
  readonly levels: readonly number[];
}

const MOST_STEPS = 40;
const MOST_HALVINGS = 12;
const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Maximum likelihood by Newton's method with step halving; levels without weight are left out.
 * @param codes Level codes, shape (rows,). @param weights Shape (rows,).
 * @param ridge Penalty on slopes, in rows: keeps separated levels finite.
 * @see Regression models for ordinal data, JRSS B 42 (1980), section 2.
 */
export function fitProportionalOdds(
  matrix: DesignMatrix,
  codes: Float64Array,
  weights: Float64Array,
  ridge = 0,
): ProportionalOdds {
  const mass = new Map<number, number>();
  codes.forEach((code, row) => {
    if (weights[row]! > 0) mass.set(code, (mass.get(code) ?? 0) + weights[row]!);
  });
  const levels = [...mass.keys()].sort((a, b) => a - b);
  const cuts = Math.max(0, levels.length - 1);
  const total = [...mass.values()].reduce((a, b) => a + b, 0);
  const size = cuts + matrix.width - 1;
  let parameters = new Float64Array(size);
  let below = 0;
  for (let j = 0; j < cuts; j++) {
    below += mass.get(levels[j]!)!;
    parameters[j] = Math.log(below / (total - below));
  }
  if (cuts === 0)
    return { thresholds: new Float64Array(0), slopes: new Float64Array(matrix.width), logLikelihood: 0, levels };
  const rank = new Map(levels.map((level, i) => [level, i]));
  const ranks = codes.map((code) => rank.get(code) ?? 0);
  const evaluate = (at: Float64Array, derivatives: Derivatives | null) =>
    pass(matrix, ranks, weights, cuts, at, ridge, derivatives);
  const derivatives: Derivatives = { gradient: new Float64Array(size), information: new Float64Array(size * size) };
  let value = evaluate(parameters, derivatives);
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = choleskySolve(choleskyFactorJittered(derivatives.information, size), size, derivatives.gradient);
    let scale = 1;
    let next = parameters;
    let better = Number.NEGATIVE_INFINITY;
    for (let halving = 0; halving < MOST_HALVINGS && !(better >= value); halving++, scale /= 2) {
      next = parameters.map((p, i) => p + scale * move[i]!);
      better = evaluate(next, null);
    }
    const gain = better - value;
    if (!(gain >= 0)) break;
    parameters = next;
    value = evaluate(parameters, derivatives);
    if (gain < 1e-10 * (1 + Math.abs(value))) break;
  }
  return {
    thresholds: parameters.slice(0, cuts),
    slopes: Float64Array.from({ length: matrix.width }, (_, i) => (i === 0 ? 0 : parameters[cuts + i - 1]!)),
    logLikelihood: value,
    levels,
  };
}

interface Derivatives {
  readonly gradient: Float64Array;
  /** Minus the second derivatives; lower triangle. */
  readonly information: Float64Array;
}

/** Penalised log-likelihood, -Infinity where thresholds cross; fills `derivatives` where they are asked for. */
function pass(
  { rows, start, index, value }: DesignMatrix,
  ranks: Float64Array,
  weights: Float64Array,
  cuts: number,
  parameters: Float64Array,
  ridge: number,
  derivatives: Derivatives | null,
): number {
  const size = parameters.length;
  derivatives?.gradient.fill(0);
  derivatives?.information.fill(0);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights[row]!;
    if (weight === 0) continue;
    let eta = 0;
    // The first entry of a row is the constant, which the thresholds stand for.
    for (let i = start[row]! + 1; i < start[row + 1]!; i++) eta += value[i]! * parameters[cuts + index[i]! - 1]!;
    const rank = ranks[row]!;
    const upper = rank < cuts ? sigma(parameters[rank]! - eta) : 1;
    const lower = rank > 0 ? sigma(parameters[rank - 1]! - eta) : 0;
    const p = upper - lower;
    if (!(p > 0)) return Number.NEGATIVE_INFINITY;
    sum += weight * Math.log(p);
    if (derivatives === null) continue;
    const fu = upper * (1 - upper);
    const fl = lower * (1 - lower);
    const { gradient, information } = derivatives;
    const dEta = -weight * (1 - upper - lower);
    const curveEta = weight * (fu + fl);
    if (rank < cuts) {
      gradient[rank]! += (weight * fu) / p;
      information[rank * size + rank]! -= (weight * (fu * (1 - 2 * upper) * p - fu * fu)) / (p * p);
      if (rank > 0) information[rank * size + rank - 1]! -= (weight * fu * fl) / (p * p);
    }
    if (rank > 0) {
      gradient[rank - 1]! -= (weight * fl) / p;
      information[(rank - 1) * size + rank - 1]! += (weight * (fl * (1 - 2 * lower) * p + fl * fl)) / (p * p);
    }
    for (let i = start[row]! + 1; i < start[row + 1]!; i++) {
      const at = cuts + index[i]! - 1;
      gradient[at]! += dEta * value[i]!;
      if (rank < cuts) information[at * size + rank]! -= weight * fu * value[i]!;
      if (rank > 0) information[at * size + rank - 1]! -= weight * fl * value[i]!;
      for (let j = start[row]! + 1; j <= i; j++)
        information[at * size + cuts + index[j]! - 1]! += curveEta * value[i]! * value[j]!;
    }
  }
  for (let i = cuts; i < size; i++) {
    sum -= (ridge / 2) * parameters[i]! ** 2;
    if (derivatives === null) continue;
    derivatives.gradient[i]! -= ridge * parameters[i]!;
    derivatives.information[i * size + i]! += ridge;
  }
  return sum;
}

/**
 * Probability-scale residuals P(Y < y) - P(Y > y) = F(y-) + F(y) - 1 of the fitted law: one column for an order, with mean
 * 0 given x whatever the number of levels.
 * @see A new residual for ordinal outcomes, Biometrika 99 (2012), section 2.
 */
export function probabilityScaleResidual(
  { rows, start, index, value }: DesignMatrix,
  codes: Float64Array,
  { thresholds, slopes, levels }: ProportionalOdds,
): Float64Array {
  const rank = new Map(levels.map((level, i) => [level, i]));
  const residual = new Float64Array(rows);
  if (thresholds.length === 0) return residual;
  for (let row = 0; row < rows; row++) {
    let eta = 0;
    for (let i = start[row]! + 1; i < start[row + 1]!; i++) eta += value[i]! * slopes[index[i]!]!;
    const at = rank.get(codes[row]!) ?? 0;
    const upper = at < thresholds.length ? sigma(thresholds[at]! - eta) : 1;
    const lower = at > 0 ? sigma(thresholds[at - 1]! - eta) : 0;
    residual[row] = lower + upper - 1;
  }
  return residual;
}
