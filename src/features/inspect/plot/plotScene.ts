import type { PointLayer, RowMarks } from '../../../worker/inspectApi';
import { type DensityOutline, densityOutlines } from './densityOutlines';
import { buildHitGrid, type HitGrid, nearestPoint } from './hitGrid';
import { drawingOrder, markOf, scaleOfShape, shapeOf } from './marks';
import { paintPoints, type RasterLayer } from './raster';
import { contains, type Region } from './region';
import type { View } from './view';

export interface PlotLayer {
  readonly layer: PointLayer;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Ascending. */
  readonly row: Int32Array;
}

export interface RowKey {
  readonly layer: PointLayer;
  readonly row: number;
}

export interface PaintRequest {
  readonly view: View;
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  readonly visible: readonly PointLayer[];
  readonly ramps: Readonly<Record<PointLayer, readonly number[]>>;
  /** Colours of what is not marked while something is. */
  readonly faded: Readonly<Record<PointLayer, readonly number[]>>;
  readonly surface: number;
  /** Every how many points are drawn: more than 1 for a first sight of very many. */
  readonly stride: number;
}

/** Shares of the points in view per bin along both axes. */
export interface Marginal {
  readonly layer: PointLayer;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface PlacedKey extends RowKey {
  readonly x: number;
  readonly y: number;
}

const MARGINAL_BINS = 48;

/** The points of one plot, and everything that has to look at all of them. Lives in a thread of its own. */
export class PlotScene {
  private layers: readonly PlotLayer[] = [];
  private full: View = { x0: 0, x1: 1, y0: 0, y1: 1 };
  private grids = new Map<PointLayer, HitGrid>();
  /** 1 per point that is marked; a layer without marks has none. */
  private masks = new Map<PointLayer, Uint8Array>();
  private hasMarks = false;

  setLayers(layers: readonly PlotLayer[], full: View): void {
    this.layers = layers;
    this.full = full;
    this.grids.clear();
  }

  setMarks(marks: readonly RowMarks[]): void {
    this.hasMarks = marks.length > 0;
    this.masks.clear();
    for (const { layer, rows } of marks) {
      const found = this.layers.find((one) => one.layer === layer);
      if (found) this.masks.set(layer, maskOf(found.row, rows));
    }
  }

  /** The pixels of the picture, packed as ImageData stores them. */
  paint(request: PaintRequest): Uint32Array {
    const { width, height, view, surface, ramps, faded, scale, stride } = request;
    const pixels = new Uint32Array(width * height);
    const shown = this.shown(request.visible);
    const layerFor = (one: PlotLayer, ramp: readonly number[], wanted: 0 | 1 | null): RasterLayer => ({
      x: one.x,
      y: one.y,
      mark: markOf(shapeOf[one.layer], scale * scaleOfShape(shapeOf[one.layer], one.x.length)),
      ramp,
      stride,
      mask: wanted === null ? null : { of: this.masks.get(one.layer) ?? null, wanted },
    });
    const layers = this.hasMarks
      ? [
          ...shown.map((one) => layerFor(one, faded[one.layer], 0)),
          ...shown.filter(({ layer }) => this.masks.has(layer)).map((one) => layerFor(one, ramps[one.layer], 1)),
        ]
      : shown.map((one) => layerFor(one, ramps[one.layer], null));
    for (const _ of paintPoints({ pixels, width, height }, view, layers, surface));
    return pixels;
  }

  marginals(view: View, visible: readonly PointLayer[]): Marginal[] {
    return this.shown(visible).map(({ layer, x, y }) => {
      const across = new Float64Array(MARGINAL_BINS);
      const up = new Float64Array(MARGINAL_BINS);
      let n = 0;
      const perX = MARGINAL_BINS / (view.x1 - view.x0);
      const perY = MARGINAL_BINS / (view.y1 - view.y0);
      for (let i = 0; i < x.length; i++) {
        const bx = Math.floor((x[i]! - view.x0) * perX);
        const by = Math.floor((y[i]! - view.y0) * perY);
        if (bx < 0 || by < 0 || bx >= MARGINAL_BINS || by >= MARGINAL_BINS) continue;
        across[bx]!++;
        up[by]!++;
        n++;
      }
      const share = (counts: Float64Array) => Array.from(counts, (count) => (n === 0 ? 0 : count / n));
      return { layer, x: share(across), y: share(up) };
    });
  }

