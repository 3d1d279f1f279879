import { checkAdjustment, outcomesFreeOfSelection } from './adjustmentCheck';
import { type Dag, nodeIndex, reached } from './dag';
import { type EffectQuestion, effectGraph, nodesOf } from './effectGraph';
import { minimalSeparatorIndices } from './separators';

export interface AdjustmentOptions {
  /** Nodes already adjusted for: part of every set. A set is then minimal when nothing else can be dropped. */
  readonly always?: readonly string[];
  /** Nodes that no set may hold, such as those too dear to measure. */
  readonly never?: readonly string[];
}

/**
 * All minimal sets of observed nodes that are enough to adjust for, nearest to the exposures first, each once, lazily: take
 * as many as are wanted. Nothing is yielded when no set is enough; the empty set when nothing needs adjusting.
 * Selected nodes are conditioned on and not named in the sets. Names in drawing order.
 * @throws EngineError as `effectGraph`; `unknown-column` for a name in the options.
 * @see Separators and adjustment sets in causal graphs, Artificial Intelligence 270 (2019), sections 4 and 5.
 */
export function* minimalAdjustmentSets(
  dag: Dag,
  question: EffectQuestion,
  { always = [], never = [] }: AdjustmentOptions = {},
): Generator<string[], void, undefined> {
  const graph = effectGraph(dag, question);
  const { exposures, outcomes, selected, forbidden } = graph;
  const held = always.map((name) => nodeIndex(dag, name));
  const ends = new Set([...exposures, ...outcomes]);
  if (held.some((node) => forbidden[node] || ends.has(node) || dag.latent[node])) return;
  if (!outcomesFreeOfSelection(graph)) return;
  const hidden = new Set(selected.filter((node) => !held.includes(node)));
  const single = exposures.length === 1 && outcomes.length === 1;
  const whole = single ? graph.cut : withCollectors(graph.cut, [exposures, outcomes]);
  const [x, y] = single ? [exposures[0]!, outcomes[0]!] : [dag.names.length, dag.names.length + 1];
  const sets = minimalSeparatorIndices(whole, x, y, {
    always: [...new Set([...held, ...selected])],
    never: [...nodesOf(forbidden), ...never.map((name) => nodeIndex(dag, name))].filter(
      (node) => !ends.has(node) && !held.includes(node) && !hidden.has(node),
    ),
  });
  for (const set of sets) yield set.filter((node) => !hidden.has(node)).map((node) => dag.names[node]!);
}

/** The first `limit` sets of `minimalAdjustmentSets`, and whether there are more. */
export function listAdjustmentSets(
  dag: Dag,
  question: EffectQuestion,
  options: AdjustmentOptions & { readonly limit?: number } = {},
): { sets: string[][]; truncated: boolean } {
  const sets: string[][] = [];
  for (const set of minimalAdjustmentSets(dag, question, options)) {
    if (sets.length >= (options.limit ?? 100)) return { sets, truncated: true };
    sets.push(set);
  }
  return { sets, truncated: false };
}

/**
 * One latent node for each group, caused by its members, which become latent too. What separates two collectors separates
 * their groups: a collector lies on paths only as an end, since nothing below it is ever held fixed.
 */
function withCollectors(dag: Dag, groups: readonly (readonly number[])[]): Dag {
  const first = dag.names.length;
  const members = new Map(groups.flatMap((group, g) => group.map((node) => [node, first + g] as const)));
  const names = [...dag.names, ...groups.map((_, g) => `collector ${g}`)];
  return {
    names,
    indexOf: dag.indexOf, // the collectors are reached by index alone
    selected: dag.selected,
    latent: [...dag.latent.map((isLatent, i) => isLatent || members.has(i)), ...groups.map(() => true)],
    parents: [...dag.parents, ...groups],
    children: [
      ...dag.children.map((list, i) => (members.has(i) ? [...list, members.get(i)!] : list)),
      ...groups.map(() => []),
    ],
    spouses: [...dag.spouses, ...groups.map(() => [])],
    order: [...dag.order, ...groups.map((_, g) => first + g)],
  };
}

/**
 * The canonical set: every observed ancestor of the exposures and outcomes that is neither one of them nor forbidden. Without
 * selected nodes it is enough if any set is. Null when it is not enough. Names in drawing order.
 * @throws EngineError as `effectGraph`.
 * @see Separators and adjustment sets in causal graphs, Artificial Intelligence 270 (2019), section 5.
 */
export function canonicalAdjustmentSet(dag: Dag, question: EffectQuestion): string[] | null {
  const { exposures, outcomes, forbidden } = effectGraph(dag, question);
  const skipped = new Set([...exposures, ...outcomes]);
  const set = nodesOf(reached(dag.parents, [...exposures, ...outcomes]))
    .filter((node) => !skipped.has(node) && !forbidden[node] && !dag.latent[node])
    .map((node) => dag.names[node]!);
  return checkAdjustment(dag, question, set).valid ? set : null;
}

/**
 * The O-set: the parents of the nodes on causal paths that are neither forbidden nor exposures. Of all sets that are enough
 * it gives the estimate of the total effect with the smallest large-sample variance in linear models.
 * Null when it is not enough, when the exposures do not cause the outcomes, or when a latent node or a `<->` lies among
 * their ancestors: then no set need be the best in every model.
 * @throws EngineError as `effectGraph`.
 * @see Graphical criteria for efficient total effect estimation via adjustment in causal linear models, Journal of the
 * Royal Statistical Society B 84 (2022), section 3.4.
 */
export function optimalAdjustmentSet(
  dag: Dag,
  exposures: readonly string[],
  outcomes: readonly string[],
): string[] | null {
  const question: EffectQuestion = { exposures, outcomes, effect: 'total' };
  const graph = effectGraph(dag, question);
  const onPath = nodesOf(graph.onCausalPath);
  const relevant = nodesOf(reached(dag.parents, [...graph.exposures, ...graph.outcomes]));
  if (onPath.length === 0 || relevant.some((node) => dag.latent[node] || dag.spouses[node]!.length > 0)) return null;
  const parents = new Set(onPath.flatMap((node) => dag.parents[node]!));
  const set = [...parents]
    .filter((node) => !graph.forbidden[node] && !graph.exposures.includes(node) && !graph.outcomes.includes(node))
    .sort((a, b) => a - b)
    .map((node) => dag.names[node]!);
  return checkAdjustment(dag, question, set).valid ? set : null;
}
