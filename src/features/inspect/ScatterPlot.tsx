import { scaleLinear, scaleUtc } from 'd3-scale';
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { PlotFrame, plotMargin } from '../../ui/PlotFrame';
import { useSize } from '../../ui/useSize';
import type { PointLayer, ScatterAxis, ScatterData } from '../../worker/api';
import { buildHitGrid, nearestPoint } from './hitGrid';
import { stepPoint, summarySentence } from './layers';
import { drawingOrder, markOf, markScale, shapeOf } from './marks';
import { PointTip } from './PointTip';
import { Painter } from './painter';
import { usePalette } from './palette';
import type { RowKey } from './useRowDetail';
import { fullView, panBy, type View, zoomAt } from './view';

interface ScatterPlotProps {
  readonly data: ScatterData;
  readonly visible: ReadonlySet<PointLayer>;
  readonly selected: RowKey | null;
  onSelect(key: RowKey | null): void;
}

/** Pixels within which a point counts as pointed at. */
const REACH = 9;
/** A press that moves less than this is a click. */
const CLICK_MOVES = 4;

/** Points on a canvas with axes in SVG; zoomed and moved by wheel, drag and keys. Fills its container. */
export function ScatterPlot({ data, visible, selected, onSelect }: ScatterPlotProps) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const palette = usePalette();
  const full = useMemo(() => fullView(data.x, data.y), [data.x, data.y]);
  const axes = `${data.x.column}\n${data.y.column}`;
  // The zoom belongs to a pair of axes: other columns start in full, new points on the same ones keep it.
  const [zoom, setZoom] = useState<{ readonly axes: string; readonly view: View } | null>(null);
  const view = zoom?.axes === axes ? zoom.view : full;
  const setView = (next: View) => setZoom(next === full ? null : { axes, view: next });
  const [hovered, setHovered] = useState<RowKey | null>(null);
  const press = useRef<{ x: number; y: number; view: View; moved: boolean } | null>(null);

  const innerWidth = Math.max(1, width - plotMargin.left - plotMargin.right);
  const innerHeight = Math.max(1, height - plotMargin.top - plotMargin.bottom);
  const scale = Math.min(2, Math.max(1, globalThis.devicePixelRatio ?? 1));

  const shown = useMemo(
    () => drawingOrder.flatMap((name) => data.layers.filter(({ layer }) => layer === name && visible.has(name))),
    [data.layers, visible],
  );
  const grids = useMemo(() => shown.map(({ x, y }) => buildHitGrid(x, y, full)), [shown, full]);
  const raster = useMemo(
    () =>
      shown.map(({ layer, x, y }) => ({
        x,
        y,
        mark: markOf(shapeOf[layer], scale * (layer === 'common' ? 1 : markScale(x.length))),
        ramp: palette.ramps[layer],
      })),
    [shown, palette, scale],
  );

  useEffect(() => {
    if (!canvas.current) return;
    const own = new Painter(canvas.current);
    painter.current = own;
    return () => own.stop();
  }, []);
  useEffect(() => {
    if (width === 0 || height === 0) return;
    painter.current?.show({
      layers: raster,
      view,
      width: innerWidth,
      height: innerHeight,
      scale,
      surface: palette.surface,
    });
  }, [raster, view, width, height, innerWidth, innerHeight, scale, palette.surface]);

  const shareAt = (event: { clientX: number; clientY: number }) => {
    const box = ref.current!.getBoundingClientRect();
    return {
      x: (event.clientX - box.left - plotMargin.left) / innerWidth,
      y: 1 - (event.clientY - box.top - plotMargin.top) / innerHeight,
    };
  };
  const pointAt = (event: { clientX: number; clientY: number }): RowKey | null => {
    const share = shareAt(event);
    if (share.x < 0 || share.x > 1 || share.y < 0 || share.y > 1) return null;
    const unit = { x: (view.x1 - view.x0) / innerWidth, y: (view.y1 - view.y0) / innerHeight };
    const at = { x: view.x0 + share.x * (view.x1 - view.x0), y: view.y0 + share.y * (view.y1 - view.y0) };
    let best: { key: RowKey; distance: number } | null = null;
    for (const [i, grid] of grids.entries()) {
      const found = nearestPoint(grid, at, unit, REACH);
      // Of two equally near the one on top.
      if (found && (best === null || found.distance <= best.distance))
        best = { key: { layer: shown[i]!.layer, row: shown[i]!.row[found.index]! }, distance: found.distance };
    }
    return best?.key ?? null;
  };

  // React listens to wheels passively, and a passive listener cannot keep the page from scrolling.
  const onWheel = useRef<(event: WheelEvent) => void>(() => {});
  onWheel.current = (event) => {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    setView(zoomAt(view, shareAt(event), 2 ** (-pixels / (event.ctrlKey ? 60 : 240)), full));
  };
  useEffect(() => {
    const element = ref.current;
    const listen = (event: WheelEvent) => onWheel.current(event);
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [ref]);

  const onPointerMove = (event: PointerEvent) => {
    const from = press.current;
    if (!from) {
      const next = pointAt(event);
      setHovered((now) => (now?.layer === next?.layer && now?.row === next?.row ? now : next));
      return;
    }
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < CLICK_MOVES) return;
    from.moved = true;
    setHovered(null);
    setView(panBy(from.view, { x: -dx / innerWidth, y: dy / innerHeight }, full));
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = { x: 0.5, y: 0.5 };
    const step = event.shiftKey ? 0.5 : 0.15;
    const moves: Record<string, () => void> = {
      '+': () => setView(zoomAt(view, middle, 1.4, full)),
      '=': () => setView(zoomAt(view, middle, 1.4, full)),
      '-': () => setView(zoomAt(view, middle, 1 / 1.4, full)),
      '0': () => setView(full),
      ArrowLeft: () => setView(panBy(view, { x: -step, y: 0 }, full)),
      ArrowRight: () => setView(panBy(view, { x: step, y: 0 }, full)),
      ArrowUp: () => setView(panBy(view, { x: 0, y: step }, full)),
      ArrowDown: () => setView(panBy(view, { x: 0, y: -step }, full)),
      n: () => stepSelection(1),
      p: () => stepSelection(-1),
      Escape: () => onSelect(null),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  const stepSelection = (by: 1 | -1) => {
    const layer = shown.find((one) => one.layer === selected?.layer) ?? shown.at(-1);
    const row = layer && stepPoint(layer, selected?.layer === layer.layer ? selected.row : null, by);
    if (layer && row !== null && row !== undefined) onSelect({ layer: layer.layer, row });
  };

  const placeOf = (key: RowKey | null): { readonly left: number; readonly top: number } | null => {
    const layer = key && shown.find((one) => one.layer === key.layer);
    const i = layer ? layer.row.indexOf(key!.row) : -1;
    if (!layer || i < 0) return null;
    const left = plotMargin.left + ((layer.x[i]! - view.x0) / (view.x1 - view.x0)) * innerWidth;
    const top = plotMargin.top + ((view.y1 - layer.y[i]!) / (view.y1 - view.y0)) * innerHeight;
    const isInside =
      left >= plotMargin.left &&
      left <= plotMargin.left + innerWidth &&
      top >= plotMargin.top &&
      top <= plotMargin.top + innerHeight;
    return isInside ? { left, top } : null;
  };
  const ring = placeOf(selected);
  const tip = placeOf(hovered);
  const x = useMemo(
    () => axisProps(data.x, view.x0, view.x1, plotMargin.left, plotMargin.left + innerWidth, 90),
    [data.x, view, innerWidth],
  );
  const y = useMemo(
    () => axisProps(data.y, view.y0, view.y1, plotMargin.top + innerHeight, plotMargin.top, 48),
    [data.y, view, innerHeight],
  );

  return (
    <div
      ref={ref}
      className="scatter"
      role="application"
      aria-roledescription="scatter plot"
      aria-label={`${data.y.column} against ${data.x.column}. Plus and minus zoom, arrows move, 0 shows all, N and P step through the rows of a layer.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a plot is moved and zoomed by keyboard, which needs the focus
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setView(full)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        press.current = { x: event.clientX, y: event.clientY, view, moved: false };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={(event) => {
        if (press.current && !press.current.moved) onSelect(pointAt(event));
        press.current = null;
      }}
      onPointerCancel={() => {
        press.current = null;
      }}
      onPointerLeave={() => setHovered(null)}
    >
      <PlotFrame
        label={summarySentence(data, visible)}
        width={width}
        height={height}
        x={x}
        y={y}
        canvas={
          <div
            className="scatter-window"
            style={{ left: plotMargin.left, top: plotMargin.top, width: innerWidth, height: innerHeight }}
          >
            <canvas ref={canvas} />
          </div>
        }
      >
        {ring && <circle className="scatter-ring" cx={ring.left} cy={ring.top} r={8} />}
        {tip && <circle className="scatter-ring scatter-ring-hover" cx={tip.left} cy={tip.top} r={6} />}
      </PlotFrame>
      {hovered && tip && (
        <PointTip
          point={hovered}
          axes={[data.x.column, data.y.column]}
          left={tip.left}
          top={tip.top}
          isOnRight={tip.left < width / 2}
        />
      )}
    </div>
  );
}

/**
 * A scale with the labels that belong to its kind of column: names of levels, dates, numbers.
 * @param perTick Pixels from one tick to the next; the number of decimals in the labels follows from it.
 */
function axisProps(axis: ScatterAxis, low: number, high: number, from: number, to: number, perTick: number) {
  const ticks = Math.max(2, Math.floor(Math.abs(to - from) / perTick));
  const label = axis.column.length > 40 ? `${axis.column.slice(0, 39)}…` : axis.column;
  if (axis.kind === 'datetime') {
    const scale = scaleUtc([low, high], [from, to]);
    const format = scale.tickFormat(ticks);
    return { scale, label, ticks, format: (value: number | Date) => format(new Date(value)) };
  }
  const scale = scaleLinear([low, high], [from, to]);
  const { levels } = axis;
  if (levels)
    return {
      scale,
      label,
      ticks,
      format: (value: number | Date) => {
        const name = Number.isInteger(Number(value)) ? (levels[Number(value)] ?? '') : '';
        return name.length > 9 ? `${name.slice(0, 8)}…` : name;
      },
    };
  const format = scale.tickFormat(ticks);
  // Long numbers are written short (1.2M), since the margin has room for seven characters.
  const isLong = Math.max(Math.abs(low), Math.abs(high)) >= 1e5;
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });
  return {
    scale,
    label,
    ticks,
    format: (value: number | Date) => (isLong ? short.format(Number(value)) : format(Number(value))),
  };
}
