import { type CausalMap, createEdge, edgeKey, type MapEdge } from './causalMap';
import { dagOf } from './dag';
import { shownName } from './path';

/**
 * The latent projection: the same map over its observed nodes. a -> b when a directed path from a to b passes through latent
 * nodes only; a <-> b when some latent node, or a `<->` edge, reaches both through latent nodes only. Separation between
 * observed sets is the same in both maps. Edges already drawn come first and keep their reasons; a map without latent
 * nodes is returned as it is.
 * @throws EngineError as `dagOf`.
 * @see Verma, Graphical aspects of causal models, 1993; Causality, 2nd edition, 2009, section 2.6.
 */
export function projectLatents(map: CausalMap): CausalMap {
  const dag = dagOf(map);
  if (!dag.latent.includes(true)) return map;

  // Observed nodes that each node reaches by arrows through latent nodes only; an observed node stands for itself.
  const stands: Set<number>[] = dag.names.map(() => new Set());
  const below: Set<number>[] = dag.names.map(() => new Set());
  for (let k = dag.order.length - 1; k >= 0; k--) {
    const node = dag.order[k]!;
    for (const child of dag.children[node]!) for (const end of stands[child]!) below[node]!.add(end);
    stands[node] = dag.latent[node] ? below[node]! : new Set([node]);
  }

  const observed = (name: string) => !dag.latent[dag.indexOf.get(name)!];
  const edges: MapEdge[] = map.edges.filter((edge) => observed(edge.from) && observed(edge.to));
  const present = new Set(edges.map(edgeKey));
  const add = (from: number, to: number, kind: MapEdge['kind'], reason: string) => {
    if (from === to) return;
    const edge = createEdge(dag.names[from]!, dag.names[to]!, kind, { reason });
    if (present.has(edgeKey(edge))) return;
    present.add(edgeKey(edge));
    edges.push(edge);
  };

  dag.names.forEach((name, node) => {
    if (dag.latent[node]) {
      const ends = [...below[node]!].sort((a, b) => a - b);
      ends.forEach((a, i) => {
        for (const b of ends.slice(i + 1))
          add(a, b, '<->', `Both depend on ${shownName(name)}, which is not recorded.`);
      });
    } else {
      for (const end of [...below[node]!].sort((a, b) => a - b)) {
        add(node, end, '->', 'Through variables that are not recorded.');
      }
    }
  });
  dag.spouses.forEach((spouses, a) => {
    for (const b of spouses.filter((other) => other > a)) {
      for (const from of stands[a]!)
        for (const to of stands[b]!) add(from, to, '<->', 'Through variables that are not recorded.');
    }
  });
  return { nodes: map.nodes.filter((node) => !node.latent), edges };
}
