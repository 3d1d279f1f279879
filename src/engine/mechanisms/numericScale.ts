import { weightedGram } from '../numeric/gram';
import { hasMoreValues } from '../numeric/hasMoreValues';
import type { LinearDesign } from './design';
import type { FitInput } from './mechanism';
import { solvePenalised, weightedMoment } from './ridge';
import type { Transform } from './transform';

/** Range, grid and scale of a numeric child, decided once and shared by the families that model it. */
export interface NumericScale {
  readonly transform: Transform;
  readonly lower: number;
  readonly upper: number;
  readonly grid: number;
}

/** Room beyond the range seen, as a share of it, where an effect is held to a direction. */
const MARGIN = 0.01;
/** Below this many rows per distinct value rounding is invisible and the value is treated as continuous. */
const ROWS_PER_VALUE = 1.5;

/**
 * The grid is the largest step all values are multiples of, from the lowest value on, when rounding is visible in the
 * data. The log scale is taken when all values are positive and a linear fit explains them better there:
 * n log s_identity > n log s_log + sum log v, both with the same number of coefficients. Where an effect is held to a direction
 * the scale is that of the range seen: cutting a law at the ends of a range could turn the effect round there.
 */
export function chooseScale(input: FitInput, design: LinearDesign, columns: readonly Float64Array[]): NumericScale {
  const { values, weights } = input;
  const { lower, upper, grid } = rangeOf(values, input.child.decimals);
  // A bound on an effect is in units of the child, so the child stays in them.
  const isBounded = input.limits.some(({ most }) => most < Infinity);
  if (!isBounded && upper > lower && input.limits.some(({ direction }) => direction !== 0)) {
    const margin = grid > 0 ? grid / 2 : MARGIN * (upper - lower);
    return { transform: { low: lower - margin, high: upper + margin }, lower, upper, grid };
  }
  if (isBounded || !(lower > 0)) return { transform: 'identity', lower, upper, grid };
  const gram = weightedGram(columns, weights);
  const spread = (response: Float64Array) => {
    const beta = solvePenalised(gram, weightedMoment(columns, response, weights), design.penalties);
    let squares = 0;
    let total = 0;
    for (let i = 0; i < response.length; i++) {
      let fitted = 0;
      for (let j = 0; j < columns.length; j++) fitted += beta[j]! * columns[j]![i]!;
      squares += weights[i]! * (response[i]! - fitted) ** 2;
      total += weights[i]!;
    }
    return 0.5 * Math.log(squares / total);
  };
  const logs = values.map((v) => Math.log(v));
  let meanLog = 0;
  let total = 0;
  for (let i = 0; i < logs.length; i++) {
    meanLog += weights[i]! * logs[i]!;
    total += weights[i]!;
  }
  const better = spread(logs) + meanLog / total < spread(values);
  return { transform: better ? 'log' : 'identity', lower, upper, grid };
}

/** Lowest and highest value and the grid they lie on. */
export function rangeOf(values: Float64Array, decimals: number): Omit<NumericScale, 'transform'> {
  let lower = Infinity;
  let upper = -Infinity;
  for (const v of values) {
    if (v < lower) lower = v;
    if (v > upper) upper = v;
  }
  return { lower, upper, grid: gridStep(values, decimals) };
}

/** 0 where rounding is invisible; else the step, at least 10^-decimals. */
function gridStep(values: Float64Array, decimals: number): number {
  if (hasMoreValues(values, values.length / ROWS_PER_VALUE)) return 0;
  const unit = 10 ** decimals;
  const low = Math.round(values[0]! * unit);
  let divisor = 0;
  for (const v of values) {
    const steps = Math.abs(Math.round(v * unit) - low);
    if (steps > Number.MAX_SAFE_INTEGER) return 0;
    divisor = greatestCommonDivisor(divisor, steps);
    if (divisor === 1) break;
  }
  return divisor / unit;
}

function greatestCommonDivisor(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y > 0) [x, y] = [y, x % y];
  return x;
}
