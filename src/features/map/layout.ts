import { Graph, layout } from '@dagrejs/dagre';
import type { CausalMap } from '../../engine/graph/causalMap';
import type { Position } from '../../state/map';

export const cardSize = { width: 148, height: 76 };
/** Above this the layout would hold up the page for a second; it is then done only when asked for. */
export const largestAutomaticLayout = 150;

/** Layers from causes to effects, left to right; `<->` pulls its ends together without deciding their order. */
export function layeredLayout(map: CausalMap): ReadonlyMap<string, Position> {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 48, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of map.nodes) graph.setNode(name, { ...cardSize });
  for (const { from, to, kind } of map.edges) if (kind === '->') graph.setEdge(from, to);
  layout(graph);
  return new Map(
    map.nodes.map(({ name }) => {
      const { x, y } = graph.node(name) as { readonly x: number; readonly y: number };
      return [name, { x: Math.round(x - cardSize.width / 2), y: Math.round(y - cardSize.height / 2) }];
    }),
  );
}

/** Places for nodes that have none, in a grid below those that have one. */
export function placeLoose(map: CausalMap): ReadonlyMap<string, Position> {
  const placed = map.nodes.flatMap(({ position }) => (position ? [position] : []));
  const loose = map.nodes.filter(({ position }) => position === null);
  const left = placed.length > 0 ? Math.min(...placed.map(({ x }) => x)) : 0;
  const right = placed.length > 0 ? Math.max(...placed.map(({ x }) => x)) : 0;
  const top = placed.length > 0 ? Math.max(...placed.map(({ y }) => y)) + cardSize.height + 34 : 0;
  const stepX = cardSize.width + 32;
  const columns = Math.max(4, Math.floor((right - left) / stepX) + 1);
  return new Map(
    loose.map(({ name }, i) => [
      name,
      { x: left + (i % columns) * stepX, y: top + Math.floor(i / columns) * (cardSize.height + 34) },
    ]),
  );
}
