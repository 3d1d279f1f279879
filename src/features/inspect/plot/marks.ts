import type { PointLayer } from '../../../worker/inspectApi';

/** Shapes of points: told apart by form as well as by colour and lightness. */
export type MarkShape = 'dot' | 'disc' | 'diamond' | 'cross' | 'ring' | 'triangle';

/** Pixels of one mark relative to its centre, as (dx, dy) pairs; `halo` is painted first, in the colour of the surface. */
export interface Mark {
  readonly ink: readonly (readonly [number, number])[];
  readonly halo: readonly (readonly [number, number])[];
}

/** Later layers lie on top: the few real rare rows must never be hidden by the many made from them. */
export const drawingOrder: readonly PointLayer[] = ['common', 'rejected', 'other', 'comparison', 'synthetic', 'rare'];

export const shapeOf: Readonly<Record<PointLayer, MarkShape>> = {
  common: 'dot',
  rare: 'disc',
  synthetic: 'diamond',
  comparison: 'cross',
  other: 'ring',
  rejected: 'triangle',
};

const belongs: Readonly<Record<MarkShape, (dx: number, dy: number, size: number) => boolean>> = {
  dot: (dx, dy, size) => Math.max(Math.abs(dx), Math.abs(dy)) <= size,
  disc: (dx, dy, size) => dx * dx + dy * dy <= size * size + size * 0.4,
  diamond: (dx, dy, size) => Math.round(Math.abs(dx) + Math.abs(dy)) === Math.round(size),
  cross: (dx, dy, size) => Math.abs(Math.abs(dx) - Math.abs(dy)) < 0.5 && Math.abs(dx) <= size,
  ring: (dx, dy, size) => Math.abs(Math.hypot(dx, dy) - size) < 0.6,
  // An outline with its point up: the base, and the two sides that rise by two pixels for one across.
  triangle: (dx, dy, size) =>
    (Math.round(dy) === Math.round(size * 0.7) && Math.abs(dx) <= size) ||
    (Math.abs(Math.abs(dx) - (dy + size) / 2) < 0.55 && dy <= size * 0.7 && dy >= -size),
};
/** Half sizes in CSS pixels. */
const halfSize: Readonly<Record<MarkShape, number>> = {
  dot: 0.5,
  disc: 2.5,
  diamond: 3,
  cross: 2,
  ring: 2.5,
  triangle: 3,
};

/** Many marks are drawn smaller, so that a dense cloud shows its shape and not one blot. */
const markScale = (points: number): number => (points <= 400 ? 1 : points <= 2000 ? 0.8 : points <= 20_000 ? 0.7 : 0.5);

/** Dots are small so that many make a cloud; where there are few, each must be seen. */
const FEW_DOTS = 2000;
export const scaleOfShape = (shape: MarkShape, points: number): number =>
  markScale(points) * (shape === 'dot' && points <= FEW_DOTS ? 2 : 1);

/**
 * The pixels of a mark.
 * @param scale Device pixels per CSS pixel, times `markScale` where there are many.
 */
export function markOf(shape: MarkShape, scale: number): Mark {
  // A dot of 2 x 2 pixels has no central pixel; all others are symmetric about one.
  if (shape === 'dot') {
    const side = Math.max(1, Math.round(2 * halfSize.dot * scale * 1.5));
    const ink = grid(side).map(([dx, dy]) => [dx - (side >> 1), dy - (side >> 1)] as const);
    return { ink, halo: [] };
  }
  const size = halfSize[shape] * scale;
  const reach = Math.ceil(size) + 1;
  const all = grid(2 * reach + 1).map(([dx, dy]) => [dx - reach, dy - reach] as const);
  const ink = all.filter(([dx, dy]) => belongs[shape](dx, dy, size));
  if (shape !== 'disc') return { ink, halo: [] };
  const isInk = new Set(ink.map(([dx, dy]) => `${dx} ${dy}`));
  const halo = all.filter(
    ([dx, dy]) =>
      !isInk.has(`${dx} ${dy}`) &&
      [-1, 0, 1].some((i) =>
        [-1, 0, 1].some((j) => Math.abs(i) + Math.abs(j) === 1 && isInk.has(`${dx + i} ${dy + j}`)),
      ),
  );
  return { ink, halo };
}

const grid = (side: number): readonly (readonly [number, number])[] =>
  Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const);
