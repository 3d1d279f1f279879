export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Latent nodes are ellipses: their rim is nearer at the corners. */
  readonly isEllipse: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const centreOf = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** Where the line from the centre of a box towards a point leaves its rim, `gap` pixels further out. */
export function rimPoint(box: Box, towards: Point, gap: number): Point {
  const centre = centreOf(box);
  const dx = towards.x - centre.x;
  const dy = towards.y - centre.y;
  const length = Math.hypot(dx, dy);
  if (length === 0) return centre;
  const [halfWidth, halfHeight] = [box.width / 2, box.height / 2];
  const share = box.isEllipse
    ? 1 / Math.hypot(dx / halfWidth, dy / halfHeight)
    : Math.min(halfWidth / Math.abs(dx || 1e-9), halfHeight / Math.abs(dy || 1e-9));
  const reach = Math.min(1, share) + gap / length;
  return { x: centre.x + dx * reach, y: centre.y + dy * reach };
}

/** An arrow between two boxes: an SVG path, and where its label stands. */
export interface Route {
  readonly path: string;
  readonly label: Point;
}

const numbers = (...values: number[]) => values.map((value) => value.toFixed(1)).join(',');

/**
 * The way from rim to rim: straight, or bent sideways by `bend` times the distance. A bent way leaves and reaches the
 * rims where it heads, so that the arrowheads point along it.
 */
export function routeBetween(from: Box, to: Box, bend: number): Route {
  const a = centreOf(from);
  const b = centreOf(to);
  const middle = { x: (a.x + b.x) / 2 - (b.y - a.y) * bend, y: (a.y + b.y) / 2 + (b.x - a.x) * bend };
  const start = rimPoint(from, bend === 0 ? b : middle, 1);
  const end = rimPoint(to, bend === 0 ? a : middle, 3);
  if (bend === 0)
    return {
      path: `M${numbers(start.x, start.y)}L${numbers(end.x, end.y)}`,
      label: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 },
    };
  return {
    path: `M${numbers(start.x, start.y)}Q${numbers(middle.x, middle.y)} ${numbers(end.x, end.y)}`,
    label: { x: (start.x + 2 * middle.x + end.x) / 4, y: (start.y + 2 * middle.y + end.y) / 4 },
  };
}

/** Whether the straight way between two boxes runs through a third one. */
export function crosses(from: Box, to: Box, other: Box): boolean {
  const a = centreOf(from);
  const b = centreOf(to);
  // Clip the segment against the box, slab by slab (Liang and Barsky).
  let enter = 0;
  let leave = 1;
  for (const [start, delta, low, high] of [
    [a.x, b.x - a.x, other.x - 4, other.x + other.width + 4],
    [a.y, b.y - a.y, other.y - 4, other.y + other.height + 4],
  ] as const) {
    if (delta === 0) {
      if (start < low || start > high) return false;
      continue;
    }
    const [t1, t2] = [(low - start) / delta, (high - start) / delta];
    enter = Math.max(enter, Math.min(t1, t2));
    leave = Math.min(leave, Math.max(t1, t2));
    if (enter > leave) return false;
  }
  return true;
}
