import { type Dag, reached } from './dag';

/** The districts as node indices: nodes joined by `<->`, directly or over others; a node without `<->` is one by itself. */
export function districtIndices(dag: Dag): number[][] {
  const placed = new Uint8Array(dag.names.length);
  return dag.names.flatMap((_, node) => {
    if (placed[node]) return [];
    const members = reached(dag.spouses, [node]);
    return [
      dag.names.flatMap((_, i) => {
        if (!members[i]) return [];
        placed[i] = 1;
        return [i];
      }),
    ];
  });
}

/**
 * The districts (c-components) in drawing order: nodes that `<->` edges join, directly or over others. The law of the
 * variables is a product with one factor for each district given its parents.
 * @see Tian and Pearl, A general identification condition for causal effects, AAAI 2002.
 */
export const districts = (dag: Dag): string[][] =>
  districtIndices(dag).map((district) => district.map((i) => dag.names[i]!));
