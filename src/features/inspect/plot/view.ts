/** The part of the plane that a plot shows, in data units. */
export interface View {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

interface AxisFacts {
  readonly levels: readonly string[] | null;
  readonly min: number;
  readonly max: number;
}

/** All of an axis with some air: half a band beside the outermost categories, 4 % beside numbers. */
export function fullRange({ levels, min, max }: AxisFacts): readonly [number, number] {
  if (levels) return [-0.6, Math.max(1, levels.length) - 0.4];
  if (max <= min) return [min - 0.5, min + 0.5];
  const air = (max - min) * 0.04;
  return [min - air, max + air];
}

export function fullView(x: AxisFacts, y: AxisFacts): View {
  const [x0, x1] = fullRange(x);
  const [y0, y1] = fullRange(y);
  return { x0, x1, y0, y1 };
}

const MOST_ZOOM = 1e4;
const LEAST_ZOOM = 0.5;

/**
 * The view zoomed by `factor` about a point that stays where it is.
 * @param at Place of that point as shares of the view's width (from the left) and height (from the bottom).
 * @param full The view without zoom; the result spans between 1/10000 and twice of it.
 */
export function zoomAt(view: View, at: { readonly x: number; readonly y: number }, factor: number, full: View): View {
  const side = (low: number, high: number, share: number, fullSpan: number): readonly [number, number] => {
    const span = Math.min(fullSpan / LEAST_ZOOM, Math.max(fullSpan / MOST_ZOOM, (high - low) / factor));
    const fixed = low + share * (high - low);
    return [fixed - share * span, fixed + (1 - share) * span];
  };
  const [x0, x1] = side(view.x0, view.x1, at.x, full.x1 - full.x0);
  const [y0, y1] = side(view.y0, view.y1, at.y, full.y1 - full.y0);
  return { x0, x1, y0, y1 };
}

/** The view moved by shares of its own width and height; its middle never leaves the full view. */
export function panBy(view: View, share: { readonly x: number; readonly y: number }, full: View): View {
  const side = (low: number, high: number, by: number, fullLow: number, fullHigh: number) => {
    const span = high - low;
    const middle = Math.min(fullHigh, Math.max(fullLow, (low + high) / 2 + by * span));
    return [middle - span / 2, middle + span / 2] as const;
  };
  const [x0, x1] = side(view.x0, view.x1, share.x, full.x0, full.x1);
  const [y0, y1] = side(view.y0, view.y1, share.y, full.y0, full.y1);
  return { x0, x1, y0, y1 };
}

/** CSS transform (origin top left) that shows a picture drawn for `drawn` as it lies in `now`. */
export function pictureTransform(drawn: View, now: View, width: number, height: number): string {
  if (drawn === now) return 'none';
  const scaleX = (drawn.x1 - drawn.x0) / (now.x1 - now.x0);
  const scaleY = (drawn.y1 - drawn.y0) / (now.y1 - now.y0);
  const left = ((drawn.x0 - now.x0) / (now.x1 - now.x0)) * width;
  const top = ((now.y1 - drawn.y1) / (now.y1 - now.y0)) * height;
  return `translate(${left}px, ${top}px) scale(${scaleX}, ${scaleY})`;
}
