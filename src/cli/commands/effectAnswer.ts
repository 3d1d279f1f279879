import { type AdjustmentVerdict, checkAdjustment } from '../../engine/graph/adjustmentCheck';
import { canonicalAdjustmentSet, listAdjustmentSets, optimalAdjustmentSet } from '../../engine/graph/adjustmentSets';
import type { Dag } from '../../engine/graph/dag';
import { type EffectKind, forbiddenNodes } from '../../engine/graph/effectGraph';
import { listPaths } from '../../engine/graph/listPaths';
import { listed, shownName } from '../../engine/graph/path';

/** More sets or paths than this help nobody who reads them; whether there are more is printed. */
const most = 20;

export interface EffectAnswer {
  readonly effect: EffectKind;
  readonly forbidden: readonly string[];
  readonly minimalSets: readonly (readonly string[])[];
  readonly truncated: boolean;
  readonly canonicalSet: readonly string[] | null;
  /** The set with the smallest variance in linear models; total effect only. */
  readonly optimalSet: readonly string[] | null;
  /** The set asked about; null when none was. */
  readonly check: AdjustmentVerdict | null;
}

/** What a map says about the effect of the exposure on the outcome: sets to adjust for, total and direct, and the paths. */
export function effectAnswers(dag: Dag, exposure: string, outcome: string, asked: readonly string[] | null) {
  const answer = (effect: EffectKind): EffectAnswer => {
    const question = { exposures: [exposure], outcomes: [outcome], effect };
    const { sets, truncated } = listAdjustmentSets(dag, question, { limit: most });
    return {
      effect,
      forbidden: forbiddenNodes(dag, question),
      minimalSets: sets,
      truncated,
      canonicalSet: canonicalAdjustmentSet(dag, question),
      optimalSet: effect === 'total' ? optimalAdjustmentSet(dag, [exposure], [outcome]) : null,
      check: asked === null ? null : checkAdjustment(dag, question, asked),
    };
  };
  const { paths, truncated } = listPaths(dag, exposure, outcome, asked ?? [], most);
  return {
    effects: [answer('total'), answer('direct')],
    paths: paths.map(({ text, causal, open, reason }) => ({ text, causal, open, reason })),
    pathsTruncated: truncated,
  };
}

/** The same in lines to read. */
export function effectLines(
  exposure: string,
  outcome: string,
  { effects, paths, pathsTruncated }: ReturnType<typeof effectAnswers>,
): string[] {
  const ends = `${shownName(exposure)} on ${shownName(outcome)}`;
  const more = 'and more';
  return [
    ...effects.flatMap(({ effect, minimalSets, truncated, check }) => [
      `To read the ${effect} effect of ${ends}, adjust for: ${minimalSets.length === 0 ? 'no set of recorded nodes is enough' : [...minimalSets.map(setText), ...(truncated ? [more] : [])].join('; or ')}`,
      ...(check === null ? [] : [`  ${check.sentence}`]),
    ]),
    ...(paths.length === 0 ? [] : [`Paths from ${shownName(exposure)} to ${shownName(outcome)}:`]),
    ...paths.map(
      ({ text, causal, open, reason }) =>
        `  ${text}: ${causal ? 'causal, ' : ''}${open ? 'open' : 'blocked'}. ${reason}`,
    ),
    ...(pathsTruncated ? [`  ${more}`] : []),
  ];
}

const setText = (set: readonly string[]): string => (set.length === 0 ? 'nothing' : listed(set.map(shownName)));
