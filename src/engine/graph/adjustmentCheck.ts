import { type Dag, directedPath, nodeIndex } from './dag';
import { findOpenPath, type OpenPath, separated } from './dSeparation';
import { type EffectGraph, type EffectQuestion, effectGraph } from './effectGraph';
import { type DrawnPath, directedPathOf, listed, shownName } from './path';

export type AdjustmentFault = 'latent' | 'endpoint' | 'forbidden' | 'open-path' | 'selection';

export interface AdjustmentVerdict {
  readonly valid: boolean;
  /** Why the set is not enough; null when it is. */
  readonly fault: AdjustmentFault | null;
  /** The nodes of the set that may not be in it. */
  readonly offending: readonly string[];
  /** The way from the causal path down to the first offending node, or the path left open; null when neither applies. */
  readonly path: DrawnPath | OpenPath | null;
  /** One sentence: what is wrong, where. */
  readonly sentence: string;
}

/**
 * Whether adjusting for `given` (the nodes held fixed, selected nodes not named again) is enough to read the effect of the
 * exposures on the outcomes from observed rows, in every model with this map: no node of it is forbidden and it blocks every
 * path that is not part of the effect. With selected nodes also: the outcomes are separated from them in the cut graph, so
 * that the choice of rows left the outcomes' distribution in place.
 * @throws EngineError as `effectGraph`; `unknown-column` for a name in `given`.
 * @see On the validity of covariate adjustment for estimating causal effects, UAI 2010, theorem 5; Separators and
 * adjustment sets in causal graphs, Artificial Intelligence 270 (2019), section 5; Recovering causal effects from selection
 * bias, AAAI 2015.
 */
export function checkAdjustment(dag: Dag, question: EffectQuestion, given: readonly string[]): AdjustmentVerdict {
  const graph = effectGraph(dag, question);
  const nodes = given.map((name) => nodeIndex(dag, name));
  const names = (indices: readonly number[]) => indices.map((i) => dag.names[i]!);
  const shown = (indices: readonly number[]) => listed(names(indices).map(shownName));

  const latent = nodes.filter((node) => dag.latent[node]);
  if (latent.length > 0)
    return fault('latent', names(latent), null, `${shown(latent)} cannot be held fixed: it is not recorded.`);
  const ends = nodes.filter((node) => graph.exposures.includes(node) || graph.outcomes.includes(node));
  if (ends.length > 0)
    return fault('endpoint', names(ends), null, `${shown(ends)} is part of the question and cannot be held fixed.`);
  const forbidden = nodes.filter((node) => graph.forbidden[node]);
  if (forbidden.length > 0) {
    const path = wayToForbidden(dag, graph, question, forbidden[0]!);
    const because =
      question.effect === 'total'
        ? 'an effect of the exposure on the way to the outcome, or below it'
        : 'an effect of the outcome';
    return fault(
      'forbidden',
      names(forbidden),
      path,
      `${shown(forbidden)} must not be held fixed: ${because} (${path.text}).`,
    );
  }
  const open = findOpenPath(graph.cut, question.exposures, question.outcomes, [...given, ...names(graph.selected)]);
  if (open)
    return fault(
      'open-path',
      [],
      open,
      `A path that is not part of the effect stays open: ${open.text}${whyOpen(open)}.`,
    );
  if (!outcomesFreeOfSelection(graph)) {
    const tie = findOpenPath(graph.cut, question.outcomes, names(graph.selected), []);
    return fault(
      'selection',
      names(graph.selected),
      tie,
      `Rows were chosen by ${shown(graph.selected)}, which is tied to the outcome${tie ? ` (${tie.text})` : ''}: no adjustment repairs that.`,
    );
  }
  const held = given.length > 0 ? `Holding ${listed(given.map(shownName))} fixed` : 'Adjusting for nothing';
  return { valid: true, fault: null, offending: [], path: null, sentence: `${held} is enough.` };
}

const fault = (
  kind: AdjustmentFault,
  offending: readonly string[],
  path: DrawnPath | OpenPath | null,
  sentence: string,
): AdjustmentVerdict => ({ valid: false, fault: kind, offending, path, sentence });

/** Whether the outcomes are independent of how rows were chosen once the causal paths are cut. */
export const outcomesFreeOfSelection = ({ cut, outcomes, selected }: EffectGraph): boolean =>
  selected.length === 0 ||
  (!selected.some((node) => outcomes.includes(node)) && separated(cut, outcomes, selected, []));

/** A shortest directed path from an exposure (total) or an outcome (direct) to a forbidden node. */
function wayToForbidden(
  dag: Dag,
  { exposures, outcomes }: EffectGraph,
  { effect }: EffectQuestion,
  node: number,
): DrawnPath {
  const path = (effect === 'total' ? exposures : outcomes)
    .map((start) => directedPath(dag, start, node))
    .filter((found) => found !== null)
    .reduce((best, found) => (found.length < best.length ? found : best));
  return directedPathOf(path.map((i) => dag.names[i]!));
}

const whyOpen = ({ colliders }: OpenPath): string =>
  colliders.length === 0
    ? ''
    : `, because ${listed(colliders.map(({ node, openedBy }) => (node === openedBy ? `${shownName(node)} is held fixed` : `${shownName(openedBy)}, below ${shownName(node)}, is held fixed`)))}`;

/**
 * Whether the odds ratio between one exposure and one outcome can be read after adjusting for `given` although rows were
 * chosen by the selected node, as in a case-control table: `given` is enough were no rows chosen, and the exposure is
 * separated from the selected node by the outcome and `given`.
 * @throws EngineError as `checkAdjustment`.
 * @see Bareinboim and Pearl, Controlling selection bias in causal inference, AISTATS 2012, section 3.
 */
export function checkOddsRatio(
  dag: Dag,
  exposure: string,
  outcome: string,
  selected: string,
  given: readonly string[],
): boolean {
  const [x, y, s] = [exposure, outcome, selected].map((name) => nodeIndex(dag, name));
  if (given.includes(selected)) return false;
  const isEnough = checkAdjustment(dag, { exposures: [exposure], outcomes: [outcome], effect: 'total' }, given).valid;
  return isEnough && separated(dag, [x!], [s!], [y!, ...given.map((name) => nodeIndex(dag, name))]);
}
