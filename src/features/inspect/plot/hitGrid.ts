import type { View } from './view';

/** Points sorted into the cells of a grid, so that those near a place are found without looking at all. */
export interface HitGrid {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly extent: View;
  readonly side: number;
  /** Shape (side * side + 1,): the points of cell c are `points[starts[c]]` up to `points[starts[c + 1]]`. */
  readonly starts: Uint32Array;
  readonly points: Uint32Array;
}

/** @param extent Where the points lie; those outside count in the outermost cells. */
export function buildHitGrid(x: Float32Array, y: Float32Array, extent: View): HitGrid {
  const side = Math.max(1, Math.min(512, Math.ceil(Math.sqrt(x.length / 4))));
  const starts = new Uint32Array(side * side + 1);
  const cellOf = (i: number) =>
    cellAt(y[i]!, extent.y0, extent.y1, side) * side + cellAt(x[i]!, extent.x0, extent.x1, side);
  for (let i = 0; i < x.length; i++) starts[cellOf(i) + 1]!++;
  for (let c = 0; c < side * side; c++) starts[c + 1]! += starts[c]!;
  const next = starts.slice();
  const points = new Uint32Array(x.length);
  for (let i = 0; i < x.length; i++) points[next[cellOf(i)]!++] = i;
  return { x, y, extent, side, starts, points };
}

const cellAt = (value: number, low: number, high: number, side: number): number =>
  Math.min(side - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * side)));

/**
 * The point nearest to a place, by distance on screen.
 * @param unit Data units per pixel on either axis.
 * @param reach Pixels; null when no point is that near.
 */
export function nearestPoint(
  grid: HitGrid,
  at: { readonly x: number; readonly y: number },
  unit: { readonly x: number; readonly y: number },
  reach: number,
): { readonly index: number; readonly distance: number } | null {
  const { extent, side, starts, points, x, y } = grid;
  const fromColumn = cellAt(at.x - reach * unit.x, extent.x0, extent.x1, side);
  const toColumn = cellAt(at.x + reach * unit.x, extent.x0, extent.x1, side);
  const fromRow = cellAt(at.y - reach * unit.y, extent.y0, extent.y1, side);
  const toRow = cellAt(at.y + reach * unit.y, extent.y0, extent.y1, side);
  let index = -1;
  let best = reach * reach;
  for (let row = fromRow; row <= toRow; row++) {
    const last = starts[row * side + toColumn + 1]!;
    for (let p = starts[row * side + fromColumn]!; p < last; p++) {
      const i = points[p]!;
      const dx = (x[i]! - at.x) / unit.x;
      const dy = (y[i]! - at.y) / unit.y;
      const squared = dx * dx + dy * dy;
      // The lower index wins a tie, so that the answer does not depend on the grid.
      if (squared < best || (squared === best && (index < 0 || i < index))) {
        best = squared;
        index = i;
      }
    }
  }
  return index < 0 ? null : { index, distance: Math.sqrt(best) };
}
