import { EngineError } from '../errors';
import { fSurvival } from '../numeric/specialFunctions';
import { canonicalMatrix, pillaiTrace, rmsCanonical, totalMoments } from './canonical';
import type { DependenceResult, Variable } from './dependenceTest';
import { linearDesign } from './design';
import { refuseFewRows } from './fewRows';
import { createRegression, type LevelModel, residualColumns } from './residuals';
import { lengthOf } from './variable';

/**
 * Pillai's trace V of the residuals of x and y on z (straight lines in numbers, indicators for levels):
 * F = (V / d1) (d2 / (s - V)), p and q residual columns, s = min(p, q), d1 = p q, d2 = s (n - 1 + s - p - q - k), k the
 * design columns of z. Without the -k the test rejects too often for small n.
 * @throws EngineError `too-few-rows` where no degrees of freedom are left.
 */
export function runPillai(
  x: Variable,
  y: Variable,
  given: readonly Variable[],
  levelModel: LevelModel,
): DependenceResult {
  const rows = lengthOf(x);
  const design = linearDesign(given);
  refuseFewRows("Pillai's test", rows, design.width + 2);
  const used = new Float64Array(rows).fill(1);
  const regression = createRegression(design.matrix(given, rows), used);
  const residualX = residualColumns(regression, x, levelModel);
  const residualY = residualColumns(regression, y, levelModel);
  const canonical = canonicalMatrix(
    totalMoments([...residualX, ...residualY], used),
    residualX.length,
    residualY.length,
  );
  const { rankX: p, rankY: q } = canonical;
  const s = Math.min(p, q);
  const d2 = s * (rows - 1 + s - p - q - (design.width - 1));
  if (d2 <= 0 && s > 0) {
    throw new EngineError(
      'too-few-rows',
      `Pillai's test with ${p} and ${q} columns given ${design.width - 1} needs more rows than ${rows}.`,
      { rows },
    );
  }
  const trace = pillaiTrace(canonical);
  const statistic = s === 0 ? 0 : (trace / (p * q)) * (d2 / Math.max(0, s - trace));
  return {
    statistic,
    pValue: s === 0 ? 1 : fSurvival(statistic, p * q, d2),
    effect: rmsCanonical(canonical),
    signedEffect: residualX.length === 1 && residualY.length === 1 ? canonical.matrix[0]! : null,
    rows,
    note: null,
  };
}
