import type { Frame } from '../data/frame';
import { addMoments, momentLength } from './canonical';
import type { Interval } from './comparison';
import { splineDesign } from './design';
import type { DonorBootstrap } from './donorBootstrap';
import { createRegression, linearResidual, residualColumns } from './residuals';
import { effectOf, reachOf, rootRank, sampleEffects } from './sampleEffects';
import { columnIndex, completeRows } from './statementRows';
import { variableOf } from './variable';

/** Real held-out rows followed by synthetic ones. */
export interface LabelledRows {
  readonly frame: Frame;
  /** The first so many rows are real. */
  readonly realRows: number;
  /** Bootstrap group of each row: a synthetic row is in its donor's. */
  readonly group: Int32Array;
}

export interface LabelEffect {
  /** In [0, 1]: what "synthetic or real" says about the node once its parents are known; about 0 for the same mechanism. */
  readonly effect: number;
  readonly interval: Interval;
  readonly realRows: number;
}

/**
 * Does "synthetic or real" say anything about a node once its parents are known? The root mean square canonical correlation
 * of the label's residual with the node's (its level) and, for numbers, with the square of it (its spread), both regressed on
 * the parents by splines; real and synthetic rows weigh the same in all, and the interval is a bootstrap over donors.
 * @returns Null where too few rows are complete or nothing varies.
 * @see Mechanism change as a conditional independence of the source: DoWhy, JMLR 25 (2024), distribution change.
 */
export function labelEffect(
  rows: LabelledRows,
  node: string,
  parents: readonly string[],
  bootstrap: DonorBootstrap,
): LabelEffect | null {
  const { frame, group } = rows;
  const indices = [node, ...parents].map((name) => columnIndex(frame, name));
  const kept = completeRows(
    indices.map((c) => frame.columns[c]!),
    frame.rows,
  );
  let real = 0;
  while (real < kept.length && kept[real]! < rows.realRows) real++;
  const made = kept.length - real;
  const [child, ...conditions] = indices.map((c) => variableOf(frame, c, kept, real));
  const design = splineDesign(conditions, real);
  if (real < design.width + 8 || made < design.width + 8) return null;
  const weights = new Float64Array(kept.length).fill(1 / real);
  weights.fill(1 / made, real);
  for (let row = 0; row < weights.length; row++) weights[row]! *= kept.length / 2;
  const regression = createRegression(design.matrix(conditions, kept.length), weights);
  const label = Float64Array.from({ length: kept.length }, (_, row) => Number(row >= real));
  const labelResidual = residualColumns(regression, { kind: 'categorical', codes: label, levels: 2 }, 'logistic');
  const level = residualColumns(regression, child!, 'logistic');
  const spread =
    child!.kind === 'numeric'
      ? [
          linearResidual(
            regression,
            level[0]!.map((value) => value * value),
          ),
        ]
      : [];
  const columns = [...labelResidual, ...level, ...spread];
  const length = momentLength(columns.length);
  const perGroup = new Float64Array(bootstrap.groups * length);
  kept.forEach((row, i) => {
    addMoments(perGroup, group[row]! * length, columns, i, weights[i]!);
  });
  const total = new Float64Array(length);
  for (let i = 0; i < perGroup.length; i++) total[i % length]! += perGroup[i]!;
  const effects = sampleEffects({ p: 1, q: columns.length - 1, perGroup, total, rows: real }, bootstrap);
  if (!effects.isDefined) return null;
  const { value, interval } = effectOf(effects, reachOf(real, design.width, bootstrap.groups), rootRank(effects));
  return { effect: value, interval, realRows: real };
}
