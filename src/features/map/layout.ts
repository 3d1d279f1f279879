import { Graph, layout } from '@dagrejs/dagre';
import type { CausalMap } from '../../engine/graph/causalMap';
import type { Position } from '../../state/map';

export const cardSize = { width: 148, height: 76 };
/** Above this the layout would hold up the page for a second; it is then done only when asked for. */
export const largestAutomaticLayout = 150;

const gap = 32;

/**
 * Layers from causes to effects, left to right. A `<->` alone does not decide an order; nodes that no arrow touches are
 * set in rows below the layers, because layered they would make one tall column.
 */
export function layeredLayout(map: CausalMap): ReadonlyMap<string, Position> {
  const arrows = map.edges.filter(({ kind }) => kind === '->');
  const touched = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 48, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of touched) graph.setNode(name, { ...cardSize });
  for (const { from, to } of arrows) graph.setEdge(from, to);
  layout(graph);
  const layered = new Map<string, Position>();
  for (const name of touched) {
    const { x, y } = graph.node(name) as Position;
    layered.set(name, { x: Math.round(x - cardSize.width / 2), y: Math.round(y - cardSize.height / 2) });
  }
  const nodes = map.nodes.map((node) => ({ ...node, position: layered.get(node.name) ?? null }));
  return new Map([...layered, ...placeLoose({ nodes, edges: [] })]);
}

/** Free places for nodes that have none: row by row from the lowest of those that have one. */
export function placeLoose(map: CausalMap): ReadonlyMap<string, Position> {
  const taken = map.nodes.flatMap(({ position }) => (position ? [position] : []));
  const loose = map.nodes.filter(({ position }) => position === null);
  const [stepX, stepY] = [cardSize.width + gap, cardSize.height + gap];
  const left = taken.length > 0 ? Math.min(...taken.map(({ x }) => x)) : 0;
  const right = taken.length > 0 ? Math.max(...taken.map(({ x }) => x)) : 0;
  const top = taken.length > 0 ? Math.max(...taken.map(({ y }) => y)) : 0;
  // About twice as wide as high, as the canvas is.
  const columns = Math.max(4, Math.ceil(Math.sqrt(loose.length * 1.4)), Math.floor((right - left) / stepX) + 1);
  const isFree = (place: Position) =>
    taken.every(({ x, y }) => Math.abs(x - place.x) >= stepX - gap / 2 || Math.abs(y - place.y) >= stepY - gap / 2);
  const places = new Map<string, Position>();
  for (let cell = 0; places.size < loose.length; cell++) {
    const place = { x: left + (cell % columns) * stepX, y: top + Math.floor(cell / columns) * stepY };
    if (isFree(place)) places.set(loose[places.size]!.name, place);
  }
  return places;
}
