import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { MarkMode, PlotLook } from '../../state/inspect';
import type { PointLayer } from '../../worker/inspectApi';
import { type Place, type PlotGeometry, positionAt } from './plot/geometry';
import type { PlacedKey } from './plot/plotScene';
import type { Region } from './plot/region';
import type { SceneClient } from './plot/sceneClient';
import { panBy, type View, zoomAt } from './plot/view';

/** Pixels within which a point counts as pointed at. */
const REACH = 9;
/** A press that moves less than this is a click. */
const CLICK_MOVES = 4;

type At = { readonly clientX: number; readonly clientY: number };
type Press =
  | { readonly kind: 'move'; readonly from: Place; readonly view: View; moved: boolean }
  | { readonly kind: 'box' | 'lasso'; readonly from: Place; readonly mode: MarkMode; moved: boolean; trail: Place[] };

/** A box or lasso that is being drawn: its corners so far, in pixels inside the axes. */
export interface Draft {
  readonly kind: 'box' | 'lasso';
  readonly trail: readonly Place[];
}

interface PointerActions {
  readonly geometry: PlotGeometry;
  readonly full: View;
  readonly tool: PlotLook['tool'];
  readonly visible: readonly PointLayer[];
  readonly scene: SceneClient | null;
  setView(view: View): void;
  /** A click without a key held: the point there, or null. */
  onChoose(key: PlacedKey | null): void;
  /** A click with Control held. */
  onToggle(key: PlacedKey): void;
  onRegion(region: Region, mode: MarkMode): void;
}

/** What a mouse, pen or finger does on a plot: hover, choose, move, zoom, draw a box or a lasso. */
export function usePlotPointer(frame: RefObject<HTMLElement | null>, actions: PointerActions) {
  const { geometry, full, tool, visible, scene, setView } = actions;
  const { view, margin, unit, width, height } = geometry;
  const [hovered, setHovered] = useState<PlacedKey | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const press = useRef<Press | null>(null);

  const placeAt = (event: At): Place => {
    const box = frame.current!.getBoundingClientRect();
    return { x: event.clientX - box.left - margin.left, y: event.clientY - box.top - margin.top };
  };
  const pointAt = async (event: At): Promise<PlacedKey | null> => {
    const at = placeAt(event);
    if (!scene || at.x < 0 || at.x > width || at.y < 0 || at.y > height) return null;
    return scene.nearest(positionAt(geometry, at), unit, REACH, visible);
  };
  /** One question at a time: while it is answered only the latest place is kept. */
  const hover = useRef<{ isAsking: boolean; next: At | null }>({ isAsking: false, next: null });
  const lookAt = async (event: At) => {
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
    const { x, y } = placeAt(event);
    setView(zoomAt(view, { x: x / width, y: 1 - y / height }, 2 ** (-pixels / (event.ctrlKey ? 60 : 240)), full));
  };
  useEffect(() => {
    const element = frame.current;
    const listen = (event: WheelEvent) => onWheel.current(event);
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [frame]);

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
    const mode = event.altKey ? 'remove' : adds ? 'add' : 'replace';
    press.current = { kind, from, mode, moved: false, trail: [from] };
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
      setView(panBy(from.view, { x: -dx / width, y: dy / height }, full));
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
      if (key && (ctrlKey || metaKey)) actions.onToggle(key);
      else actions.onChoose(key);
      return;
    }
    if (ended.kind === 'move') return;
    const corners = ended.trail.map((place) => positionAt(geometry, place));
    actions.onRegion(ended.kind === 'box' ? boxOf(corners) : lassoOf(corners), ended.mode);
  };

  return {
    hovered,
    draft,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: (event: PointerEvent) => void onPointerUp(event),
      onPointerCancel: () => {
        press.current = null;
        setDraft(null);
      },
      onPointerLeave: () => {
        hover.current.next = null;
        setHovered(null);
      },
    },
  };
}

function boxOf(corners: readonly Place[]): Region {
  const [a, b] = [corners[0]!, corners.at(-1)!];
  return {
    kind: 'box',
    x0: Math.min(a.x, b.x),
    x1: Math.max(a.x, b.x),
    y0: Math.min(a.y, b.y),
    y1: Math.max(a.y, b.y),
  };
}

const lassoOf = (corners: readonly Place[]): Region => ({
  kind: 'lasso',
  corners: corners.map(({ x, y }) => [x, y] as const),
});
