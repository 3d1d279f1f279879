import type { PaintRequest } from './plotScene';
import type { SceneClient } from './sceneClient';
import { pictureTransform, type View } from './view';

export interface Picture {
  readonly request: Omit<PaintRequest, 'width' | 'height' | 'stride'>;
  /** Size on screen in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Points in all visible layers. */
  readonly points: number;
  /** Grows when the points or the marks changed, so that an older picture is of other points. */
  readonly version: number;
}

/** With more points than this a picture of every eighth of them comes first. */
const MANY_POINTS = 400_000;
const FIRST_STRIDE = 8;

/**
 * Keeps a canvas showing the latest picture asked for. Pictures are painted in the plotting thread; until one arrives,
 * the picture before it is moved and stretched to where its points lie now, so panning follows the hand whatever the
 * number of points. Of pictures asked for meanwhile only the latest is painted.
 */
export class Painter {
  private wanted: Picture | null = null;
  private shown: Picture | null = null;
  private isBusy = false;
  private isStopped = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly scene: SceneClient,
    private readonly onShown: (view: View) => void,
  ) {}

  show(picture: Picture): void {
    this.wanted = picture;
    this.align();
    if (!this.isBusy) void this.work();
  }

  /** Nothing is painted any more; a picture under way is thrown away when it arrives. */
  stop(): void {
    this.isStopped = true;
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    try {
      while (this.wanted && this.wanted !== this.shown && !this.isStopped) {
        const picture = this.wanted;
        const isNew = this.shown?.version !== picture.version;
        if (isNew && picture.points > MANY_POINTS) await this.paint(picture, FIRST_STRIDE);
        if (picture === this.wanted || !isNew) await this.paint(picture, 1);
      }
    } finally {
      this.isBusy = false;
    }
  }

  private async paint(picture: Picture, stride: number): Promise<void> {
    const { scale } = picture.request;
    const width = Math.max(1, Math.round(picture.width * scale));
    const height = Math.max(1, Math.round(picture.height * scale));
    const pixels = await this.scene.paint({ ...picture.request, width, height, stride });
    if (this.isStopped) return;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    const bytes = new Uint8ClampedArray(pixels.buffer as ArrayBuffer);
    this.canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0);
    this.canvas.dataset.points = String(Math.ceil(picture.points / stride));
    this.shown = picture;
    this.align();
    this.onShown(picture.request.view);
  }

  private align(): void {
    if (!this.shown || !this.wanted) return;
    const { style } = this.canvas;
    style.width = `${this.shown.width}px`;
    style.height = `${this.shown.height}px`;
    style.transform = pictureTransform(
      this.shown.request.view,
      this.wanted.request.view,
      this.wanted.width,
      this.wanted.height,
    );
  }
}
