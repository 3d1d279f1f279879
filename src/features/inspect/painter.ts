import { paintPoints, type RasterLayer } from './raster';
import { pictureTransform, type View } from './view';

export interface Picture {
  readonly layers: readonly RasterLayer[];
  readonly view: View;
  /** Size on screen in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  /** Packed colour of the background. */
  readonly surface: number;
}

/** Work between two chances for input and frames, in milliseconds; far below the 50 that a person notices. */
const BUDGET_MS = 8;

/**
 * Keeps a canvas showing the latest picture asked for. Painting is cut into slices of 8 ms; until it is done, the picture
 * before it is moved and stretched to where its points lie now, so panning follows the hand whatever the number of points.
 */
export class Painter {
  private wanted: Picture | null = null;
  private shown: Picture | null = null;
  private isBusy = false;
  private isStopped = false;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  show(picture: Picture): void {
    this.wanted = picture;
    this.align();
    if (!this.isBusy) void this.work();
  }

  /** Nothing is painted any more; a painting under way ends at its next pause. */
  stop(): void {
    this.isStopped = true;
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (this.wanted && this.wanted !== this.shown && !this.isStopped) await this.paint(this.wanted);
    this.isBusy = false;
  }

  private async paint(picture: Picture): Promise<void> {
    const width = Math.max(1, Math.round(picture.width * picture.scale));
    const height = Math.max(1, Math.round(picture.height * picture.scale));
    const image = new ImageData(width, height);
    const target = { pixels: new Uint32Array(image.data.buffer), width, height };
    let since = performance.now();
    for (const _ of paintPoints(target, picture.view, picture.layers, picture.surface)) {
      if (performance.now() - since < BUDGET_MS) continue;
      await nextTurn();
      if (this.isStopped) return;
      since = performance.now();
    }
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.canvas.getContext('2d')?.putImageData(image, 0, 0);
    this.shown = picture;
    this.align();
  }

  private align(): void {
    if (!this.shown || !this.wanted) return;
    const { style } = this.canvas;
    style.width = `${this.shown.width}px`;
    style.height = `${this.shown.height}px`;
    style.transform = pictureTransform(this.shown.view, this.wanted.view, this.wanted.width, this.wanted.height);
  }
}

/** Lets input and a frame come first. A message, because timers wait 4 ms when nested. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
