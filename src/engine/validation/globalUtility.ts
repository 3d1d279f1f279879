import type { Frame } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { crossFittedBoost } from '../dependence/boostedFit';
import { scoresOf } from '../dependence/variable';
import type { Rng } from '../rng';
import type { Task } from '../task';
import { mixedSample } from './mixedSample';

/** How well one column of real rows is predicted from the others by a model that learned from real, or from synthetic rows. */
export interface ColumnUtility {
  readonly column: string;
  /** Share of the variance explained (of the most frequent level, for categories); may be below 0. */
  readonly fromReal: number;
  readonly fromSynthetic: number;
}

const FOLDS = 3;
const MOST_ROWS = 500;
const FEWEST_ROWS = 30;

/**
 * Every column predicted in turn from all others by boosted trees, on real rare rows that the model has not seen: once
 * learned from the other real rows, once from as many synthetic ones whose donors are not among the rows predicted.
 * @param donor Row of `real` each synthetic row started from, -1 where unknown. `units`: of the rows of `real`.
 * @returns Without columns that are constant in the real rows; empty with fewer than 30 complete real rows.
 */
export async function globalUtility(
  real: Frame,
  synthetic: Frame,
  donor: Int32Array,
  units: RowUnits | null,
  rng: Rng,
  task: Task,
): Promise<ColumnUtility[]> {
  const sample = mixedSample(
    real,
    synthetic,
    donor,
    units,
    { folds: FOLDS, most: MOST_ROWS, fewest: FEWEST_ROWS },
    rng,
  );
  if (!sample) return [];
  const { real: a, rows, variables, fold } = sample;
  const isReal = Float64Array.from({ length: rows }, (_, row) => Number(row < a.length));
  const isMade = isReal.map((value) => 1 - value);
  const utilities: ColumnUtility[] = [];
  for (const [c, spec] of real.specs.entries()) {
    await task.checkpoint(c / real.specs.length, 'Predicting every column from the others');
    const own = variables[c]!;
    const scores = scoresOf(own);
    const y = own.kind === 'categorical' ? indicatorOfFrequent(scores, a.length) : scores;
    // Of equal values rounding leaves a variance above 0, and a share of that would be beyond all bounds.
    if (y.subarray(0, a.length).every((value) => value === y[0])) continue;
    const spread = varianceOf(y, a.length);
    const features = variables.filter((_, other) => other !== c);
    const kind = own.kind === 'categorical' ? 'probability' : 'mean';
    const explained = (trained: Float64Array) => {
      const predicted = crossFittedBoost(features, y, kind, { fold, folds: FOLDS, trained, scored: isReal });
      let squares = 0;
      for (let row = 0; row < a.length; row++) squares += (y[row]! - predicted[row]!) ** 2 / a.length;
      return 1 - squares / spread;
    };
    utilities.push({ column: spec.name, fromReal: explained(isReal), fromSynthetic: explained(isMade) });
  }
  return utilities;
}

function indicatorOfFrequent(codes: Float64Array, rows: number): Float64Array {
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row++) counts.set(codes[row]!, (counts.get(codes[row]!) ?? 0) + 1);
  const [most] = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0])[0]!;
  return codes.map((code) => Number(code === most));
}

function varianceOf(values: Float64Array, rows: number): number {
  let [mean, squares] = [0, 0];
  for (let row = 0; row < rows; row++) mean += values[row]! / rows;
  for (let row = 0; row < rows; row++) squares += (values[row]! - mean) ** 2 / rows;
  return squares;
}
