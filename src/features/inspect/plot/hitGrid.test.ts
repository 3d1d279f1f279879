import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildHitGrid, nearestPoint } from './hitGrid';

const extent = { x0: 0, x1: 100, y0: -50, y1: 50 };

it('finds the same point as looking at all of them', () => {
  const coordinate = fc.integer({ min: -80, max: 120 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 300 }),
      coordinate,
      coordinate,
      fc.integer({ min: 1, max: 40 }),
      (points, atX, atY, reach) => {
        const x = Float32Array.from(points, ([px]) => px);
        const y = Float32Array.from(points, ([, py]) => py);
        const unit = { x: 1, y: 0.5 };
        const found = nearestPoint(buildHitGrid(x, y, extent), { x: atX, y: atY }, unit, reach);
        let best: { index: number; distance: number } | null = null;
        points.forEach(([px, py], index) => {
          const distance = Math.hypot((px - atX) / unit.x, (py - atY) / unit.y);
          if (distance <= reach && (!best || distance < best.distance)) best = { index, distance };
        });
        expect(found?.index ?? null).toBe((best as { index: number } | null)?.index ?? null);
      },
    ),
  );
});

it('has nothing to find without points', () => {
  const grid = buildHitGrid(new Float32Array(0), new Float32Array(0), extent);
  expect(nearestPoint(grid, { x: 1, y: 1 }, { x: 1, y: 1 }, 10)).toBeNull();
});
