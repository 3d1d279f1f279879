import { EngineError } from '../errors';
import { normalSurvival } from '../numeric/normal';
import { canonicalMatrix, totalMoments } from './canonical';
import { type DependenceResult, defineDependenceTest, type Variable } from './dependenceTest';
import { linearDesign } from './design';
import { createRegression, linearResidual } from './residuals';
import { lengthOf } from './variable';

/**
 * Tests x independent of y given z: statistic = sqrt(n - k - 3) atanh(r), r the correlation of the linear residuals of x
 * and y on z, k the number of design columns of z (an indicator a non-base level counts one); two-sided normal p-value.
 * A category with two levels counts as its code; x and y with more levels are refused.
 * @throws EngineError `too-few-rows` unless n > k + 3, `unsupported-column` for a category with more than two levels.
 * @see Estimating High-Dimensional Directed Acyclic Graphs with the PC-Algorithm, JMLR 8 (2007), section 2.
 */
export const partialCorrelation = defineDependenceTest({
  id: 'partial-correlation',
  label: 'Partial correlation (Fisher z)',
  assumes: 'jointly Gaussian columns',
  run(x, y, given, weights) {
    const rows = lengthOf(x);
    const design = linearDesign(given);
    const degrees = rows - (design.width - 1) - 3;
    if (degrees <= 0) {
      throw new EngineError(
        'too-few-rows',
        `Partial correlation given ${design.width - 1} columns needs more than ${design.width + 2} rows, got ${rows}.`,
        { rows, columns: design.width - 1 },
      );
    }
    const used = weights ?? new Float64Array(rows).fill(1);
    const regression = createRegression(design.matrix(given, rows), used);
    const residuals = [x, y].map((variable) => linearResidual(regression, scoresOf(variable)));
    const r = canonicalMatrix(totalMoments(residuals, used), 1, 1).matrix[0]!;
    const statistic = Math.sqrt(degrees) * Math.atanh(r);
    const result: DependenceResult = {
      statistic,
      pValue: 2 * normalSurvival(Math.abs(statistic)),
      effect: Math.abs(r),
      signedEffect: r,
      rows,
    };
    return result;
  },
});

function scoresOf(variable: Variable): Float64Array {
  if (variable.kind === 'numeric') return variable.values;
  if (variable.levels <= 2) return variable.codes;
  throw new EngineError(
    'unsupported-column',
    `Partial correlation needs numbers, and a column has ${variable.levels} categories: use a residual test.`,
    { levels: variable.levels },
  );
}
