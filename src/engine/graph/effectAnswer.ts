import { type AdjustmentVerdict, checkAdjustment } from './adjustmentCheck';
import { canonicalAdjustmentSet, listAdjustmentSets, optimalAdjustmentSet } from './adjustmentSets';
import type { CausalMap, EdgeKey } from './causalMap';
import { dagOf, nodeIndex } from './dag';
import { type EffectKind, forbiddenNodes } from './effectGraph';
import { adjustmentEstimand, frontDoorEstimand } from './estimand';
import { frontDoorSets } from './frontDoor';
import { type Identification, identifyEffect } from './identify';
import { type Instrument, instruments } from './instrument';
import { type JudgedPath, listPaths } from './listPaths';
import { openEdges } from './pathEdges';

export interface EffectAsked {
  readonly exposure: string;
  readonly outcome: string;
  readonly effect: EffectKind;
  /** Nodes held fixed; what cannot be held (latent, the exposure, the outcome) is judged, not left out. */
  readonly held: readonly string[];
}

export interface EffectLimits {
  readonly sets?: number;
  readonly paths?: number;
}

/** Everything the map says about one effect. Sets are listed up to a limit, and whether there are more is told. */
export interface EffectAnswer {
  readonly asked: EffectAsked;
  readonly verdict: AdjustmentVerdict;
  /** Nodes that must not be held fixed for this effect. */
  readonly forbidden: readonly string[];
  readonly sets: readonly (readonly string[])[];
  readonly moreSets: boolean;
  readonly canonicalSet: readonly string[] | null;
  /** The set with the smallest variance in linear models; null where none is the best in every model, and for direct effects. */
  readonly optimalSet: readonly string[] | null;
  readonly paths: readonly JudgedPath[];
  readonly morePaths: boolean;
  /** Edges on open causal and on open biasing paths, of the paths listed. */
  readonly open: { readonly causal: readonly EdgeKey[]; readonly biasing: readonly EdgeKey[] };
  /**
   * Ways to the total effect beside adjustment; null for direct effects, where rows were chosen by a node,
   * and where exposure or outcome is not recorded.
   */
  readonly otherWays: {
    readonly frontDoor: { readonly sets: readonly (readonly string[])[]; readonly truncated: boolean };
    readonly instruments: readonly Instrument[];
    readonly identification: Identification;
  } | null;
}

/**
 * One question about an effect, answered for screen and command line alike. Nodes of the map by which rows were chosen are
 * held fixed in every answer.
 * @throws EngineError as `effectGraph`; `unknown-column` for a name the map does not have.
 */
export function answerEffect(
  map: CausalMap,
  asked: EffectAsked,
  { sets: mostSets = 20, paths: mostPaths = 100 }: EffectLimits = {},
): EffectAnswer {
  const { exposure, outcome, effect, held } = asked;
  const dag = dagOf(map);
  const selected = dag.selected.map((i) => dag.names[i]!);
  const question = { exposures: [exposure], outcomes: [outcome], effect, selected };
  const { sets, truncated } = listAdjustmentSets(dag, question, { limit: mostSets });
  const { paths, truncated: morePaths } = listPaths(dag, exposure, outcome, [...held, ...selected], mostPaths);
  const hasOtherWays =
    effect === 'total' &&
    selected.length === 0 &&
    ![exposure, outcome].some((name) => dag.latent[nodeIndex(dag, name)]);
  const front = hasOtherWays ? frontDoorSets(dag, exposure, outcome, mostSets) : { sets: [], truncated: false };
  return {
    asked,
    verdict: checkAdjustment(dag, question, held),
    forbidden: forbiddenNodes(dag, question),
    sets,
    moreSets: truncated,
    canonicalSet: canonicalAdjustmentSet(dag, question),
    optimalSet: effect === 'total' && selected.length === 0 ? optimalAdjustmentSet(dag, [exposure], [outcome]) : null,
    paths,
    morePaths,
    open: openEdges(paths),
    otherWays: hasOtherWays
      ? {
          frontDoor: front,
          instruments: instruments(dag, exposure, outcome),
          identification: identified(map, exposure, outcome, sets[0], front.sets[0]),
        }
      : null,
  };
}

/** The shortest formula there is: by adjustment, else by the front door, else as the ID algorithm finds it. */
function identified(
  map: CausalMap,
  exposure: string,
  outcome: string,
  adjustment: readonly string[] | undefined,
  front: readonly string[] | undefined,
): Identification {
  if (adjustment)
    return { isIdentified: true, estimand: adjustmentEstimand(exposure, outcome, adjustment), anyValueOf: [] };
  if (front) return { isIdentified: true, estimand: frontDoorEstimand(exposure, outcome, front), anyValueOf: [] };
  return identifyEffect(map, [exposure], [outcome]);
}
