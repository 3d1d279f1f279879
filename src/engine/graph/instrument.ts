import { type Dag, reached } from './dag';
import { separated } from './dSeparation';
import { nearestSeparatorIndices } from './separators';

/**
 * The set of observed nodes to hold fixed so that `node` is an instrument for the effect of x on y; `[]` when nothing needs
 * to be held, null when it is no instrument. With the first arrows of all causal paths from x to y taken away, the set
 * separates `node` from y and does not separate it from x; it holds no mediator and no effect of y.
 * If any set does, the one nearest to y does.
 * @see Efficiently finding conditional instruments for causal inference, IJCAI 2015, section 4.
 */
export function instrumentGiven(dag: Dag, node: number, x: number, y: number): number[] | null {
  if (dag.latent[node] || node === x || node === y) return null;
  const causesY = reached(dag.parents, [y]);
  const causedByX = reached(dag.children, [x]);
  const cut = withoutArrows(dag, x, (child) => causesY[child] === 1);
  const causedByY = reached(dag.children, [y]);
  const never = dag.names.flatMap((_, i) => (i === x || causedByY[i] || (causedByX[i] && causesY[i]) ? [i] : []));
  const given = nearestSeparatorIndices(cut, y, node, { never: never.filter((i) => i !== y && i !== node) });
  return given && !separated(cut, [x], [node], given) ? given : null;
}

/** The same graph without the arrows from `from` to the children that `dropped` names. */
function withoutArrows(dag: Dag, from: number, dropped: (child: number) => boolean): Dag {
  const children = dag.children.map((list, i) => (i === from ? list.filter((child) => !dropped(child)) : list));
  const parents = dag.parents.map((list, i) => (dropped(i) ? list.filter((parent) => parent !== from) : list));
  return { ...dag, children, parents };
}
