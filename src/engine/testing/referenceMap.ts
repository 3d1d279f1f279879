import { type CausalMap, createEdge, createNode } from '../graph/causalMap';

/** A map as the reference files hold it. */
export interface ReferenceGraph {
  readonly nodes: readonly string[];
  readonly directed: readonly (readonly [string, string])[];
  readonly bidirected: readonly (readonly [string, string])[];
  readonly latent: readonly string[];
  readonly exposures: readonly string[];
  readonly outcomes: readonly string[];
  readonly adjusted: readonly string[];
  readonly selected: readonly string[];
}

export const referenceMap = ({
  nodes,
  directed,
  bidirected,
  latent,
}: Pick<ReferenceGraph, 'nodes' | 'directed' | 'bidirected' | 'latent'>): CausalMap => ({
  nodes: nodes.map((name) => createNode(name, { latent: latent.includes(name) })),
  edges: [
    ...directed.map(([from, to]) => createEdge(from, to)),
    ...bidirected.map(([from, to]) => createEdge(from, to, '<->')),
  ],
});

/** A map from text such as `x -> m <- y; m <-> w`; names in brackets are latent: `(u) -> x`. */
export function drawnMap(text: string): CausalMap {
  const latent = new Set<string>();
  const named = (word: string): string => {
    const inner = /^\((.+)\)$/.exec(word)?.[1];
    if (inner !== undefined) latent.add(inner);
    return inner ?? word;
  };
  const names = new Set<string>();
  const edges = text.split(';').flatMap((part) => {
    const words = part.trim().split(/\s+/);
    words.forEach((word, i) => {
      if (i % 2 === 0) names.add(named(word));
    });
    return words.slice(2).flatMap((word, i) => {
      if (i % 2 === 1) return [];
      const [from, arrow, to] = [named(words[i]!), words[i + 1]!, named(word)];
      return [arrow === '<-' ? createEdge(to, from) : createEdge(from, to, arrow as '->' | '<->')];
    });
  });
  return { nodes: [...names].map((name) => createNode(name, { latent: latent.has(name) })), edges };
}
