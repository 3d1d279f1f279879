import { EngineError } from '../errors';
import { type Dag, nodeIndex, reached } from './dag';
import { shownName } from './path';

/** Total: everything the exposures do to the outcomes. Direct: what they do while every mediator is held fixed. */
export type EffectKind = 'total' | 'direct';

export interface EffectQuestion {
  readonly exposures: readonly string[];
  readonly outcomes: readonly string[];
  readonly effect: EffectKind;
  /** Nodes by whose value rows were chosen: they are always conditioned on. */
  readonly selected?: readonly string[];
}

/** A question about an effect as node indices, with the graph in which only other than the wanted paths are left. */
export interface EffectGraph {
  /** Total: without the first arrow of every proper causal path. Direct: without the arrows from exposures to outcomes. */
  readonly cut: Dag;
  readonly exposures: readonly number[];
  readonly outcomes: readonly number[];
  readonly selected: readonly number[];
  /** 1 for nodes on proper causal paths, exposures left out. */
  readonly onCausalPath: Uint8Array;
  /** 1 for nodes that no adjustment set may hold, exposures and outcomes left out. */
  readonly forbidden: Uint8Array;
}

/**
 * The graph to adjust in. A causal path is proper when only its first node is an exposure. Forbidden are, for the total
 * effect, the descendants of the nodes on proper causal paths; for the direct effect, the descendants of the outcomes.
 * A set of other observed nodes is enough exactly when it separates exposures from outcomes in `cut`.
 * @throws EngineError `unknown-column`; `bad-parameter` when there is no exposure or no outcome, or a node is both.
 * @see Separators and adjustment sets in causal graphs, Artificial Intelligence 270 (2019), section 5.
 */
export function effectGraph(dag: Dag, { exposures, outcomes, effect, selected = [] }: EffectQuestion): EffectGraph {
  const [xs, ys, chosen] = [exposures, outcomes, selected].map((names) => names.map((name) => nodeIndex(dag, name)));
  if (xs!.length === 0 || ys!.length === 0)
    throw new EngineError('bad-parameter', 'An effect needs an exposure and an outcome: choose both.', {});
  const both = xs!.find((x) => ys!.includes(x));
  if (both !== undefined)
    throw new EngineError('bad-parameter', `${shownName(dag.names[both]!)} cannot be both exposure and outcome.`, {
      column: dag.names[both]!,
    });
  const isExposure = mask(dag, xs!);
  const isOutcome = mask(dag, ys!);
  const below = reached(dag.children, xs!);
  const above = reached(
    dag.parents.map((list) => list.filter((parent) => !isExposure[parent])),
    ys!,
  );
  const onCausalPath = below.map((isBelow, i) => isBelow & above[i]! & (isExposure[i] ? 0 : 1));
  const last = effect === 'total' ? onCausalPath : isOutcome;
  const forbidden = reached(dag.children, nodesOf(last)).map((is, i) => (isExposure[i] || isOutcome[i] ? 0 : is));
  const dropped = (from: number, to: number) => isExposure[from] === 1 && last[to] === 1;
  const cut: Dag = {
    ...dag,
    children: dag.children.map((list, i) => list.filter((child) => !dropped(i, child))),
    parents: dag.parents.map((list, i) => list.filter((parent) => !dropped(parent, i))),
  };
  return { cut, exposures: xs!, outcomes: ys!, selected: chosen!, onCausalPath, forbidden };
}

function mask(dag: Dag, nodes: readonly number[]): Uint8Array {
  const marks = new Uint8Array(dag.names.length);
  for (const node of nodes) marks[node] = 1;
  return marks;
}

/** The node indices where a mask is 1, rising. */
export const nodesOf = (marks: Uint8Array): number[] => [...marks.keys()].filter((i) => marks[i] === 1);

/** Names of the nodes that must not be adjusted for, in drawing order. @throws EngineError as `effectGraph`. */
export const forbiddenNodes = (dag: Dag, question: EffectQuestion): string[] =>
  nodesOf(effectGraph(dag, question).forbidden).map((i) => dag.names[i]!);
