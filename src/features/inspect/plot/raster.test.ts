import { describe, expect, it } from 'vitest';
import { markOf } from './marks';
import { colorRamp, packColor, paintPoints, parseColor, rampStep } from './raster';

const surface = packColor({ r: 255, g: 255, b: 255 });
const one = { ink: [[0, 0]] as const, halo: [] };
const view = { x0: 0, x1: 10, y0: 0, y1: 10 };

function paint(
  points: readonly (readonly [number, number])[],
  ramp: readonly number[],
  mark = one as ReturnType<typeof markOf>,
) {
  const target = { pixels: new Uint32Array(100), width: 10, height: 10 };
  const layer = {
    x: Float32Array.from(points, ([x]) => x),
    y: Float32Array.from(points, ([, y]) => y),
    mark,
    ramp,
  };
  for (const _ of paintPoints(target, view, [layer], surface));
  return target.pixels;
}

describe('paintPoints', () => {
  it('puts a point into its pixel, with y upwards', () => {
    const pixels = paint([[2.5, 9.5]], [7]);
    expect(pixels[2]).toBe(7);
    expect(pixels.filter((p) => p !== surface)).toHaveLength(1);
  });

  it('leaves out points outside the view and missing ones', () => {
    const pixels = paint(
      [
        [-0.1, 5],
        [10, 5],
        [5, 10.1],
        [Number.NaN, 5],
        [5, Number.NaN],
      ],
      [7],
    );
    expect(pixels.every((p) => p === surface)).toBe(true);
  });

  it('colours by count, whatever the order of the points', () => {
    const points = [
      [1.5, 1.5],
      [3.5, 1.5],
      [3.6, 1.4],
      [3.4, 1.6],
      [3.5, 1.5],
    ] as const;
    const wide = {
      ink: [
        [-1, 0],
        [0, 0],
        [1, 0],
      ] as const,
      halo: [],
    };
    const forwards = paint(points, [11, 22, 33], wide);
    const backwards = paint(points.toReversed(), [11, 22, 33], wide);
    expect(forwards).toEqual(backwards);
    expect([forwards[81], forwards[82], forwards[83]]).toEqual([11, 33, 33]);
  });

  it('draws later layers over earlier ones and keeps counts apart', () => {
    const target = { pixels: new Uint32Array(100), width: 10, height: 10 };
    const point = (color: readonly number[]) => ({
      x: Float32Array.of(5.5),
      y: Float32Array.of(5.5),
      mark: one as ReturnType<typeof markOf>,
      ramp: color,
    });
    for (const _ of paintPoints(target, view, [point([1, 2]), point([3, 4])], surface));
    expect(target.pixels[45]).toBe(3);
  });

  it('pauses often enough: no stretch handles more than 32,768 points', () => {
    const n = 200_000;
    const layer = {
      x: Float32Array.from({ length: n }, (_, i) => (i % 1000) / 100),
      y: Float32Array.from({ length: n }, (_, i) => Math.floor(i / 1000) / 20),
      mark: markOf('diamond', 1),
      ramp: [5],
    };
    const target = { pixels: new Uint32Array(640_000), width: 800, height: 800 };
    let pauses = 0;
    for (const _ of paintPoints(target, view, [layer], surface)) pauses++;
    expect(pauses).toBeGreaterThan(n / 32_768);
    expect(target.pixels.some((p) => p === 5)).toBe(true);
  });
});

describe('marks', () => {
  it('differ from each other in shape at one and two device pixels a pixel', () => {
    for (const scale of [1, 2]) {
      const forms = (['dot', 'disc', 'diamond', 'cross'] as const).map((s) => JSON.stringify(markOf(s, scale).ink));
      expect(new Set(forms).size).toBe(4);
    }
  });

  it('a diamond and a cross are hollow where a disc is full', () => {
    const has = (shape: 'disc' | 'diamond' | 'cross', x: number, y: number) =>
      markOf(shape, 1).ink.some(([dx, dy]) => dx === x && dy === y);
    expect(has('disc', 0, 0)).toBe(true);
    expect(has('diamond', 0, 0)).toBe(false);
    expect(has('diamond', 3, 0)).toBe(true);
    expect(has('cross', 1, 0)).toBe(false);
    expect(has('cross', 2, 2)).toBe(true);
  });

  it('only a disc has a halo, and it touches no ink', () => {
    const disc = markOf('disc', 2);
    const ink = new Set(disc.ink.map(String));
    expect(disc.halo.length).toBeGreaterThan(0);
    expect(disc.halo.some((offset) => ink.has(String(offset)))).toBe(false);
  });
});

it('a ramp starts and ends in the given colours, and its steps double the count', () => {
  const [from, to] = [parseColor('#102030'), parseColor('#ffffff')];
  const ramp = colorRamp(from, to, 4);
  expect(ramp[0]).toBe(packColor(from));
  expect(ramp[3]).toBe(packColor(to));
  expect([1, 2, 3, 4, 8, 5000].map((count) => rampStep(count, 4))).toEqual([0, 1, 1, 2, 3, 3]);
});

it('reads short colours, as a build writes them', () => {
  expect(parseColor('#fff')).toEqual({ r: 255, g: 255, b: 255 });
  expect(parseColor(' #0af ')).toEqual({ r: 0, g: 170, b: 255 });
});
