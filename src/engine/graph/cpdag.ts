import type { Dag } from './dag';

/** The essential graph: what all maps with the same separations have in common. */
export interface EssentialGraph {
  /** Arrows that point the same way in every such map. */
  readonly directed: readonly (readonly [string, string])[];
  /** Arrows that some such map turns round: no data on these variables can tell their direction. */
  readonly undirected: readonly (readonly [string, string])[];
}

/**
 * The completed partially directed graph (CPDAG) of a map, latent nodes included as if they were recorded; null when the map
 * has a `<->`, for which the class of maps with the same separations has no such picture. Edges in the order of their ends.
 * Labels the arrows in an order by their heads (topological) and tails (reverse): an arrow x -> y is compelled when a
 * compelled arrow into x comes from no parent of y, or when y has a parent that is neither x nor a parent of x.
 * @see Chickering, A transformational characterization of equivalent Bayesian network structures, UAI 1995, section 4.
 */
export function essentialGraph(dag: Dag): EssentialGraph | null {
  if (dag.spouses.some((list) => list.length > 0)) return null;
  const count = dag.names.length;
  const rank = new Int32Array(count);
  dag.order.forEach((node, k) => {
    rank[node] = k;
  });
  const parentSets = dag.parents.map((list) => new Set(list));
  /** Per node, the parents whose arrow to it is compelled. */
  const compelled: Set<number>[] = dag.names.map(() => new Set());
  for (const y of dag.order) {
    const tails = dag.parents[y]!.toSorted((a, b) => rank[b]! - rank[a]!);
    const isLabelled = new Set<number>();
    for (const x of tails) {
      if (isLabelled.has(x)) continue;
      // A compelled arrow w -> x: without w -> y, every arrow into y is compelled; with it, w -> y is.
      let forcesAll = false;
      for (const w of compelled[x]!) {
        if (!parentSets[y]!.has(w)) {
          forcesAll = true;
          break;
        }
        compelled[y]!.add(w);
        isLabelled.add(w);
      }
      if (forcesAll) {
        for (const tail of tails) compelled[y]!.add(tail);
        break;
      }
      const meetsStranger = tails.some((z) => z !== x && !parentSets[x]!.has(z));
      for (const tail of tails) {
        if (isLabelled.has(tail)) continue;
        isLabelled.add(tail);
        if (meetsStranger) compelled[y]!.add(tail);
      }
    }
  }
  const directed: [string, string][] = [];
  const undirected: [string, string][] = [];
  dag.parents.forEach((list, y) => {
    for (const x of list) (compelled[y]!.has(x) ? directed : undirected).push([dag.names[x]!, dag.names[y]!]);
  });
  return { directed, undirected };
}
