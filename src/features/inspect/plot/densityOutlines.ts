import { contours } from 'd3-contour';
import type { PointLayer } from '../../../worker/inspectApi';
import type { View } from './view';

/** Lines around the densest places that together hold a share of a layer's points. */
export interface DensityOutline {
  readonly layer: PointLayer;
  /** Share of the points inside. */
  readonly share: number;
  /** SVG path in shares of the full view, (0, 0) bottom left, (1, 1) top right. */
  readonly path: string;
}

const SHARES = [0.9, 0.5] as const;
const COLUMNS = 96;
const ROWS = 72;
/** Fewer points than this have no shape to draw. */
const LEAST_POINTS = 20;

/**
 * Highest-density regions of the points: smoothed by a Gaussian with Scott's bandwidths s_x n^(-1/6), s_y n^(-1/6), cut at
 * the densities above which 50 % and 90 % of the mass lie.
 * @see Computing and Graphing Highest Density Regions, The American Statistician 50 (1996).
 */
export function densityOutlines(
  { layer, x, y }: { readonly layer: PointLayer; readonly x: Float32Array; readonly y: Float32Array },
  full: View,
): DensityOutline[] {
  if (x.length < LEAST_POINTS) return [];
  const grid = new Float64Array(COLUMNS * ROWS);
  for (let i = 0; i < x.length; i++) {
    const column = Math.floor(((x[i]! - full.x0) / (full.x1 - full.x0)) * COLUMNS);
    const row = Math.floor(((y[i]! - full.y0) / (full.y1 - full.y0)) * ROWS);
    if (column >= 0 && column < COLUMNS && row >= 0 && row < ROWS) grid[row * COLUMNS + column]!++;
  }
  const shrink = x.length ** (-1 / 6);
  const perColumn = COLUMNS / (full.x1 - full.x0);
  const perRow = ROWS / (full.y1 - full.y0);
  const across = blurred(grid, COLUMNS, ROWS, Math.max(0.8, deviation(x) * perColumn * shrink), 1, COLUMNS);
  const smooth = blurred(across, ROWS, COLUMNS, Math.max(0.8, deviation(y) * perRow * shrink), COLUMNS, 1);
  const thresholds = thresholdsOf(smooth);
  const lines = contours().size([COLUMNS, ROWS]);
  return SHARES.flatMap((share, k) => {
    const { coordinates } = lines.contour(Array.from(smooth), thresholds[k]!);
    const path = coordinates
      .flat()
      .map((ring) => `M${ring.map(([a, b]) => `${(a! / COLUMNS).toFixed(4)},${(b! / ROWS).toFixed(4)}`).join('L')}Z`)
      .join('');
    return path === '' ? [] : [{ layer, share, path }];
  });
}

/** Densities above which the shares of the mass lie. */
function thresholdsOf(grid: Float64Array): number[] {
  const sorted = grid.slice().sort().reverse();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return SHARES.map((share) => {
    let sum = 0;
    for (const value of sorted) {
      sum += value;
      if (sum >= share * total) return value;
    }
    return 0;
  });
}

function deviation(values: Float32Array): number {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const step = values[i]! - mean;
    mean += step / (i + 1);
    squares += step * (values[i]! - mean);
  }
  return Math.sqrt(squares / values.length);
}

/** Convolved with a Gaussian along one direction; mass that would leave the grid is lost, or it would pile up at the border. */
function blurred(
  grid: Float64Array,
  length: number,
  lines: number,
  sd: number,
  step: number,
  stride: number,
): Float64Array {
  const reach = Math.min(length, Math.ceil(3 * sd));
  const kernel = Float64Array.from({ length: reach + 1 }, (_, k) => Math.exp(-0.5 * (k / sd) ** 2));
  const total = kernel.reduce((sum, value, k) => sum + (k === 0 ? value : 2 * value), 0);
  const out = new Float64Array(grid.length);
  for (let line = 0; line < lines; line++)
    for (let i = 0; i < length; i++) {
      const value = grid[line * stride + i * step]!;
      if (value === 0) continue;
      for (let k = -reach; k <= reach; k++) {
        const to = i + k;
        if (to < 0 || to >= length) continue;
        out[line * stride + to * step]! += (value * kernel[Math.abs(k)]!) / total;
      }
    }
  return out;
}
