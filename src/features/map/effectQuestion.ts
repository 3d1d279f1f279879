import { type AdjustmentVerdict, checkAdjustment } from '../../engine/graph/adjustmentCheck';
import { listAdjustmentSets, optimalAdjustmentSet } from '../../engine/graph/adjustmentSets';
import type { CausalMap } from '../../engine/graph/causalMap';
import { dagOf } from '../../engine/graph/dag';
import { type EffectKind, forbiddenNodes } from '../../engine/graph/effectGraph';
import { type JudgedPath, listPaths } from '../../engine/graph/listPaths';

/** More sets or paths than this help nobody who reads them. */
const MOST_SETS = 8;
const MOST_PATHS = 40;

/** What the map says of the effect of the exposure on the outcome once some columns are held fixed. */
export interface EffectAnswer {
  /** The columns held fixed that this question leaves free to hold: what verdict and paths are about. */
  readonly held: readonly string[];
  readonly sets: readonly (readonly string[])[];
  readonly moreSets: boolean;
  /** The set whose estimate varies least, in linear models; null where there is none. */
  readonly best: readonly string[] | null;
  readonly verdict: AdjustmentVerdict;
  readonly paths: readonly JudgedPath[];
  readonly morePaths: boolean;
  /** Columns that can be held fixed, and whether the map forbids it for this effect. */
  readonly choices: readonly { readonly name: string; readonly isForbidden: boolean }[];
}

/** Null where the map has no question yet: exposure or outcome not chosen, or not on the map. */
export function answerEffect(
  map: CausalMap,
  exposure: string | null,
  outcome: string | null,
  effect: EffectKind,
  held: readonly string[],
): EffectAnswer | null {
  if (exposure === null || outcome === null || exposure === outcome) return null;
  const names = new Set(map.nodes.map(({ name }) => name));
  if (!names.has(exposure) || !names.has(outcome)) return null;
  const dag = dagOf(map);
  const question = { exposures: [exposure], outcomes: [outcome], effect };
  const choices = map.nodes.filter(({ name, latent }) => !latent && name !== exposure && name !== outcome);
  const given = held.filter((name) => choices.some((choice) => choice.name === name));
  const { sets, truncated } = listAdjustmentSets(dag, question, { limit: MOST_SETS });
  const list = listPaths(dag, exposure, outcome, given, MOST_PATHS);
  const forbidden = new Set(forbiddenNodes(dag, question));
  return {
    held: given,
    sets,
    moreSets: truncated,
    best: effect === 'total' && sets.length > 0 ? optimalAdjustmentSet(dag, [exposure], [outcome]) : null,
    verdict: checkAdjustment(dag, question, given),
    paths: list.paths,
    morePaths: list.truncated,
    choices: choices.map(({ name }) => ({ name, isForbidden: forbidden.has(name) })),
  };
}

export const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));
