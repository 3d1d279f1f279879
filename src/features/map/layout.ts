import { Graph, layout } from '@dagrejs/dagre';
import type { CausalMap, MapLane } from '../../engine/graph/causalMap';
import { emptyLaneWidth, lanesFor } from '../../engine/graph/lanes';
import { cardSize, type Position } from '../../state/mapPlaces';

/** Above this the layout would hold up the page for a second; it is then done only when asked for. */
export const largestAutomaticLayout = 150;

const gap = 32;

/** About how much wider than high the canvas is. */
const canvasShape = 2.2;
/** Cards must come out larger by this factor before layers run downwards instead of to the right. */
const clearlyLarger = 1.2;

/**
 * Layers from causes to effects: left to right, or from top to bottom where the whole map is then seen clearly larger. A
 * `<->` alone does not decide an order; nodes that no arrow touches are set in rows below the layers, because layered they
 * would make one tall column.
 */
export function layeredLayout(map: CausalMap): ReadonlyMap<string, Position> {
  const [right, down] = [layers(map, 'LR'), layers(map, 'TB')];
  const layered = zoomOf(down) > clearlyLarger * zoomOf(right) ? down : right;
  const nodes = map.nodes.map((node) => ({ ...node, position: layered.get(node.name) ?? null }));
  return new Map([...layered, ...placeLoose({ nodes, edges: [] })]);
}

function layers({ edges }: CausalMap, rankdir: 'LR' | 'TB'): ReadonlyMap<string, Position> {
  const arrows = edges.filter(({ kind }) => kind === '->');
  const graph = new Graph();
  graph.setGraph({ rankdir, nodesep: 24, ranksep: 48, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const touched = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  for (const name of touched) graph.setNode(name, { ...cardSize });
  for (const { from, to } of arrows) graph.setEdge(from, to);
  layout(graph);
  return new Map(
    [...touched].map((name) => {
      const { x, y } = graph.node(name) as Position;
      return [name, { x: Math.round(x - cardSize.width / 2), y: Math.round(y - cardSize.height / 2) }];
    }),
  );
}

/** How large a layout can be shown as a whole, in units of the canvas. */
function zoomOf(places: ReadonlyMap<string, Position>): number {
  const all = [...places.values()];
  const extent = (axis: 'x' | 'y') =>
    Math.max(0, ...all.map((at) => at[axis])) - Math.min(0, ...all.map((at) => at[axis]));
  return Math.min(canvasShape / (extent('x') + cardSize.width), 1 / (extent('y') + cardSize.height));
}

/** Room between a card and the border of its lane. */
const laneMargin = 28;

/**
 * Layers from causes to effects with every node in the lane of its tier, and the lanes as wide as that takes. Nodes that
 * time says nothing of stand in rows left of the first lane.
 */
export function tieredLayout(map: CausalMap): {
  readonly positions: ReadonlyMap<string, Position>;
  readonly lanes: readonly MapLane[];
} {
  const known = map.lanes ?? [];
  const lanes = lanesFor(map).map((lane, tier) => known[tier] ?? lane);
  lanes.push(...known.slice(lanes.length));
  const placed = map.nodes.filter(({ tier }) => tier !== null && tier >= 0);
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 48, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  // An unseen node between two lanes, after all of the one and before all of the other, keeps them apart.
  const border = (tier: number) => `\u0001border/${tier}`;
  for (const tier of lanes.keys()) graph.setNode(border(tier), { width: 0, height: 0 });
  for (const { name, tier } of placed) {
    graph.setNode(name, { ...cardSize });
    graph.setEdge(name, border(tier!), { weight: 0 });
    if (tier! > 0) graph.setEdge(border(tier! - 1), name, { weight: 0 });
  }
  for (const tier of lanes.keys()) if (tier > 0) graph.setEdge(border(tier - 1), border(tier), { weight: 0 });
  const isPlaced = new Set(placed.map(({ name }) => name));
  for (const { from, to, kind } of map.edges)
    if (kind === '->' && isPlaced.has(from) && isPlaced.has(to)) graph.setEdge(from, to);
  layout(graph);
  const laidOut = new Map(placed.map(({ name }) => [name, graph.node(name) as Position]));
  const positions = new Map<string, Position>();
  let start = 0;
  const sized = lanes.map((lane, tier): MapLane => {
    const own = placed.filter((node) => node.tier === tier);
    const left = Math.min(...own.map(({ name }) => laidOut.get(name)!.x)) - cardSize.width / 2;
    const right = Math.max(...own.map(({ name }) => laidOut.get(name)!.x)) + cardSize.width / 2;
    for (const { name } of own) {
      const { x, y } = laidOut.get(name)!;
      positions.set(name, {
        x: Math.round(start + laneMargin + x - cardSize.width / 2 - left),
        y: Math.round(y - cardSize.height / 2),
      });
    }
    const width = own.length > 0 ? Math.round(right - left + 2 * laneMargin) : emptyLaneWidth;
    start += width;
    return { ...lane, width };
  });
  const timeless = map.nodes.filter(({ name }) => !positions.has(name)).map(({ name }) => name);
  timeless.forEach((name, i) => void positions.set(name, leftOfLanes(i)));
  return { positions, lanes: sized };
}

const timelessColumns = 2;
const leftOfLanes = (i: number): Position => ({
  x: -(cardSize.width + gap) * (1 + (i % timelessColumns)) - laneMargin,
  y: Math.floor(i / timelessColumns) * (cardSize.height + gap),
});

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
    // A place in a lane would say something of time that nobody has said.
    const place = map.lanes
      ? leftOfLanes(cell)
      : { x: left + (cell % columns) * stepX, y: top + Math.floor(cell / columns) * stepY };
    if (isFree(place)) places.set(loose[places.size]!.name, place);
  }
  return places;
}
