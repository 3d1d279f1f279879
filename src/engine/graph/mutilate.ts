import type { CausalMap } from './causalMap';
import { dagOf, nodeIndex } from './dag';

/**
 * The map after an intervention do(nodes): the same nodes, without any arrow or `<->` into the named ones, since whoever sets
 * a variable overrides its causes.
 * @throws EngineError as `dagOf`; `unknown-column`.
 * @see Causality, 2nd edition, 2009, section 1.3.1.
 */
export function mutilate(map: CausalMap, nodes: readonly string[]): CausalMap {
  const dag = dagOf(map);
  for (const name of nodes) nodeIndex(dag, name);
  const set = new Set(nodes);
  return {
    ...map,
    edges: map.edges.filter(({ from, to, kind }) => !set.has(to) && !(kind === '<->' && set.has(from))),
  };
}
