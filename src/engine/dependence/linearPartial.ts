import { EngineError } from '../errors';
import { studentTwoSided } from '../numeric/specialFunctions';
import { canonicalMatrix, totalMoments } from './canonical';
import type { DependenceResult, Variable } from './dependenceTest';
import { linearDesign } from './design';
import { createRegression, linearResidual } from './residuals';
import { lengthOf, scoresOf } from './variable';

export interface LinearPartial {
  readonly r: number;
  readonly rows: number;
  /** Design columns of the conditions, the constant not counted. */
  readonly controls: number;
}

/**
 * Correlation of the linear residuals of x and y on z.
 * @param fewest Rows that must be left after the conditions: rows - controls >= fewest.
 * @throws EngineError `too-few-rows`; `unsupported-column` for a category with more than two levels as x or y.
 */
export function linearPartial(x: Variable, y: Variable, given: readonly Variable[], fewest: number): LinearPartial {
  const rows = lengthOf(x);
  const design = linearDesign(given);
  const controls = design.width - 1;
  if (rows - controls < fewest) {
    throw new EngineError(
      'too-few-rows',
      `Partial correlation given ${controls} columns needs at least ${controls + fewest} rows, got ${rows}.`,
      { rows, columns: controls },
    );
  }
  const weights = new Float64Array(rows).fill(1);
  const regression = createRegression(design.matrix(given, rows), weights);
  const residuals = [x, y].map((variable) => linearResidual(regression, oneColumn(variable)));
  return { r: canonicalMatrix(totalMoments(residuals, weights), 1, 1).matrix[0]!, rows, controls };
}

function oneColumn(variable: Variable): Float64Array {
  if (variable.kind !== 'categorical' || variable.levels <= 2) return scoresOf(variable);
  throw new EngineError(
    'unsupported-column',
    `Partial correlation needs numbers, and a column has ${variable.levels} categories: use a residual test.`,
    { levels: variable.levels },
  );
}

/** Standard normal quantile of 0.975. */
const NORMAL_REACH = 1.959963984540054;

/** What a test of a partial correlation found; with the 95 % interval tanh(atanh r ± 1.96 / sqrt(n - k - 3)). */
export function partialResult(
  { r, rows, controls }: LinearPartial,
  statistic: number,
  pValue: number,
): DependenceResult {
  const reach = NORMAL_REACH / Math.sqrt(rows - controls - 3);
  const [low, high] = [Math.tanh(Math.atanh(r) - reach), Math.tanh(Math.atanh(r) + reach)];
  return { statistic, pValue, effect: Math.abs(r), signedEffect: r, interval: { low, high }, rows, note: null };
}

/** The same judged by t = r sqrt(d / (1 - r²)) with d = n - 2 - k degrees of freedom. */
export function partialResultByT(found: LinearPartial): DependenceResult {
  const degrees = found.rows - 2 - found.controls;
  const statistic = found.r * Math.sqrt(degrees / (1 - found.r * found.r));
  return partialResult(found, statistic, studentTwoSided(statistic, degrees));
}
