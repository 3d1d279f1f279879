import type { CausalMap } from '../../engine/graph/causalMap';
import type { Position } from '../../state/mapPlaces';

export type Alignment = 'left' | 'top' | 'row' | 'column';

/**
 * New places for some nodes: with their left or top edges on one line, or spread evenly along a row or column between the
 * outermost two. All cards are of one size, so that places stand for centres as well.
 */
export function aligned(map: CausalMap, names: readonly string[], how: Alignment): ReadonlyMap<string, Position> {
  const placed = map.nodes.flatMap(({ name, position }) =>
    position && names.includes(name) ? [{ name, ...position }] : [],
  );
  if (placed.length < 2) return new Map();
  const axis = how === 'row' ? 'x' : 'y';
  if (how === 'left' || how === 'top') {
    const fixed = how === 'left' ? 'x' : 'y';
    const line = Math.min(...placed.map((one) => one[fixed]));
    return new Map(placed.map(({ name, x, y }) => [name, { x, y, [fixed]: line }]));
  }
  const inOrder = placed.toSorted((a, b) => a[axis] - b[axis]);
  const [first, last] = [inOrder[0]![axis], inOrder.at(-1)![axis]];
  return new Map(
    inOrder.map(({ name, x, y }, i) => [
      name,
      { x, y, [axis]: Math.round(first + ((last - first) * i) / (inOrder.length - 1)) },
    ]),
  );
}
