/**
 * A graph of directed and undirected edges. `edge[a * size + b]` is 1 for a -> b and for a - b; an edge is undirected where
 * both of its entries are 1.
 */
export interface PartialGraph {
  readonly size: number;
  readonly edge: Uint8Array;
}

export const emptyGraph = (size: number): PartialGraph => ({ size, edge: new Uint8Array(size * size) });

export const areAdjacent = ({ size, edge }: PartialGraph, a: number, b: number): boolean =>
  edge[a * size + b] === 1 || edge[b * size + a] === 1;
export const hasArrow = ({ size, edge }: PartialGraph, a: number, b: number): boolean =>
  edge[a * size + b] === 1 && edge[b * size + a] === 0;
export const isUndirected = ({ size, edge }: PartialGraph, a: number, b: number): boolean =>
  edge[a * size + b] === 1 && edge[b * size + a] === 1;

/** Nodes joined to a node by any edge, in rising order. */
export const neighboursOf = (graph: PartialGraph, node: number): number[] =>
  Array.from({ length: graph.size }, (_, other) => other).filter((other) => areAdjacent(graph, node, other));

/** Whether directed edges lead from one node to another. */
export function leadsTo(graph: PartialGraph, from: number, to: number): boolean {
  const seen = new Uint8Array(graph.size);
  const stack = [from];
  seen[from] = 1;
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (node === to) return true;
    for (let next = 0; next < graph.size; next++) {
      if (seen[next] || !hasArrow(graph, node, next)) continue;
      seen[next] = 1;
      stack.push(next);
    }
  }
  return false;
}

/** Makes a - b into a -> b, unless it is no undirected edge or the arrow would close a directed cycle. */
export function orientInPlace(graph: PartialGraph, from: number, to: number): boolean {
  if (!isUndirected(graph, from, to) || leadsTo(graph, to, from)) return false;
  graph.edge[to * graph.size + from] = 0;
  return true;
}
