import { areAdjacent, hasArrow, isUndirected, neighboursOf, orientInPlace, type PartialGraph } from './partialGraph';

/** Whether b, between the unjoined a and c, may or may not be a collider: rules that need to know leave it alone. */
export type IsAmbiguous = (a: number, b: number, c: number) => boolean;

/**
 * Orients every undirected edge whose direction follows from the others, by Meek's four rules until none applies:
 * 1. a -> b - c, a and c not joined: b -> c, or else b would be a new collider;
 * 2. a -> c -> b and a - b: a -> b, or else there would be a cycle;
 * 3. a - c -> b, a - d -> b, a - b, c and d not joined: a -> b;
 * 4. a - c -> d -> b, a - b, a and d joined, c and b not joined: a -> b. Needed once knowledge has oriented edges.
 * An orientation that would close a cycle, possible only where tests contradict each other, is left out.
 * @see Causal inference and causal explanation with background knowledge, UAI 1995, section 2.1.
 */
export function closeUnderMeekInPlace(graph: PartialGraph, isAmbiguous: IsAmbiguous = () => false): void {
  const neighbours = Array.from({ length: graph.size }, (_, node) => neighboursOf(graph, node));
  const ruleOne = (a: number, b: number) =>
    neighbours[a]!.some((c) => c !== b && hasArrow(graph, c, a) && !areAdjacent(graph, c, b) && !isAmbiguous(c, a, b));
  const ruleTwo = (a: number, b: number) => neighbours[a]!.some((c) => hasArrow(graph, a, c) && hasArrow(graph, c, b));
  const ruleThree = (a: number, b: number) => {
    const through = neighbours[a]!.filter((c) => isUndirected(graph, a, c) && hasArrow(graph, c, b));
    return through.some((c) => through.some((d) => d > c && !areAdjacent(graph, c, d) && !isAmbiguous(c, a, d)));
  };
  const ruleFour = (a: number, b: number) =>
    neighbours[a]!.some(
      (c) =>
        c !== b &&
        isUndirected(graph, a, c) &&
        !areAdjacent(graph, c, b) &&
        neighbours[a]!.some((d) => d !== c && hasArrow(graph, c, d) && hasArrow(graph, d, b)),
    );
  const rules = [ruleOne, ruleTwo, ruleThree, ruleFour];
  for (let changed = true; changed; ) {
    changed = false;
    for (let a = 0; a < graph.size; a++)
      for (const b of neighbours[a]!)
        if (isUndirected(graph, a, b) && rules.some((rule) => rule(a, b)) && orientInPlace(graph, a, b)) changed = true;
  }
}
