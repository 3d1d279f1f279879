import { type Remote, transfer, wrap } from 'comlink';
import type { RowMarks } from '../../../worker/inspectApi';
import type { PlotThread } from './plot.worker';
import type { PaintRequest, PlotLayer, PlotScene } from './plotScene';
import type { View } from './view';

let thread: Remote<PlotThread> | null = null;
let issued = 0;

/** All plots of the page share one thread, so that drawing a million points never holds up a click. */
function plotThread(): Remote<PlotThread> {
  thread ??= wrap<PlotThread>(
    new Worker(new URL('./plot.worker.ts', import.meta.url), { type: 'module', name: 'plot' }),
  );
  return thread;
}

/** A scene in the plotting thread. */
export class SceneClient {
  readonly #id = ++issued;

  close(): void {
    void plotThread().close(this.#id);
  }
  /** Takes copies of the points: the page keeps none of its own to give away. */
  setLayers(layers: readonly PlotLayer[], full: View): Promise<void> {
    const own = layers.map(({ layer, x, y, row }) => ({ layer, x: x.slice(), y: y.slice(), row: row.slice() }));
    const buffers = own.flatMap(({ x, y, row }) => [x.buffer, y.buffer, row.buffer]);
    return plotThread().setLayers(this.#id, transfer(own, buffers), full);
  }
  setMarks(marks: readonly RowMarks[]): Promise<void> {
    return plotThread().setMarks(this.#id, marks);
  }
  paint(request: PaintRequest) {
    return plotThread().paint(this.#id, request);
  }
  marginals(...rest: Parameters<PlotScene['marginals']>) {
    return plotThread().marginals(this.#id, ...rest);
  }
  outlines(...rest: Parameters<PlotScene['outlines']>) {
    return plotThread().outlines(this.#id, ...rest);
  }
  nearest(...rest: Parameters<PlotScene['nearest']>) {
    return plotThread().nearest(this.#id, ...rest);
  }
  inside(...rest: Parameters<PlotScene['inside']>) {
    return plotThread().inside(this.#id, ...rest);
  }
  place(...rest: Parameters<PlotScene['place']>) {
    return plotThread().place(this.#id, ...rest);
  }
  step(...rest: Parameters<PlotScene['step']>) {
    return plotThread().step(this.#id, ...rest);
  }
}
