import { dealFolds, foldsOfUnits } from '../data/folds';
import type { ValueSpec } from '../data/frame';
import type { RowUnits } from '../data/rowUnits';
import { fitLogit } from '../mechanisms/linearFits';
import type { FitInput } from '../mechanisms/mechanism';
import { softmax } from '../mechanisms/softmaxRegression';
import { createRng } from '../rng';

export const FOLDS = 4;

export interface OutOfFoldLogit {
  /** Fold of each row, stratified by class, units whole. */
  readonly fold: Uint8Array;
  /** Row-major (rows, classes): probabilities by the fit without the row's fold. */
  readonly probabilities: Float64Array;
}

/**
 * P(class | parents) of every row by an additive spline logit that was fitted without it.
 * @param classes Shape (rows,): codes 0 to `labels.length` - 1. `parentColumns`: NaN for missing.
 */
export function outOfFoldLogit(
  labels: readonly string[],
  classes: Float64Array,
  parents: readonly ValueSpec[],
  parentColumns: readonly Float64Array[],
  purpose: string,
  units: RowUnits | null,
): OutOfFoldLogit {
  const rows = classes.length;
  const folds = foldsOfUnits(FOLDS, units);
  const fold = dealFolds({ rows, folds, stratum: (row) => classes[row]!, units }, createRng(0, purpose));
  const input: FitInput = {
    child: { name: 'class', kind: 'nominal', levels: labels, decimals: 0, datePattern: null },
    parents,
    values: classes,
    parentColumns,
    weights: new Float64Array(rows).fill(1),
    fold,
    folds,
    tieBreak: new Float64Array(rows).fill(0.5),
    targetParent: -1,
    limits: [],
    formula: null,
    firstCount: null,
  };
  const { foldPredictors } = (fitLogit(input, 'bent') ?? fitLogit(input, 'straight'))!;
  const byFold = foldPredictors.map((predictors) => softmax(predictors, rows));
  const k = labels.length;
  const probabilities = new Float64Array(rows * k);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < k; c++) probabilities[row * k + c] = byFold[fold[row]!]![row * k + c]!;
  return { fold, probabilities };
}
