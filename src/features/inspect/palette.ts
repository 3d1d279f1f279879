import { useEffect, useState } from 'react';
import type { PointLayer } from '../../worker/inspectApi';
import { colorRamp, packColor, parseColor, type Rgb } from './plot/raster';

/** Steps of a ramp: 1, 2, 4 ... points a pixel. */
const STEPS = 5;
/** How far towards the background what is not marked is drawn, while something is. */
const FADE = 0.72;

type Ramps = Readonly<Record<PointLayer, readonly number[]>>;

export interface Palette {
  readonly surface: number;
  readonly ramps: Ramps;
  readonly faded: Ramps;
}

/** Colour name, share of background in the lightest step, share of ink in the darkest. */
const looks: Readonly<Record<PointLayer, readonly [name: string, otherwise: string, light: number, dark: number]>> = {
  common: ['--data-common', '#8b95a3', 0.35, 0.3],
  rare: ['--data-rare', '#0072b2', 0, 0.4],
  synthetic: ['--data-synthetic', '#e69f00', 0.1, 0.45],
  comparison: ['--data-comparison', '#cc79a7', 0.1, 0.45],
  other: ['--data-other', '#009e73', 0.1, 0.45],
  rejected: ['--data-rejected', '#d55e00', 0.1, 0.45],
};

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string, otherwise: string): Rgb => parseColor(style.getPropertyValue(name) || otherwise);
  const surface = color('--plot-surface', '#ffffff');
  const ink = color('--ink', '#16191d');
  const mix = (a: Rgb, b: Rgb, share: number): Rgb => ({
    r: a.r + share * (b.r - a.r),
    g: a.g + share * (b.g - a.g),
    b: a.b + share * (b.b - a.b),
  });
  const rampsOf = (fade: number): Ramps =>
    Object.fromEntries(
      Object.entries(looks).map(([layer, [name, otherwise, light, dark]]) => {
        const base = color(name, otherwise);
        const [from, to] = [mix(base, surface, light), mix(base, ink, dark)];
        return [layer, colorRamp(mix(from, surface, fade), mix(to, surface, fade), STEPS)];
      }),
    ) as unknown as Ramps;
  return { surface: packColor(surface), ramps: rampsOf(0), faded: rampsOf(FADE) };
}

/** The data colours as they are in the present theme. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    // The first reading may have come before the style sheet.
    setPalette(readPalette());
    const observer = new MutationObserver(() => setPalette(readPalette()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return palette;
}
