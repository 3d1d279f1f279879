import type { MapLane } from '../engine/graph/causalMap';
import { emptyLaneWidth, tierAt } from '../engine/graph/lanes';
import { anyAgainstTime, type Refusal } from '../engine/graph/refusal';
import type { MapEditor } from './mapEditor';
import type { StudioState } from './studioState';

/** Every card takes the same room on the canvas, so that places mean the same in every view of the map. */
export const cardSize = { width: 148, height: 76 };

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** Where the cards stand, and the lanes of time they stand in. */
export interface MapPlacesSlice {
  /**
   * Canvas positions in pixels, of the upper left corners. Where lanes are shown, a node takes the tier of the lane that
   * its centre comes to stand in; refused, and not moved, where an arrow would then point back in time.
   */
  moveNodes(positions: ReadonlyMap<string, Position>, label?: string): Refusal | null;
  /** New places for all nodes, and new widths for the lanes, as one step. */
  arrangeMap(positions: ReadonlyMap<string, Position>, lanes?: readonly MapLane[]): void;
  /** Tiers stay. */
  hideLanes(): void;
  renameLane(tier: number, name: string): void;
  addLane(): void;
  /** Takes a lane without nodes away; later ones move up in time. */
  removeLane(tier: number): void;
}

export const mapPlaces = ({ editMap, refuse }: MapEditor, get: () => StudioState): MapPlacesSlice => ({
  moveNodes(positions, label) {
    const { map } = get().project;
    const moved = map.nodes.map((node) => {
      const position = positions.get(node.name);
      if (!position) return node;
      const tier = map.lanes ? tierAt(map.lanes, position.x + cardSize.width / 2) : node.tier;
      return { ...node, position, tier };
    });
    const next = { ...map, nodes: moved };
    const broken = anyAgainstTime(next, positions);
    if (broken) return refuse({ message: broken, cycle: null });
    editMap(
      label ?? (positions.size === 1 ? `Move ${[...positions.keys()][0]}` : `Move ${positions.size} nodes`),
      () => next,
      // Arrow keys move in many small steps that belong together.
      `move ${[...positions.keys()].join()}`,
    );
    return null;
  },
  arrangeMap: (positions, lanes) =>
    editMap('Arrange the map', (map) => ({
      ...map,
      nodes: map.nodes.map((node) => ({ ...node, position: positions.get(node.name) ?? node.position })),
      ...(lanes && { lanes }),
    })),
  hideLanes: () => editMap('Hide the lanes of time', ({ lanes: _, ...map }) => map),
  addLane: () =>
    editMap('Add a lane', (map) => {
      const lanes = map.lanes ?? [];
      return { ...map, lanes: [...lanes, { name: `Time ${lanes.length + 1}`, width: emptyLaneWidth }] };
    }),
  removeLane: (tier) =>
    editMap(`Remove lane ${tier + 1}`, (map) => {
      const { lanes } = map;
      if (!lanes?.[tier] || map.nodes.some((node) => node.tier === tier)) return map;
      const { width } = lanes[tier];
      return {
        ...map,
        lanes: lanes.filter((_, i) => i !== tier),
        nodes: map.nodes.map((node) =>
          node.tier !== null && node.tier > tier
            ? {
                ...node,
                tier: node.tier - 1,
                position: node.position && { ...node.position, x: node.position.x - width },
              }
            : node,
        ),
      };
    }),
  renameLane: (tier, name) =>
    editMap(`Name lane ${tier + 1}`, (map) =>
      map.lanes?.[tier] && name.trim() !== ''
        ? { ...map, lanes: map.lanes.map((lane, i) => (i === tier ? { ...lane, name: name.trim() } : lane)) }
        : map,
    ),
});
