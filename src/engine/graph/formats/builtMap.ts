import { createEdge, createNode, edgeKey, type MapEdge, type MapNode } from '../causalMap';
import type { TextMap } from './textMap';

/** A map put together while a text is read: nodes in the order first named, edges each once. */
export interface MapBuilder {
  /** The node of that name, new unless it was named before; what is given is added to it. */
  node(name: string, given?: Partial<Omit<MapNode, 'name'>>): void;
  edge(from: string, to: string, kind?: MapEdge['kind']): void;
  warn(sentence: string): void;
  build(): TextMap;
}

export function createMapBuilder(): MapBuilder {
  const nodes = new Map<string, MapNode>();
  const edges = new Map<string, MapEdge>();
  const warnings = new Set<string>();
  const node: MapBuilder['node'] = (name, given = {}) => {
    nodes.set(name, { ...(nodes.get(name) ?? createNode(name)), ...given });
  };
  return {
    node,
    edge(from, to, kind = '->') {
      for (const name of [from, to]) if (!nodes.has(name)) node(name);
      const edge = createEdge(from, to, kind);
      const key = edgeKey(edge);
      if (!edges.has(key)) edges.set(key, edge);
    },
    warn: (sentence) => void warnings.add(sentence),
    build: () => ({
      map: { nodes: [...nodes.values()], edges: [...edges.values()] },
      exposures: [],
      outcomes: [],
      adjusted: [],
      selected: [],
      warnings: [...warnings],
    }),
  };
}

export const noProbabilities =
  'The probabilities in the text were left out: a map holds arrows, and learns laws from a table.';
