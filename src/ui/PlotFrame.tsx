import { type AxisDomain, type AxisScale, axisBottom, axisLeft } from 'd3-axis';
import { select } from 'd3-selection';
import { type ReactNode, useEffect, useRef } from 'react';

export interface PlotMargin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}
export const plotMargin: PlotMargin = { top: 8, right: 12, bottom: 40, left: 56 };

interface PlotAxis<D extends AxisDomain> {
  readonly scale: AxisScale<D>;
  readonly label: string;
  readonly ticks?: number;
  readonly format?: (value: D, index: number) => string;
}

interface PlotFrameProps<X extends AxisDomain, Y extends AxisDomain> {
  /** What a screen reader says of the plot, in a sentence or two. */
  readonly label: string;
  /** Outer size in pixels; scales map onto [margin.left, width - margin.right] and [height - margin.bottom, margin.top]. */
  readonly width: number;
  readonly height: number;
  readonly margin?: PlotMargin;
  readonly x: PlotAxis<X>;
  readonly y: PlotAxis<Y>;
  /** Drawn beneath the axes: a canvas, placed at the margins by the caller's style. */
  readonly canvas?: ReactNode;
  /** SVG drawn above the axes: marks, brush, crosshair. */
  readonly children?: ReactNode;
}

/** A label cut to about the pixels it has; SVG text neither wraps nor ends in an ellipsis by itself. */
function fitted(label: string, pixels: number): string {
  const most = Math.max(4, Math.floor(pixels / 7));
  return label.length > most ? `${label.slice(0, most - 1)}…` : label;
}

/** Axes, grid and labels in SVG around a canvas. */
export function PlotFrame<X extends AxisDomain, Y extends AxisDomain>(props: PlotFrameProps<X, Y>) {
  const { label, width, height, margin = plotMargin, x, y, canvas, children } = props;
  const xAxis = useRef<SVGGElement>(null);
  const yAxis = useRef<SVGGElement>(null);
  const grid = useRef<SVGGElement>(null);
  const innerWidth = Math.max(0, width - margin.left - margin.right);
  const innerHeight = Math.max(0, height - margin.top - margin.bottom);
  const xTicks = x.ticks ?? Math.max(2, Math.floor(innerWidth / 90));
  const yTicks = y.ticks ?? Math.max(2, Math.floor(innerHeight / 48));

  useEffect(() => {
    if (!xAxis.current || !yAxis.current || !grid.current) return;
    const bottom = axisBottom(x.scale).ticks(xTicks).tickSizeOuter(0);
    const left = axisLeft(y.scale).ticks(yTicks).tickSizeOuter(0);
    if (x.format) bottom.tickFormat(x.format);
    if (y.format) left.tickFormat(y.format);
    select(xAxis.current).call(bottom);
    select(yAxis.current).call(left);
    select(grid.current).call(
      axisLeft(y.scale)
        .ticks(yTicks)
        .tickSize(-innerWidth)
        .tickSizeOuter(0)
        .tickFormat(() => ''),
    );
    select(grid.current).select('.domain').remove();
  }, [x.scale, y.scale, x.format, y.format, xTicks, yTicks, innerWidth]);

  return (
    <div className="plot" style={{ width, height }} role="img" aria-label={label}>
      <svg width={width} height={height} aria-hidden>
        <g ref={grid} className="plot-grid" transform={`translate(${margin.left},0)`} />
      </svg>
      {canvas}
      <svg width={width} height={height} aria-hidden>
        <g ref={xAxis} className="plot-axis" transform={`translate(0,${height - margin.bottom})`} />
        <g ref={yAxis} className="plot-axis" transform={`translate(${margin.left},0)`} />
        <text className="plot-label" x={margin.left + innerWidth / 2} y={height - 6} textAnchor="middle">
          <title>{x.label}</title>
          {fitted(x.label, innerWidth)}
        </text>
        <text
          className="plot-label"
          transform={`translate(14,${margin.top + innerHeight / 2}) rotate(-90)`}
          textAnchor="middle"
        >
          <title>{y.label}</title>
          {fitted(y.label, innerHeight)}
        </text>
        {children}
      </svg>
    </div>
  );
}
