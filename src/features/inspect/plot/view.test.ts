import { describe, expect, it } from 'vitest';
import { fullRange, fullView, panBy, pictureTransform, zoomAt } from './view';

const axis = { levels: null, min: 0, max: 100 };
const full = fullView(axis, axis);

describe('view', () => {
  it('gives numbers some air, categories a band each, and a constant a width', () => {
    expect(fullRange(axis)).toEqual([-4, 104]);
    expect(fullRange({ levels: ['a', 'b'], min: 0, max: 1 })).toEqual([-0.6, 1.6]);
    expect(fullRange({ levels: null, min: 7, max: 7 })).toEqual([6.5, 7.5]);
  });

  it('zooms about a point that stays where it is', () => {
    const at = { x: 0.25, y: 0.75 };
    const near = zoomAt(full, at, 3, full);
    const place = (v: typeof full) => [v.x0 + at.x * (v.x1 - v.x0), v.y0 + at.y * (v.y1 - v.y0)];
    expect(place(near)[0]).toBeCloseTo(place(full)[0]!, 9);
    expect(place(near)[1]).toBeCloseTo(place(full)[1]!, 9);
    expect(near.x1 - near.x0).toBeCloseTo((full.x1 - full.x0) / 3, 9);
  });

  it('stops zooming at its limits', () => {
    let view = full;
    for (let i = 0; i < 100; i++) view = zoomAt(view, { x: 0.5, y: 0.5 }, 2, full);
    expect(view.x1 - view.x0).toBeCloseTo(108 / 1e4, 9);
    for (let i = 0; i < 100; i++) view = zoomAt(view, { x: 0.5, y: 0.5 }, 0.5, full);
    expect(view.x1 - view.x0).toBeCloseTo(216, 6);
  });

  it('cannot be panned out of sight of the data', () => {
    const away = panBy(full, { x: 50, y: -50 }, full);
    expect((away.x0 + away.x1) / 2).toBe(full.x1);
    expect((away.y0 + away.y1) / 2).toBe(full.y0);
  });

  it('moves an old picture to where its points lie now', () => {
    expect(pictureTransform(full, full, 800, 400)).toBe('none');
    const half = { x0: 50, x1: 104, y0: -4, y1: 50 };
    expect(pictureTransform(full, half, 800, 400)).toBe('translate(-800px, -400px) scale(2, 2)');
  });
});
