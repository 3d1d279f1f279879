import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useSize } from '../../ui/useSize';
import type { PointLayer, RowMarks } from '../../worker/inspectApi';
import { usePalette } from './palette';
import { Painter } from './plot/painter';
import type { PlotLayer } from './plot/plotScene';
import { SceneClient } from './plot/sceneClient';
import type { View } from './plot/view';

interface MiniScatterProps {
  readonly label: string;
  readonly layers: readonly PlotLayer[];
  readonly full: View;
  readonly visible: readonly PointLayer[];
  readonly marks: readonly RowMarks[];
  /** A box was drawn; `adds` with Shift. */
  onMark(box: View, adds: boolean): void;
  onOpen(): void;
}

type Place = { readonly x: number; readonly y: number };

/** Two columns without axes: a drag marks a box, a press opens the plot in full. */
export function MiniScatter({ label, layers, full, visible, marks, onMark, onOpen }: MiniScatterProps) {
  const { ref, width, height } = useSize<HTMLButtonElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const [scene, setScene] = useState<SceneClient | null>(null);
  const [version, setVersion] = useState(0);
  const [draft, setDraft] = useState<readonly [Place, Place] | null>(null);
  const wasDragged = useRef(false);
  const palette = usePalette();
  useEffect(() => {
    const opened = new SceneClient();
    const own = new Painter(canvas.current!, opened, () => {});
    painter.current = own;
    setScene(opened);
    return () => {
      own.stop();
      opened.close();
    };
  }, []);
  useEffect(() => {
    void scene?.setLayers(layers, full);
    void scene?.setMarks(marks);
    setVersion((n) => n + 1);
  }, [scene, layers, full, marks]);
  useEffect(() => {
    if (!scene || width === 0 || height === 0) return;
    painter.current?.show({
      request: { view: full, scale: 1, visible, ramps: palette.ramps, faded: palette.faded, surface: palette.surface },
      width,
      height,
      points: 0,
      version,
    });
  }, [scene, version, full, visible, palette, width, height]);
  const placeAt = (event: PointerEvent): Place => {
    const box = ref.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const finish = (event: PointerEvent) => {
    if (!draft) return;
    const [a] = draft;
    const b = placeAt(event);
    setDraft(null);
    if (Math.hypot(b.x - a.x, b.y - a.y) < 5) return;
    wasDragged.current = true;
    const x = (place: number) => full.x0 + (place / width) * (full.x1 - full.x0);
    const y = (place: number) => full.y1 - (place / height) * (full.y1 - full.y0);
    const box = {
      x0: x(Math.min(a.x, b.x)),
      x1: x(Math.max(a.x, b.x)),
      y0: y(Math.max(a.y, b.y)),
      y1: y(Math.min(a.y, b.y)),
    };
    onMark(box, event.shiftKey);
  };
  return (
    <button
      ref={ref}
      type="button"
      className="mini-scatter"
      aria-label={`${label}: open in full`}
      title={`${label}: drag to mark, press to open`}
      onClick={() => {
        if (!wasDragged.current) onOpen();
        wasDragged.current = false;
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = placeAt(event);
        setDraft([at, at]);
      }}
      onPointerMove={(event) => draft && setDraft([draft[0], placeAt(event)])}
      onPointerUp={finish}
      onPointerCancel={() => setDraft(null)}
    >
      <canvas ref={canvas} />
      {draft && (
        <span
          className="mini-draft"
          style={{
            left: Math.min(draft[0].x, draft[1].x),
            top: Math.min(draft[0].y, draft[1].y),
            width: Math.abs(draft[1].x - draft[0].x),
            height: Math.abs(draft[1].y - draft[0].y),
          }}
        />
      )}
    </button>
  );
}
