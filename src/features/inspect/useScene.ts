import { type RefObject, useEffect, useRef, useState } from 'react';
import type { PointLayer, RowMarks, ScatterData } from '../../worker/inspectApi';
import type { Palette } from './palette';
import type { DensityOutline } from './plot/densityOutlines';
import type { PlotGeometry } from './plot/geometry';
import { Painter } from './plot/painter';
import type { Marginal, PlacedKey, RowKey } from './plot/plotScene';
import { SceneClient } from './plot/sceneClient';
import type { View } from './plot/view';

interface SceneContent {
  readonly data: ScatterData;
  /** All of the plane, which density outlines are drawn for. */
  readonly full: View;
  readonly geometry: PlotGeometry;
  readonly visible: readonly PointLayer[];
  readonly marks: readonly RowMarks[];
  readonly selected: RowKey | null;
  readonly palette: Palette;
  readonly hasOutlines: boolean;
  readonly hasMarginals: boolean;
  /** False until the plot has a size. */
  readonly isLaidOut: boolean;
}

interface SceneAnswers {
  /** Null before the plotting thread is there. */
  readonly scene: SceneClient | null;
  readonly marginals: readonly Marginal[];
  readonly outlines: readonly DensityOutline[];
  /** Where the selected row lies; null where it is not drawn. */
  readonly ring: PlacedKey | null;
}

/** Keeps a scene in the plotting thread, and a canvas that shows it, in step with what the plot is about. */
export function useScene(canvas: RefObject<HTMLCanvasElement | null>, content: SceneContent): SceneAnswers {
  const { data, full, geometry, visible, marks, selected, palette, hasOutlines, hasMarginals, isLaidOut } = content;
  const painter = useRef<Painter | null>(null);
  const [scene, setScene] = useState<SceneClient | null>(null);
  const [marginals, setMarginals] = useState<readonly Marginal[]>([]);
  const [outlines, setOutlines] = useState<readonly DensityOutline[]>([]);
  const [ring, setRing] = useState<PlacedKey | null>(null);
  const [version, setVersion] = useState(0);
  const scale = Math.min(2, Math.max(1, globalThis.devicePixelRatio ?? 1));
  const shown = visible.join(' ');
  const { view, width, height } = geometry;

  // What the plot shows at the moment, for answers that arrive later.
  const now = useRef({ visible, hasMarginals });
  now.current = { visible, hasMarginals };

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
  }, [canvas]);
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
    if (!scene || !isLaidOut) return;
    painter.current?.show({
      request: { view, scale, visible, ramps: palette.ramps, faded: palette.faded, surface: palette.surface },
      width,
      height,
      points: data.layers.reduce((sum, { layer, x }) => sum + (visible.includes(layer) ? x.length : 0), 0),
      version,
    });
  }, [scene, version, view, shown, data.layers, isLaidOut, width, height, scale, palette, hasMarginals]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` names the visible layers, the points are new ones
  useEffect(() => {
    if (!scene || !hasOutlines) {
      setOutlines([]);
      return;
    }
    return latestOnly(scene.outlines(visible), setOutlines);
  }, [scene, hasOutlines, shown, data.layers]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row lies elsewhere on other axes
  useEffect(() => {
    if (!scene || !selected) {
      setRing(null);
      return;
    }
    return latestOnly(scene.place(selected), setRing);
  }, [scene, selected, data.layers]);
  return { scene, marginals, outlines, ring };
}

/** Hands an answer on unless it was overtaken; returns the way to overtake it. */
function latestOnly<T>(answer: Promise<T>, hear: (value: T) => void): () => void {
  let isLatest = true;
  void answer.then((value) => {
    if (isLatest) hear(value);
  });
  return () => {
    isLatest = false;
  };
}
