import type { PlotMargin } from '../../../ui/PlotFrame';
import type { View } from './view';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How positions on the axes lie on the plot. Places are pixels inside the axes, pixels those of the whole plot. */
export interface PlotGeometry {
  readonly view: View;
  readonly margin: PlotMargin;
  /** Size inside the axes. */
  readonly width: number;
  readonly height: number;
  /** Units of the axes per pixel. */
  readonly unit: Place;
}

export function geometryOf(view: View, margin: PlotMargin, width: number, height: number): PlotGeometry {
  const inner = {
    width: Math.max(1, width - margin.left - margin.right),
    height: Math.max(1, height - margin.top - margin.bottom),
  };
  return {
    view,
    margin,
    ...inner,
    unit: { x: (view.x1 - view.x0) / inner.width, y: (view.y1 - view.y0) / inner.height },
  };
}

export const positionAt = ({ view, unit }: PlotGeometry, { x, y }: Place): Place => ({
  x: view.x0 + x * unit.x,
  y: view.y1 - y * unit.y,
});

export const pixelOf = ({ view, unit, margin }: PlotGeometry, { x, y }: Place) => ({
  left: margin.left + (x - view.x0) / unit.x,
  top: margin.top + (view.y1 - y) / unit.y,
});

/** Null for a position outside of the axes. */
export function pixelInside(geometry: PlotGeometry, at: Place | null) {
  if (!at) return null;
  const { margin, width, height } = geometry;
  const { left, top } = pixelOf(geometry, at);
  const isInside =
    left >= margin.left && left <= margin.left + width && top >= margin.top && top <= margin.top + height;
  return isInside ? { left, top } : null;
}
