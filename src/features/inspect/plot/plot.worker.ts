import { expose, transfer } from 'comlink';
import type { RowMarks } from '../../../worker/inspectApi';
import { type PaintRequest, type PlotLayer, PlotScene } from './plotScene';
import type { View } from './view';

/** Scenes by the id their plot gave them. */
const scenes = new Map<number, PlotScene>();
const sceneOf = (id: number) => {
  const scene = scenes.get(id) ?? new PlotScene();
  scenes.set(id, scene);
  return scene;
};

const plotThread = {
  close: (id: number) => void scenes.delete(id),
  setLayers: (id: number, layers: readonly PlotLayer[], full: View) => sceneOf(id).setLayers(layers, full),
  setMarks: (id: number, marks: readonly RowMarks[]) => sceneOf(id).setMarks(marks),
  paint(id: number, request: PaintRequest) {
    const pixels = sceneOf(id).paint(request);
    return transfer(pixels, [pixels.buffer]);
  },
  marginals: (id: number, ...rest: Parameters<PlotScene['marginals']>) => sceneOf(id).marginals(...rest),
  outlines: (id: number, ...rest: Parameters<PlotScene['outlines']>) => sceneOf(id).outlines(...rest),
  nearest: (id: number, ...rest: Parameters<PlotScene['nearest']>) => sceneOf(id).nearest(...rest),
  inside(id: number, ...rest: Parameters<PlotScene['inside']>) {
    const marks = sceneOf(id).inside(...rest);
    return transfer(
      marks,
      marks.map(({ rows }) => rows.buffer),
    );
  },
  place: (id: number, ...rest: Parameters<PlotScene['place']>) => sceneOf(id).place(...rest),
  step: (id: number, ...rest: Parameters<PlotScene['step']>) => sceneOf(id).step(...rest),
};
export type PlotThread = typeof plotThread;

expose(plotThread);
