import { scaleLinear } from 'd3-scale';
import { useEffect, useMemo, useRef } from 'react';
import { PlotFrame, plotMargin } from '../../ui/PlotFrame';
import { useSize } from '../../ui/useSize';
import type { RunPreview } from '../../worker/api';

interface PreviewPlotProps {
  readonly preview: RunPreview;
  readonly x: string;
  readonly y: string;
  /** A newer one is being drawn. */
  readonly isStale: boolean;
}

const HEIGHT = 250;
/** Lines from donor to twin are drawn for this many rows: more hide the points. */
const MOST_TIES = 120;

/** Real rare rows as rings, previewed rows as filled dots, and a line from some real rows to what became of them. */
export function PreviewPlot({ preview, x, y, isStale }: PreviewPlotProps) {
  const { ref, width } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const plane = useMemo(() => planeOf(preview, x, y), [preview, x, y]);
  const innerWidth = Math.max(1, width - plotMargin.left - plotMargin.right);
  const innerHeight = HEIGHT - plotMargin.top - plotMargin.bottom;
  const axis = (column: Axis, from: number, to: number) => ({
    scale: scaleLinear().domain(column.domain).range([from, to]),
    label: column.name,
    ...(column.levels ? levelTicks(column.levels) : {}),
  });
  const across = axis(plane.x, plotMargin.left, plotMargin.left + innerWidth);
  const up = axis(plane.y, plotMargin.top + innerHeight, plotMargin.top);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const style = getComputedStyle(canvas.current!);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const px = scaleLinear().domain(plane.x.domain).range([0, innerWidth]);
    const py = scaleLinear().domain(plane.y.domain).range([innerHeight, 0]);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, innerWidth, innerHeight);
    const dot = (i: number, a: Float64Array, b: Float64Array, radius: number) => {
      const [u, v] = [px(a[i]!), py(b[i]!)];
      if (!Number.isFinite(u) || !Number.isFinite(v)) return;
      context.moveTo(u + radius, v);
      context.arc(u, v, radius, 0, 2 * Math.PI);
    };
    context.strokeStyle = colour('--data-synthetic');
    context.globalAlpha = 0.28;
    context.lineWidth = 1;
    context.beginPath();
    for (let i = 0; i < Math.min(MOST_TIES, plane.x.made.length); i++) {
      const from = [px(plane.x.donors[i]!), py(plane.y.donors[i]!)] as const;
      const to = [px(plane.x.made[i]!), py(plane.y.made[i]!)] as const;
      if (![...from, ...to].every(Number.isFinite)) continue;
      context.moveTo(...from);
      context.lineTo(...to);
    }
    context.stroke();
    context.globalAlpha = 0.75;
    context.fillStyle = colour('--data-synthetic');
    context.beginPath();
    for (let i = 0; i < plane.x.made.length; i++) dot(i, plane.x.made, plane.y.made, 2.2);
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = colour('--data-rare');
    context.lineWidth = 1.3;
    context.beginPath();
    for (let i = 0; i < plane.x.rare.length; i++) dot(i, plane.x.rare, plane.y.rare, 3.2);
    context.stroke();
  }, [plane, width, innerWidth, innerHeight]);

  const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
  return (
    <div ref={ref} className="preview-plot" data-stale={isStale || undefined}>
      {width > 0 && (
        <PlotFrame
          label={`${plane.x.made.length} previewed rows and ${plane.x.rare.length} real rare rows, ${x} across and ${y} up.`}
          width={width}
          height={HEIGHT}
          x={across}
          y={up}
          canvas={
            <canvas
              ref={canvas}
              width={innerWidth * ratio}
              height={innerHeight * ratio}
              style={{ left: plotMargin.left, top: plotMargin.top, width: innerWidth, height: innerHeight }}
            />
          }
        />
      )}
      <ul className="preview-key">
        <li>
          <svg width="12" height="12" aria-hidden>
            <circle cx="6" cy="6" r="3.6" fill="none" stroke="var(--data-rare)" strokeWidth="1.4" />
          </svg>
          real rare row
        </li>
        <li>
          <svg width="12" height="12" aria-hidden>
            <circle cx="6" cy="6" r="3" fill="var(--data-synthetic)" />
          </svg>
          new row
        </li>
        {preview.donorRows.some((row) => row >= 0) && (
          <li>
            <svg width="18" height="12" aria-hidden>
              <line x1="1" y1="6" x2="17" y2="6" stroke="var(--data-synthetic)" strokeOpacity="0.5" />
            </svg>
            from its real row
          </li>
        )}
      </ul>
    </div>
  );
}

interface Axis {
  readonly name: string;
  readonly levels: readonly string[] | null;
  readonly domain: readonly [number, number];
  readonly made: Float64Array;
  readonly donors: Float64Array;
  readonly rare: Float64Array;
}

function planeOf(preview: RunPreview, x: string, y: string): { readonly x: Axis; readonly y: Axis } {
  const axis = (name: string): Axis => {
    const at = preview.columnNames.indexOf(name);
    const levels = preview.levels[at] ?? null;
    // Points of one level would lie on one another: spread a little, the same for the same row.
    const spread = (column: Float64Array, salt: number) =>
      levels ? column.map((v, i) => v + (((i * 7919 + salt * 104_729) % 997) / 997 - 0.5) * 0.6) : column;
    const parts = { made: preview.made[at]!, donors: preview.donors[at]!, rare: preview.rare[at]! };
    if (levels)
      return {
        name,
        levels,
        domain: [-0.6, levels.length - 0.4],
        made: spread(parts.made, 1),
        donors: spread(parts.donors, 1),
        rare: spread(parts.rare, 2),
      };
    let low = Infinity;
    let high = -Infinity;
    for (const v of [...parts.made, ...parts.rare]) {
      if (v < low) low = v;
      if (v > high) high = v;
    }
    const margin = high > low ? (high - low) * 0.03 : 1;
    return { name, levels, domain: Number.isFinite(low) ? [low - margin, high + margin] : [0, 1], ...parts };
  };
  return { x: axis(x), y: axis(y) };
}

const MOST_LEVEL_TICKS = 8;
const levelTicks = (levels: readonly string[]) => ({
  ticks: Math.min(MOST_LEVEL_TICKS, levels.length),
  format: (v: number | { valueOf(): number }) => {
    const at = Number(v);
    const text = Number.isInteger(at) ? (levels[at] ?? '') : '';
    return text.length > 12 ? `${text.slice(0, 11)}…` : text;
  },
});
