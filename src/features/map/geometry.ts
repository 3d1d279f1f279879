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
  /** Where it leaves and reaches the rims. */
  readonly start: Point;
  readonly end: Point;
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
      start,
      end,
    };
  return {
    path: `M${numbers(start.x, start.y)}Q${numbers(middle.x, middle.y)} ${numbers(end.x, end.y)}`,
    label: { x: (start.x + 2 * middle.x + end.x) / 4, y: (start.y + 2 * middle.y + end.y) / 4 },
    start,
    end,
  };
}

const samples = 14;
/** Bends to try, the least conspicuous first, as shares of the distance. */
const bends = [0, 0.12, -0.12, 0.22, -0.22, 0.34, -0.34, 0.5, -0.5, 0.75, -0.75] as const;

/** At how many of its points the way between two boxes runs over another box; gives up once `limit` is reached. */
function pointsOver(a: Point, b: Point, bend: number, others: readonly Box[], limit: number): number {
  const middle = { x: (a.x + b.x) / 2 - (b.y - a.y) * bend, y: (a.y + b.y) / 2 + (b.x - a.x) * bend };
  let count = 0;
  for (let i = 1; i < samples; i++) {
    const t = i / samples;
    const x = (1 - t) ** 2 * a.x + 2 * t * (1 - t) * middle.x + t ** 2 * b.x;
    const y = (1 - t) ** 2 * a.y + 2 * t * (1 - t) * middle.y + t ** 2 * b.y;
    for (const box of others)
      if (x > box.x - 6 && x < box.x + box.width + 6 && y > box.y - 6 && y < box.y + box.height + 6) count++;
    if (count >= limit) return count;
  }
  return count;
}

/** The bend with which the way from box to box runs over the fewest other boxes; 0 where the straight way is free. */
export function freeBend(from: Box, to: Box, others: readonly Box[]): number {
  const [a, b] = [centreOf(from), centreOf(to)];
  let best = 0;
  let fewest = Number.POSITIVE_INFINITY;
  for (const bend of bends) {
    const over = pointsOver(a, b, bend, others, fewest);
    if (over < fewest) {
      best = bend;
      fewest = over;
    }
    if (fewest === 0) break;
  }
  return best;
}
