import { useEffect, useState } from 'react';
import type { PointLayer } from '../../worker/api';
import { colorRamp, packColor, parseColor, type Rgb } from './raster';

/** Steps of a ramp: 1, 2, 4 ... points a pixel. */
const STEPS = 5;

export interface Palette {
  readonly surface: number;
  readonly ramps: Readonly<Record<PointLayer, readonly number[]>>;
}

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
  const ramp = (name: string, otherwise: string, lightest: number, darkest: number) => {
    const base = color(name, otherwise);
    return colorRamp(mix(base, surface, lightest), mix(base, ink, darkest), STEPS);
  };
  return {
    surface: packColor(surface),
    ramps: {
      common: ramp('--data-common', '#8b95a3', 0.35, 0.3),
      rare: ramp('--data-rare', '#0072b2', 0, 0.4),
      synthetic: ramp('--data-synthetic', '#e69f00', 0.1, 0.45),
      comparison: ramp('--data-comparison', '#cc79a7', 0.1, 0.45),
    },
  };
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
