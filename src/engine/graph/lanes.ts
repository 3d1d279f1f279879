import type { CausalMap, MapLane } from './causalMap';

/** Width of a lane that holds nothing yet, in pixels. */
export const emptyLaneWidth = 240;
const fewestLanes = 3;

/** Lanes for the tiers a map uses, at least three, each as wide as an empty one. */
export const lanesFor = ({ nodes }: CausalMap): MapLane[] => {
  const last = Math.max(-1, ...nodes.map(({ tier }) => tier ?? -1));
  return Array.from({ length: Math.max(fewestLanes, last + 1) }, (_, tier) => ({
    name: `Time ${tier + 1}`,
    width: emptyLaneWidth,
  }));
};

/** Where each lane starts, in pixels from the left end of the first; one entry more than there are lanes. */
export function laneStarts(lanes: readonly MapLane[]): number[] {
  const starts = [0];
  for (const { width } of lanes) starts.push(starts.at(-1)! + width);
  return starts;
}

/** The tier of the lane at `x`: null left of the first lane, the last tier right of all. */
export function tierAt(lanes: readonly MapLane[], x: number): number | null {
  if (x < 0 || lanes.length === 0) return null;
  const starts = laneStarts(lanes);
  return Math.max(
    0,
    starts.findLastIndex((start, tier) => tier < lanes.length && start <= x),
  );
}

/** A tier by the name of its lane, or by its number where the map has no lanes. */
export const tierName = ({ lanes }: Pick<CausalMap, 'lanes'>, tier: number): string =>
  lanes?.[tier] ? `lane "${lanes[tier].name}"` : `tier ${tier}`;
