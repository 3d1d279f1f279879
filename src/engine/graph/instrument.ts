import { type Dag, nodeIndex, reached } from './dag';
import { separated } from './dSeparation';
import { minimalSeparatorIndices } from './separators';

/**
 * The set of observed nodes to hold fixed so that `node` is an instrument for the effect of x on y; `[]` when nothing needs
 * to be held, null when it is no instrument. With the first arrows of all causal paths from x to y taken away, the set
 * separates `node` from y and does not separate it from x; it holds no mediator and no effect of y.
 * If any set does, the one nearest to y does.
 * @see Efficiently finding conditional instruments for causal inference, IJCAI 2015, section 4.
 */
export const instrumentGiven = (dag: Dag, node: number, x: number, y: number): number[] | null =>
  instrumentSets(dag, node, x, y).next().value ?? null;

/** All minimal sets that `instrumentGiven` could have answered with, nearest to y first, each once, lazily. */
function* instrumentSets(dag: Dag, node: number, x: number, y: number): Generator<number[], void, undefined> {
  if (dag.latent[node] || node === x || node === y) return;
  const causesY = reached(dag.parents, [y]);
  const causedByX = reached(dag.children, [x]);
  const cut = withoutArrows(dag, x, (child) => causesY[child] === 1);
  const causedByY = reached(dag.children, [y]);
  const never = dag.names.flatMap((_, i) => (i === x || causedByY[i] || (causedByX[i] && causesY[i]) ? [i] : []));
  const options = { never: never.filter((i) => i !== y && i !== node) };
  // The set nearest to y decides: it ties the node to x if any set does.
  let isFirst = true;
  for (const given of minimalSeparatorIndices(cut, y, node, options)) {
    const isTied = !separated(cut, [x], [node], given);
    if (isTied) yield given;
    else if (isFirst) return;
    isFirst = false;
  }
}

export interface Instrument {
  readonly instrument: string;
  /** Every minimal set that makes it one, in drawing order, at most `limit`. */
  readonly given: readonly (readonly string[])[];
  readonly truncated: boolean;
}

/** Every instrument for the effect of the exposure on the outcome with the sets to hold fixed. @throws EngineError `unknown-column`. */
export function instruments(dag: Dag, exposure: string, outcome: string, limit = 10): Instrument[] {
  const [x, y] = [nodeIndex(dag, exposure), nodeIndex(dag, outcome)];
  return dag.names.flatMap((instrument, node): Instrument[] => {
    const given: string[][] = [];
    let truncated = false;
    for (const set of instrumentSets(dag, node, x, y)) {
      truncated = given.length >= limit;
      if (truncated) break;
      given.push(set.map((i) => dag.names[i]!));
    }
    return given.length > 0 ? [{ instrument, given, truncated }] : [];
  });
}

/** The same graph without the arrows from `from` to the children that `dropped` names. */
function withoutArrows(dag: Dag, from: number, dropped: (child: number) => boolean): Dag {
  const children = dag.children.map((list, i) => (i === from ? list.filter((child) => !dropped(child)) : list));
  const parents = dag.parents.map((list, i) => (dropped(i) ? list.filter((parent) => parent !== from) : list));
  return { ...dag, children, parents };
}
