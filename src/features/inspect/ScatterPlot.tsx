import {
  type PointerEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
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
import type { DensityOutline } from './plot/densityOutlines';
import { Painter } from './plot/painter';
import type { Marginal, PlacedKey, RowKey } from './plot/plotScene';
import type { Region } from './plot/region';
import { SceneClient } from './plot/sceneClient';
import { fullView, panBy, type View, zoomAt } from './plot/view';

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

/** Pixels within which a point counts as pointed at. */
const REACH = 9;
/** A press that moves less than this is a click. */
const CLICK_MOVES = 4;
/** A smaller plot has no room for lines along its borders. */
const LEAST_WIDTH = 380;
const LEAST_HEIGHT = 240;
const wideMargin: PlotMargin = { ...plotMargin, top: 46, right: 54 };

type Place = { readonly x: number; readonly y: number };
type Press =
  | { readonly kind: 'move'; readonly from: Place; readonly view: View; moved: boolean }
  | { readonly kind: 'box' | 'lasso'; readonly from: Place; readonly mode: MarkMode; moved: boolean; trail: Place[] };

/**
 * Points on a canvas with axes in SVG. Zoomed and moved by wheel, drag and keys; rows are marked by box, lasso, click and
 * keys. Whatever has to look at all points happens in the plotting thread. Fills its container.
 */
export function ScatterPlot(props: ScatterPlotProps) {
  const { data, visible, marks, selected, tool, hasOutlines, shared, handle, onSelect, onMark } = props;
  const { ref, width, height } = useSize<HTMLDivElement>();
  const hasMarginals = props.hasMarginals && width >= LEAST_WIDTH && height >= LEAST_HEIGHT;
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const [scene, setScene] = useState<SceneClient | null>(null);
  const palette = usePalette();
  const full = useMemo(() => fullView(data.x, data.y), [data.x, data.y]);
  const axes = `${data.x.column} ${data.x.isLog}\n${data.y.column} ${data.y.isLog}`;
  // The zoom belongs to a pair of axes: other columns start in full, new points on the same ones keep it.
  const [zoom, setZoom] = useState<{ readonly axes: string; readonly view: View } | null>(null);
  const view = shared ? (shared.view ?? full) : zoom?.axes === axes ? zoom.view : full;
  const setView = (next: View) =>
    shared ? shared.setView(next === full ? null : next) : setZoom(next === full ? null : { axes, view: next });
  const [hovered, setHovered] = useState<PlacedKey | null>(null);
  const [ring, setRing] = useState<PlacedKey | null>(null);
  const [draft, setDraft] = useState<{ readonly kind: 'box' | 'lasso'; readonly trail: readonly Place[] } | null>(null);
  const [marginals, setMarginals] = useState<readonly Marginal[]>([]);
  const [outlines, setOutlines] = useState<readonly DensityOutline[]>([]);
  const [version, setVersion] = useState(0);
  const press = useRef<Press | null>(null);
  useImperativeHandle(handle, () => ({ frame: ref.current }), [ref]);

  const margin = hasMarginals ? wideMargin : plotMargin;
  const innerWidth = Math.max(1, width - margin.left - margin.right);
  const innerHeight = Math.max(1, height - margin.top - margin.bottom);
  const scale = Math.min(2, Math.max(1, globalThis.devicePixelRatio ?? 1));
  const shown = visible.join(' ');
  const points = useMemo(
    () => data.layers.reduce((sum, { layer, x }) => sum + (shown.split(' ').includes(layer) ? x.length : 0), 0),
    [data.layers, shown],
  );

  // What the plot shows at the moment, for answers that arrive later.
  const now = useRef({ view, visible, hasMarginals });
  now.current = { view, visible, hasMarginals };

  useEffect(() => {
    const opened = new SceneClient();
    const own = new Painter(canvas.current!, opened, (painted) => {
      if (now.current.hasMarginals) void opened.marginals(painted, now.current.visible).then(setMarginals);
    });
    painter.current = own;
    setScene(opened);
    return () => {
      own.stop();
      opened.close();
    };
  }, []);
  useEffect(() => {
    if (!scene) return;
    void scene.setLayers(data.layers, full);
    setVersion((n) => n + 1);
  }, [scene, data.layers, full]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the flags belong to the points they were made for
  useEffect(() => {
    if (!scene) return;
    void scene.setMarks(marks);
    setVersion((n) => n + 1);
  }, [scene, marks, data.layers]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` names the visible layers, `version` the points
  useEffect(() => {
    if (!scene || width === 0 || height === 0) return;
    painter.current?.show({
      request: { view, scale, visible, ramps: palette.ramps, faded: palette.faded, surface: palette.surface },
      width: innerWidth,
      height: innerHeight,
      points,
      version,
    });
  }, [scene, version, view, shown, points, width, height, innerWidth, innerHeight, scale, palette, hasMarginals]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` names the visible layers, the points are new ones
  useEffect(() => {
    if (!scene || !hasOutlines) {
      setOutlines([]);
      return;
    }
    let isLatest = true;
    void scene.outlines(visible).then((found) => {
      if (isLatest) setOutlines(found);
    });
    return () => {
      isLatest = false;
    };
  }, [scene, hasOutlines, shown, data.layers]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row lies elsewhere on other axes
  useEffect(() => {
    if (!scene || !selected) {
      setRing(null);
      return;
    }
    let isLatest = true;
    void scene.place(selected).then((found) => {
      if (isLatest) setRing(found);
    });
    return () => {
      isLatest = false;
    };
  }, [scene, selected, data.layers]);

  const placeAt = (event: { clientX: number; clientY: number }): Place => {
    const box = ref.current!.getBoundingClientRect();
    return { x: event.clientX - box.left - margin.left, y: event.clientY - box.top - margin.top };
  };
  const shareAt = (event: { clientX: number; clientY: number }) => {
    const { x, y } = placeAt(event);
    return { x: x / innerWidth, y: 1 - y / innerHeight };
  };
  const unit = { x: (view.x1 - view.x0) / innerWidth, y: (view.y1 - view.y0) / innerHeight };
  const positionOf = ({ x, y }: Place): Place => ({ x: view.x0 + x * unit.x, y: view.y1 - y * unit.y });
  const pointAt = async (event: { clientX: number; clientY: number }): Promise<PlacedKey | null> => {
    const at = placeAt(event);
    if (!scene || at.x < 0 || at.x > innerWidth || at.y < 0 || at.y > innerHeight) return null;
    return scene.nearest(positionOf(at), unit, REACH, visible);
  };
  /** One question at a time: while it is answered only the latest place is kept. */
  const hover = useRef<{ isAsking: boolean; next: { clientX: number; clientY: number } | null }>({
    isAsking: false,
    next: null,
  });
  const lookAt = async (event: { clientX: number; clientY: number }) => {
    hover.current.next = event;
    if (hover.current.isAsking) return;
    hover.current.isAsking = true;
    while (hover.current.next) {
      const { clientX, clientY } = hover.current.next;
      hover.current.next = null;
      const found = await pointAt({ clientX, clientY });
      if (press.current === null)
        setHovered((before) => (before?.layer === found?.layer && before?.row === found?.row ? before : found));
    }
    hover.current.isAsking = false;
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

  const names = `${data.x.column} and ${data.y.column}`;
  const markInside = async (region: Region, mode: MarkMode, origin: string) => {
    if (!scene) return;
    onMark(await scene.inside(region, visible), mode, origin);
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    hover.current.next = null;
    const from = placeAt(event);
    const kind = tool === 'move' && event.shiftKey ? 'box' : tool;
    if (kind === 'move') {
      press.current = { kind, from: { x: event.clientX, y: event.clientY }, view, moved: false };
      return;
    }
    const adds = tool !== 'move' && event.shiftKey;
    press.current = {
      kind,
      from,
      mode: event.altKey ? 'remove' : adds ? 'add' : 'replace',
      moved: false,
      trail: [from],
    };
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = press.current;
    if (!from) {
      void lookAt({ clientX: event.clientX, clientY: event.clientY });
      return;
    }
    if (from.kind === 'move') {
      const [dx, dy] = [event.clientX - from.from.x, event.clientY - from.from.y];
      if (!from.moved && Math.hypot(dx, dy) < CLICK_MOVES) return;
      from.moved = true;
      setHovered(null);
      setView(panBy(from.view, { x: -dx / innerWidth, y: dy / innerHeight }, full));
      return;
    }
    const at = placeAt(event);
    const last = from.trail.at(-1)!;
    if (Math.hypot(at.x - last.x, at.y - last.y) < CLICK_MOVES) return;
    from.moved = true;
    setHovered(null);
    from.trail = from.kind === 'box' ? [from.from, at] : [...from.trail, at];
    setDraft({ kind: from.kind, trail: from.trail });
  };
  const onPointerUp = async (event: PointerEvent) => {
    const ended = press.current;
    press.current = null;
    setDraft(null);
    if (!ended) return;
    if (!ended.moved) {
      const { ctrlKey, metaKey } = event;
      const key = await pointAt({ clientX: event.clientX, clientY: event.clientY });
      if (key && (ctrlKey || metaKey)) toggleMark(key);
      else onSelect(key && { layer: key.layer, row: key.row });
      return;
    }
    if (ended.kind === 'move') return;
    const corners = ended.trail.map(positionOf);
    if (ended.kind === 'box') {
      const [a, b] = [corners[0]!, corners.at(-1)!];
      const region = { x0: Math.min(a.x, b.x), x1: Math.max(a.x, b.x), y0: Math.min(a.y, b.y), y1: Math.max(a.y, b.y) };
      await markInside({ kind: 'box', ...region }, ended.mode, `box on ${names}`);
    } else {
      const line = corners.map(({ x, y }) => [x, y] as const);
      await markInside({ kind: 'lasso', corners: line }, ended.mode, `lasso on ${names}`);
    }
  };

  const toggleMark = ({ layer, row }: RowKey) => {
    const isMarked = marks.some((one) => one.layer === layer && one.rows.includes(row));
    onMark([{ layer, rows: Int32Array.of(row) }], isMarked ? 'remove' : 'add', `points on ${names}`);
  };
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

  const pixelOf = (key: PlacedKey | null): { readonly left: number; readonly top: number } | null => {
    if (!key) return null;
    const left = margin.left + (key.x - view.x0) / unit.x;
    const top = margin.top + (view.y1 - key.y) / unit.y;
    const isInside =
      left >= margin.left && left <= margin.left + innerWidth && top >= margin.top && top <= margin.top + innerHeight;
    return isInside ? { left, top } : null;
  };
  const at = pixelOf(ring);
  const tip = pixelOf(hovered);
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
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={(event) => void onPointerUp(event)}
      onPointerCancel={() => {
        press.current = null;
        setDraft(null);
      }}
      onPointerLeave={() => {
        hover.current.next = null;
        setHovered(null);
      }}
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
        {props.overlay?.((px, py) => ({
          left: margin.left + (px - view.x0) / unit.x,
          top: margin.top + (view.y1 - py) / unit.y,
        }))}
        {at && <circle className="scatter-ring" cx={at.left} cy={at.top} r={8} />}
        {tip && <circle className="scatter-ring scatter-ring-hover" cx={tip.left} cy={tip.top} r={6} />}
        {draft && (
          <path
            className="scatter-draft"
            transform={`translate(${margin.left},${margin.top})`}
            d={
              draft.kind === 'box'
                ? boxPath(draft.trail)
                : `M${draft.trail.map(({ x: a, y: b }) => `${a},${b}`).join('L')}Z`
            }
          />
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

function boxPath(trail: readonly Place[]): string {
  const [a, b] = [trail[0]!, trail.at(-1)!];
  return `M${a.x},${a.y}H${b.x}V${b.y}H${a.x}Z`;
}
