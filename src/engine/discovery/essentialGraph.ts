import type { Knowledge } from './knowledge';
import { closeUnderMeekInPlace, type IsAmbiguous } from './meekRules';
import { areAdjacent, emptyGraph, orientInPlace, type PartialGraph } from './partialGraph';

/**
 * The graph that stands for all DAGs with the same separations as the given one that agree with the knowledge: colliders
 * between unjoined parents keep their arrows, knowledge adds its own, and Meek's rules add what follows.
 * @param parents Parents of each node of a DAG that agrees with the knowledge.
 */
export function essentialGraph(parents: readonly (readonly number[])[], knowledge: Knowledge): PartialGraph {
  const { size } = knowledge;
  const graph = emptyGraph(size);
  parents.forEach((list, child) => {
    for (const parent of list) {
      graph.edge[parent * size + child] = 1;
      graph.edge[child * size + parent] = 1;
    }
  });
  parents.forEach((list, child) => {
    for (const parent of list)
      if (list.some((other) => other !== parent && !areAdjacent(graph, parent, other)))
        graph.edge[child * size + parent] = 0;
  });
  orientByKnowledgeInPlace(graph, knowledge);
  return graph;
}

/** Orients undirected edges that may run one way only, then what follows from all arrows. */
export function orientByKnowledgeInPlace(
  graph: PartialGraph,
  { size, allowed, required }: Knowledge,
  isAmbiguous?: IsAmbiguous,
): void {
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      if (required[a * size + b] === 1 || (allowed[a * size + b] === 1 && allowed[b * size + a] === 0))
        orientInPlace(graph, a, b);
  closeUnderMeekInPlace(graph, isAmbiguous);
}
