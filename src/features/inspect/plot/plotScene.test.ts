import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { union, without } from '../../../state/inspect';
import { densityOutlines } from './densityOutlines';
import { PlotScene } from './plotScene';
import { contains } from './region';

const full = { x0: 0, x1: 10, y0: 0, y1: 10 };
const scene = () => {
  const one = new PlotScene();
  one.setLayers(
    [
      { layer: 'rare', x: Float32Array.of(1, 5, 9), y: Float32Array.of(1, 5, 9), row: Int32Array.of(4, 8, 20) },
      { layer: 'synthetic', x: Float32Array.of(5), y: Float32Array.of(5.1), row: Int32Array.of(0) },
    ],
    full,
  );
  return one;
};
const colours = { common: [1], rare: [2], synthetic: [3], comparison: [4], other: [5], rejected: [6] };
const request = {
  view: full,
  width: 100,
  height: 100,
  scale: 1,
  visible: ['rare', 'synthetic'] as const,
  ramps: colours,
  faded: { common: [11], rare: [12], synthetic: [13], comparison: [14], other: [15], rejected: [16] },
  surface: 0,
  stride: 1,
};

describe('a scene', () => {
  it('marks out what lies in a box or a lasso, of visible layers only', () => {
    const box = { kind: 'box', x0: 4, x1: 6, y0: 4, y1: 6 } as const;
    expect(scene().inside(box, ['rare', 'synthetic'])).toEqual([
      { layer: 'synthetic', rows: Int32Array.of(0) },
      { layer: 'rare', rows: Int32Array.of(8) },
    ]);
    const lasso = {
      kind: 'lasso',
      corners: [
        [0, 0],
        [10, 0],
        [0, 10],
      ],
    } as const;
    expect(scene().inside(lasso, ['rare'])).toEqual([{ layer: 'rare', rows: Int32Array.of(4) }]);
  });

  it('draws marked rows in full colour over faded others', () => {
    const one = scene();
    one.setMarks([{ layer: 'rare', rows: Int32Array.of(8, 9) }]);
    const colors = new Set(one.paint(request));
    expect([...colors].sort((a, b) => a - b)).toEqual([0, 2, 12, 13]);
    one.setMarks([]);
    expect([...new Set(one.paint(request))].sort((a, b) => a - b)).toEqual([0, 2, 3]);
  });

  it('finds, places and steps through rows by their numbers', () => {
    const one = scene();
    expect(one.nearest({ x: 1.2, y: 1 }, { x: 0.1, y: 0.1 }, 9, ['rare'])).toMatchObject({ layer: 'rare', row: 4 });
    expect(one.place({ layer: 'rare', row: 20 })).toMatchObject({ x: 9, y: 9 });
    expect(one.place({ layer: 'rare', row: 7 })).toBeNull();
    expect(one.step({ layer: 'rare', row: 20 }, 1, ['rare'])).toMatchObject({ row: 4 });
    expect(one.step(null, -1, ['rare'])).toMatchObject({ row: 20 });
  });

  it('gives shares along the axes that sum to one for what is in view', () => {
    const [, rare] = scene().marginals({ x0: 0, x1: 6, y0: 0, y1: 6 }, ['rare', 'synthetic']);
    expect(rare!.x.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(rare!.x.filter((share) => share > 0)).toEqual([0.5, 0.5]);
  });
});

it('a lasso in the shape of a box holds what the box holds', () => {
  const coordinate = fc.double({ min: 0.5, max: 9.5, noNaN: true });
  fc.assert(
    fc.property(coordinate, coordinate, (x, y) => {
      const box = contains({ kind: 'box', x0: 2, x1: 7, y0: 3, y1: 8 });
      const lasso = contains({
        kind: 'lasso',
        corners: [
          [2, 3],
          [7, 3],
          [7, 8],
          [2, 8],
        ],
      });
      fc.pre(![2, 7].includes(x) && ![3, 8].includes(y));
      expect(lasso(x, y)).toBe(box(x, y));
    }),
  );
});

it('outlines hold the share of points they are named after', () => {
  const points = 4000;
  // A sunflower of points: a Gaussian cloud without chance.
  const at = (i: number) => {
    const radius = 1.2 * Math.sqrt(-2 * Math.log(1 - (i + 0.5) / points));
    const angle = i * 2.399963;
    return [5 + radius * Math.cos(angle), 5 + radius * Math.sin(angle)] as const;
  };
  const x = Float32Array.from({ length: points }, (_, i) => at(i)[0]);
  const y = Float32Array.from({ length: points }, (_, i) => at(i)[1]);
  for (const { share, path } of densityOutlines({ layer: 'rare', x, y }, full)) {
    const corners = path
      .slice(1, -1)
      .split('L')
      .map((pair) => pair.split(',').map((v) => 10 * Number(v)) as [number, number]);
    const isInside = contains({ kind: 'lasso', corners });
    let inside = 0;
    x.forEach((v, i) => {
      if (isInside(v, y[i]!)) inside++;
    });
    expect(Math.abs(inside / points - share)).toBeLessThan(0.04);
  }
});

it('sets of rows are joined and taken apart as sets are', () => {
  const rows = fc.uniqueArray(fc.nat(30)).map((list) => Int32Array.from(list).sort());
  fc.assert(
    fc.property(rows, rows, (a, b) => {
      expect([...union(a, b)]).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
      expect([...without(a, b)]).toEqual([...a].filter((row) => !b.includes(row)));
    }),
  );
});
