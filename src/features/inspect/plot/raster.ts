import type { Mark } from './marks';
import type { View } from './view';

export interface RasterLayer {
  /** Shape (n,), in data units. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly mark: Mark;
  /** Colours from one point a pixel to many, packed as ImageData stores them (see `packColor`). */
  readonly ramp: readonly number[];
  /** Draws every how many-th point; 1 unless it is a first sight of very many. */
  readonly stride?: number;
  /** Only points whose flag (0 where there are no flags) is as wanted. */
  readonly mask?: { readonly of: Uint8Array | null; readonly wanted: 0 | 1 } | null;
}

export interface RasterTarget {
  /** Shape (width * height,): the pixels of an ImageData, one number each. Row 0 is the top. */
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** Points or marks handled between two chances to pause: about a millisecond's work. */
const PORTION = 32_768;

/**
 * Paints layers one over the other: points are counted per pixel, then each pixel that was hit is stamped with the
 * layer's mark in the colour for its count. Pixels with few points are stamped before those with many, so the picture
 * does not depend on the order of the rows. Points outside the view are left out.
 * Yields now and then, so that the caller can let the page breathe; the picture is complete when it returns.
 * @param surface Packed colour of the background and of halos.
 */
export function* paintPoints(
  target: RasterTarget,
  view: View,
  layers: readonly RasterLayer[],
  surface: number,
): Generator<void, void, undefined> {
  const { pixels, width, height } = target;
  pixels.fill(surface);
  const counts = new Uint16Array(width * height);
  yield;
  for (const layer of layers) {
    const hit: number[] = [];
    yield* countPoints(layer, view, width, height, counts, hit);
    yield* stampMarks(target, layer, counts, hit, surface);
    for (const pixel of hit) counts[pixel] = 0;
    yield;
  }
}

function* countPoints(
  { x, y, stride = 1, mask }: RasterLayer,
  view: View,
  width: number,
  height: number,
  counts: Uint16Array,
  hit: number[],
): Generator<void, void, undefined> {
  const perX = width / (view.x1 - view.x0);
  const perY = height / (view.y1 - view.y0);
  if (mask && mask.of === null && mask.wanted === 1) return;
  const flags = mask?.of ?? null;
  for (let from = 0; from < x.length; from += PORTION * stride) {
    const to = Math.min(x.length, from + PORTION * stride);
    for (let i = from; i < to; i += stride) {
      if (flags !== null && flags[i] !== mask!.wanted) continue;
      const column = Math.floor((x[i]! - view.x0) * perX);
      const row = Math.floor((view.y1 - y[i]!) * perY);
      // Written so that NaN is refused too.
      if (!(column >= 0 && column < width && row >= 0 && row < height)) continue;
      const pixel = row * width + column;
      if (counts[pixel] === 0) hit.push(pixel);
      if (counts[pixel]! < 65_535) counts[pixel]!++;
    }
    yield;
  }
}

function* stampMarks(
  target: RasterTarget,
  { mark, ramp }: RasterLayer,
  counts: Uint16Array,
  hit: readonly number[],
  surface: number,
): Generator<void, void, undefined> {
  const byStep: number[][] = ramp.map(() => []);
  for (const pixel of hit) byStep[rampStep(counts[pixel]!, ramp.length)]!.push(pixel);
  const portion = Math.max(256, Math.floor(PORTION / (mark.ink.length + mark.halo.length)));
  if (mark.halo.length > 0)
    for (let from = 0; from < hit.length; from += portion) {
      for (const pixel of hit.slice(from, from + portion)) stamp(target, pixel, mark.halo, surface);
      yield;
    }
  for (const [step, pixels] of byStep.entries()) {
    for (let from = 0; from < pixels.length; from += portion) {
      for (const pixel of pixels.slice(from, from + portion)) stamp(target, pixel, mark.ink, ramp[step]!);
      yield;
    }
  }
}

function stamp({ pixels, width, height }: RasterTarget, pixel: number, offsets: Mark['ink'], color: number): void {
  const column = pixel % width;
  const row = (pixel - column) / width;
  for (const [dx, dy] of offsets) {
    const x = column + dx;
    const y = row + dy;
    if (x >= 0 && x < width && y >= 0 && y < height) pixels[y * width + x] = color;
  }
}

/** Which colour of a ramp a count gets: each step stands for twice as many points as the one before. */
export const rampStep = (count: number, steps: number): number =>
  Math.min(steps - 1, Math.floor(Math.log2(Math.max(1, count))));

export interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** "#rrggbb" or "#rgb" as numbers. */
export function parseColor(hex: string): Rgb {
  const digits = hex.trim().replace('#', '');
  // The build shortens #ffffff to #fff.
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const value = Number.parseInt(full, 16);
  return { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255 };
}

/** An opaque colour as one number in the byte order of ImageData. */
export function packColor({ r, g, b }: Rgb): number {
  return new Uint32Array(new Uint8ClampedArray([r, g, b, 255]).buffer)[0]!;
}

/** Colours from `from` to `to` in equal steps, packed. */
export const colorRamp = (from: Rgb, to: Rgb, steps: number): readonly number[] =>
  Array.from({ length: steps }, (_, i) => {
    const share = steps === 1 ? 0 : i / (steps - 1);
    const mix = (a: number, b: number) => Math.round(a + share * (b - a));
    return packColor({ r: mix(from.r, to.r), g: mix(from.g, to.g), b: mix(from.b, to.b) });
  });