  outlines(visible: readonly PointLayer[]): DensityOutline[] {
    return this.shown(visible).flatMap((one) => densityOutlines(one, this.full));
  }

  /** The point nearest to a place, on screen; of two equally near the one on top. */
  nearest(
    at: { readonly x: number; readonly y: number },
    unit: { readonly x: number; readonly y: number },
    reach: number,
    visible: readonly PointLayer[],
  ): PlacedKey | null {
    let best: { key: PlacedKey; distance: number } | null = null;
    for (const one of this.shown(visible)) {
      const found = nearestPoint(this.gridOf(one), at, unit, reach);
      if (!found || (best !== null && found.distance > best.distance)) continue;
      const { index } = found;
      const key = { layer: one.layer, row: one.row[index]!, x: one.x[index]!, y: one.y[index]! };
      best = { key, distance: found.distance };
    }
    return best?.key ?? null;
  }

  /** The points of the visible layers that lie inside a region. */
  inside(region: Region, visible: readonly PointLayer[]): RowMarks[] {
    return this.shown(visible).flatMap(({ layer, x, y, row }) => {
      const found = new Int32Array(row.length);
      let n = 0;
      const isInside = contains(region);
      for (let i = 0; i < row.length; i++) if (isInside(x[i]!, y[i]!)) found[n++] = row[i]!;
      return n === 0 ? [] : [{ layer, rows: found.slice(0, n) }];
    });
  }

  place(key: RowKey): PlacedKey | null {
    const one = this.layers.find(({ layer }) => layer === key.layer);
    const i = one ? indexOf(one.row, key.row) : -1;
    return one && i >= 0 ? { ...key, x: one.x[i]!, y: one.y[i]! } : null;
  }

  /** The row after or before the given one among those drawn of its layer, for stepping by keyboard. */
  step(key: RowKey | null, by: 1 | -1, visible: readonly PointLayer[]): PlacedKey | null {
    const shown = this.shown(visible);
    const one = shown.find(({ layer }) => layer === key?.layer) ?? shown.findLast(({ row }) => row.length > 0);
    if (!one || one.row.length === 0) return null;
    const at = key?.layer === one.layer ? indexOf(one.row, key.row) : -1;
    const next = at < 0 ? (by > 0 ? 0 : one.row.length - 1) : (at + by + one.row.length) % one.row.length;
    return { layer: one.layer, row: one.row[next]!, x: one.x[next]!, y: one.y[next]! };
  }

  private shown(visible: readonly PointLayer[]): readonly PlotLayer[] {
    return drawingOrder.flatMap((name) =>
      visible.includes(name) ? this.layers.filter(({ layer }) => layer === name) : [],
    );
  }

  private gridOf(one: PlotLayer): HitGrid {
    const grid = this.grids.get(one.layer) ?? buildHitGrid(one.x, one.y, this.full);
    this.grids.set(one.layer, grid);
    return grid;
  }
}

/** 1 where a row is among the marked ones; both are ascending. */
function maskOf(rows: Int32Array, marked: Int32Array): Uint8Array {
  const mask = new Uint8Array(rows.length);
  for (let i = 0, j = 0; i < rows.length && j < marked.length; ) {
    if (rows[i]! < marked[j]!) i++;
    else if (rows[i]! > marked[j]!) j++;
    else {
      mask[i++] = 1;
      j++;
    }
  }
  return mask;
}

/** Place of a row in an ascending list by halving; -1 where it is not. */
function indexOf(rows: Int32Array, row: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (rows[middle] === row) return middle;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
