import { type ReactNode, type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { MarkMode, PlotLook } from '../../state/inspect';
import { PlotFrame, type PlotMargin, plotMargin } from '../../ui/PlotFrame';
import { useSize } from '../../ui/useSize';
import type { PointLayer, RowMarks, ScatterData } from '../../worker/inspectApi';
import { summarySentence } from './layers';
import { MarginalLines } from './MarginalLines';
import { OutlinePaths } from './OutlinePaths';
import { PointTip } from './PointTip';
import { usePalette } from './palette';
import { axisProps } from './plot/axisProps';
import { geometryOf, pixelInside, pixelOf } from './plot/geometry';
import type { RowKey } from './plot/plotScene';
import type { Region } from './plot/region';
import { fullView, panBy, type View, zoomAt } from './plot/view';
import { type Draft, usePlotPointer } from './usePlotPointer';
import { useScene } from './useScene';

/** What a toolbar outside of the plot may ask of it. */
export interface PlotHandle {
  readonly frame: HTMLElement | null;
}

interface ScatterPlotProps {
  readonly data: ScatterData;
  readonly visible: readonly PointLayer[];
  readonly marks: readonly RowMarks[];
  readonly selected: RowKey | null;
  readonly tool: PlotLook['tool'];
  readonly hasOutlines: boolean;
  readonly hasMarginals: boolean;
  /** The part of the plane shown, where it is shared with another plot; null shows all. */
  readonly shared?: { readonly view: View | null; setView(view: View | null): void };
  readonly handle?: Ref<PlotHandle>;
  /** Drawn over the points; places are positions on the axes. */
  readonly overlay?: (pixelOf: (x: number, y: number) => { left: number; top: number }) => ReactNode;
  onSelect(key: RowKey | null): void;
  onMark(rows: readonly RowMarks[], mode: MarkMode, origin: string): void;
  onClearMarks(): void;
}

/** A smaller plot has no room for lines along its borders. */
const LEAST_WIDTH = 380;
const LEAST_HEIGHT = 240;
const wideMargin: PlotMargin = { ...plotMargin, top: 46, right: 54 };

/**
 * Points on a canvas with axes in SVG. Zoomed and moved by wheel, drag and keys; rows are marked by box, lasso, click and
 * keys. Whatever has to look at all points happens in the plotting thread. Fills its container.
 */
export function ScatterPlot(props: ScatterPlotProps) {
  const { data, visible, marks, selected, tool, hasOutlines, shared, handle, onSelect, onMark } = props;
  const { ref, width, height } = useSize<HTMLDivElement>();
  const hasMarginals = props.hasMarginals && width >= LEAST_WIDTH && height >= LEAST_HEIGHT;
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const full = useMemo(() => fullView(data.x, data.y), [data.x, data.y]);
  const axes = `${data.x.column} ${data.x.isLog}\n${data.y.column} ${data.y.isLog}`;
  // The zoom belongs to a pair of axes: other columns start in full, new points on the same ones keep it.
  const [zoom, setZoom] = useState<{ readonly axes: string; readonly view: View } | null>(null);
  const view = shared ? (shared.view ?? full) : zoom?.axes === axes ? zoom.view : full;
  const setView = (next: View) =>
    shared ? shared.setView(next === full ? null : next) : setZoom(next === full ? null : { axes, view: next });
  useImperativeHandle(handle, () => ({ frame: ref.current }), [ref]);

  const margin = hasMarginals ? wideMargin : plotMargin;
  const geometry = useMemo(() => geometryOf(view, margin, width, height), [view, margin, width, height]);
  const { width: innerWidth, height: innerHeight } = geometry;
  const shown = visible.join(' ');
  const { scene, marginals, outlines, ring } = useScene(canvas, {
    data,
    full,
    geometry,
    visible,
    marks,
    selected,
    palette,
    hasOutlines,
    hasMarginals,
    isLaidOut: width > 0 && height > 0,
  });

  const names = `${data.x.column} and ${data.y.column}`;
  const markInside = async (region: Region, mode: MarkMode, origin: string) => {
    if (scene) onMark(await scene.inside(region, visible), mode, origin);
  };
  const toggleMark = ({ layer, row }: RowKey) => {
    const isMarked = marks.some((one) => one.layer === layer && one.rows.includes(row));
    onMark([{ layer, rows: Int32Array.of(row) }], isMarked ? 'remove' : 'add', `points on ${names}`);
  };
  const { hovered, draft, handlers } = usePlotPointer(ref, {
    geometry,
    full,
    tool,
    visible,
    scene,
    setView,
    onChoose: (key) => onSelect(key && { layer: key.layer, row: key.row }),
    onToggle: toggleMark,
    onRegion: (region, mode) => void markInside(region, mode, `${region.kind} on ${names}`),
  });

  const stepSelection = async (by: 1 | -1) => {
    const next = await scene?.step(selected, by, visible);
    if (next) onSelect({ layer: next.layer, row: next.row });
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
      n: () => void stepSelection(1),
      p: () => void stepSelection(-1),
      m: () => selected && toggleMark(selected),
      v: () => void markInside({ kind: 'box', ...view }, 'replace', `all in view on ${names}`),
      V: () => void markInside({ kind: 'box', ...view }, 'add', `all in view on ${names}`),
      Escape: () => (marks.length > 0 ? props.onClearMarks() : onSelect(null)),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  const at = pixelInside(geometry, ring);
  const tip = pixelInside(geometry, hovered);
  const x = useMemo(
    () => axisProps(data.x, view.x0, view.x1, margin.left, margin.left + innerWidth, 90),
    [data.x, view, innerWidth, margin],
  );
  const y = useMemo(
    () => axisProps(data.y, view.y0, view.y1, margin.top + innerHeight, margin.top, 48),
    [data.y, view, innerHeight, margin],
  );
  const label = useMemo(() => summarySentence(data, new Set(shown.split(' ') as PointLayer[])), [data, shown]);
  const isProjected = data.x.column.startsWith('Principal') || data.x.column.startsWith('Neighbourhood');

  return (
    <div
      ref={ref}
      className="scatter"
      data-tool={tool}
      role="application"
      aria-roledescription="scatter plot"
      aria-label={`${data.y.column} against ${data.x.column}. Plus and minus zoom, arrows move, 0 shows all, N and P step through the rows of a layer, M marks the row, V marks all in view, Escape takes marks away.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a plot is moved and zoomed by keyboard, which needs the focus
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setView(full)}
      {...handlers}
    >
      <PlotFrame
        label={label}
        width={width}
        height={height}
        margin={margin}
        x={x}
        y={y}
        canvas={
          <div
            className="scatter-window"
            style={{ left: margin.left, top: margin.top, width: innerWidth, height: innerHeight }}
          >
            <canvas ref={canvas} />
          </div>
        }
      >
        {hasOutlines && (
          <OutlinePaths
            outlines={outlines}
            full={full}
            view={view}
            margin={margin}
            width={innerWidth}
            height={innerHeight}
          />
        )}
        {hasMarginals && (
          <MarginalLines marginals={marginals} margin={margin} width={innerWidth} height={innerHeight} />
        )}
        {props.overlay?.((px, py) => pixelOf(geometry, { x: px, y: py }))}
        {at && <circle className="scatter-ring" cx={at.left} cy={at.top} r={8} />}
        {tip && <circle className="scatter-ring scatter-ring-hover" cx={tip.left} cy={tip.top} r={6} />}
        {draft && (
          <path className="scatter-draft" transform={`translate(${margin.left},${margin.top})`} d={draftPath(draft)} />
        )}
      </PlotFrame>
      {hovered && tip && (
        <PointTip
          point={hovered}
          axes={isProjected ? [] : [data.x.column, data.y.column]}
          left={tip.left}
          top={tip.top}
          isOnRight={tip.left < width / 2}
        />
      )}
    </div>
  );
}

function draftPath({ kind, trail }: Draft): string {
  if (kind === 'lasso') return `M${trail.map(({ x, y }) => `${x},${y}`).join('L')}Z`;
  const [a, b] = [trail[0]!, trail.at(-1)!];
  return `M${a.x},${a.y}H${b.x}V${b.y}H${a.x}Z`;
}
