import { areAdjacent, hasArrow, isUndirected, type PartialGraph } from './partialGraph';

/** How often resamples join two columns and how; all shares of the resamples, in [0, 1]. */
export interface PairFrequency {
  readonly a: string;
  readonly b: string;
  /** a -> b. */
  readonly forward: number;
  /** b -> a. */
  readonly backward: number;
  /** Joined, either direction being possible. */
  readonly undirected: number;
  /** The sum of the three. */
  readonly present: number;
  /** How the whole sample joins them. */
  readonly whole: 'forward' | 'backward' | 'undirected' | 'absent';
}

/** Frequencies of every pair that one of the graphs joins, in column order. */
export function pairFrequencies(
  names: readonly string[],
  graphs: readonly PartialGraph[],
  whole: PartialGraph,
): PairFrequency[] {
  const pairs: PairFrequency[] = [];
  names.forEach((nameA, a) => {
    for (let b = a + 1; b < names.length; b++) {
      const shareOf = (holds: (graph: PartialGraph) => boolean) => graphs.filter(holds).length / graphs.length;
      const present = shareOf((graph) => areAdjacent(graph, a, b));
      if (present === 0 && !areAdjacent(whole, a, b)) continue;
      pairs.push({
        a: nameA,
        b: names[b]!,
        forward: shareOf((graph) => hasArrow(graph, a, b)),
        backward: shareOf((graph) => hasArrow(graph, b, a)),
        undirected: shareOf((graph) => isUndirected(graph, a, b)),
        present,
        whole: shownIn(whole, a, b),
      });
    }
  });
  return pairs;
}

function shownIn(graph: PartialGraph, a: number, b: number): PairFrequency['whole'] {
  if (isUndirected(graph, a, b)) return 'undirected';
  if (hasArrow(graph, a, b)) return 'forward';
  return hasArrow(graph, b, a) ? 'backward' : 'absent';
}
