import type { Frame } from '../data/frame';
import { countUnits, type RowUnits } from '../data/rowUnits';
import { crossFittedBoost } from '../dependence/boostedFit';
import { linearDesign } from '../dependence/design';
import { createRegression, logisticFit } from '../dependence/residuals';
import { midRanks } from '../numeric/ranks';
import type { Rng } from '../rng';
import { mixedSample } from './mixedSample';

/** How well a classifier tells synthetic from real rows it has not seen: 0.5 means not at all. */
export interface TwoSampleAuc {
  readonly auc: number;
  /** 95 %, with the real rows (or their units) alone as sample size. */
  readonly low: number;
  readonly high: number;
}

export interface TellApart {
  readonly linear: TwoSampleAuc;
  readonly boosted: TwoSampleAuc;
  readonly realRows: number;
  readonly syntheticRows: number;
}

const FOLDS = 5;
const MOST_ROWS = 1000;
const FEWEST_ROWS = 20;

/**
 * Classifier two-sample test: a logistic regression and boosted trees learn to tell synthetic from real rows, cross-fitted in
 * five folds by donor, with at most as many synthetic rows as real ones. Null with fewer than 20 complete real rows.
 * @param donor Row of `real` that each synthetic row started from, -1 where unknown. `units`: of the rows of `real`.
 * @see Revisiting classifier two-sample tests, ICLR 2017, section 3; the interval of an AUC: Radiology 143 (1982).
 */
export function classifierTest(
  real: Frame,
  synthetic: Frame,
  donor: Int32Array,
  units: RowUnits | null,
  rng: Rng,
): TellApart | null {
  const sample = mixedSample(
    real,
    synthetic,
    donor,
    units,
    { folds: FOLDS, most: MOST_ROWS, fewest: FEWEST_ROWS },
    rng,
  );
  if (!sample) return null;
  const { real: a, rows, fold } = sample;
  const features = sample.variables.filter(
    (feature) => new Set(feature.kind === 'numeric' ? feature.values : feature.codes).size > 1,
  );
  const label = Float64Array.from({ length: rows }, (_, row) => Number(row >= a.length));
  const ones = new Float64Array(rows).fill(1);
  const boosted = crossFittedBoost(features, label, 'probability', { fold, folds: FOLDS, trained: ones, scored: ones });
  const matrix = linearDesign(features).matrix(features, rows);
  const linear = new Float64Array(rows);
  for (let f = 0; f < FOLDS; f++) {
    const weights = Float64Array.from(fold, (own) => Number(own !== f));
    const { residual } = logisticFit(createRegression(matrix, weights), label);
    residual.forEach((rest, row) => {
      if (fold[row] === f) linear[row] = label[row]! - rest;
    });
  }
  const cases = countUnits(units, a);
  return {
    linear: aucOf(linear, fold, a.length, cases),
    boosted: aucOf(boosted, fold, a.length, cases),
    realRows: a.length,
    syntheticRows: rows - a.length,
  };
}

/**
 * Mean over folds of the AUC of the second part against the first: scores of different models have different levels.
 * @param cases Independent rows that the interval counts.
 */
function aucOf(scores: Float64Array, fold: Uint8Array, first: number, cases: number): TwoSampleAuc {
  let [sum, weight] = [0, 0];
  for (let f = 0; f < FOLDS; f++) {
    const rows = [...fold.keys()].filter((row) => fold[row] === f);
    const ranks = midRanks(Float64Array.from(rows, (row) => scores[row]!));
    const own = rows.flatMap((row, i) => (row >= first ? [ranks[i]!] : []));
    const others = rows.length - own.length;
    if (own.length === 0 || others === 0) continue;
    const pairs = own.length * others;
    sum += own.reduce((a, b) => a + b, 0) - (own.length * (own.length + 1)) / 2;
    weight += pairs;
  }
  const auc = weight > 0 ? sum / weight : 0.5;
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const variance =
    (auc * (1 - auc) + (cases - 1) * (q1 - auc * auc) + (cases - 1) * (q2 - auc * auc)) / (cases * cases);
  const reach = 1.96 * Math.sqrt(Math.max(0, variance));
  return { auc, low: Math.max(0, auc - reach), high: Math.min(1, auc + reach) };
}
