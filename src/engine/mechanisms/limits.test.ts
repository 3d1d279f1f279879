import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueSpec } from '../data/frame';
import { choleskyFactor } from '../numeric/linearAlgebra';
import { limitedMinimum } from '../numeric/quadraticProgram';
import { defaultNodeSettings, type EffectLimit } from '../project/nodeSettings';
import { createRng } from '../rng';
import { fitNode, type NodeFitRequest } from './fitNode';
import { mechanismDefinitions, mechanismFromJson } from './registry';

const numeric = (name: string, decimals = 4): ValueSpec => ({
  name,
  kind: decimals > 0 ? 'continuous' : 'integer',
  levels: null,
  decimals,
  datePattern: null,
});
const category = (name: string, kind: ValueSpec['kind'], ...levels: string[]): ValueSpec => ({
  name,
  kind,
  levels,
  decimals: 0,
  datePattern: null,
});
const n = 700;
const rng = createRng(8, 'limit-tests');
const draw = (make: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => make(i));
const a = draw(() => rng.normal());
const b = draw(() => rng.normal());
const y = draw(() => (rng.uniform() < 0.2 ? 1 : 0));
/** Falls for low a and rises for high a, so that a demand to rise has something to hold against. */
const bow = (i: number) => a[i]! + 0.8 * a[i]! ** 2 + 0.5 * b[i]! + 0.5 * y[i]! * a[i]!;
const children: Record<string, { child: ValueSpec; values: Float64Array }> = {
  number: { child: numeric('v'), values: draw((i) => bow(i) + 0.7 * rng.normal()) },
  count: {
    child: numeric('v', 0),
    values: draw((i) => {
      let count = 0;
      const stop = Math.exp(-Math.min(30, Math.exp(1 + 0.4 * bow(i))));
      for (let rest = rng.uniform(); rest > stop; rest *= rng.uniform()) count++;
      return count;
    }),
  },
  yesNo: { child: category('v', 'binary', 'no', 'yes'), values: draw((i) => (bow(i) + rng.normal() > 0.5 ? 1 : 0)) },
  grade: {
    child: category('v', 'ordinal', 'low', 'middle', 'high', 'top'),
    values: draw((i) => {
      const v = bow(i) + rng.normal();
      return v < 0 ? 0 : v < 1 ? 1 : v < 2.5 ? 2 : 3;
    }),
  },
};

const request = (name: string, limit: Partial<EffectLimit>, family: string | null = null): NodeFitRequest => ({
  ...children[name]!,
  parents: [numeric('a'), numeric('b'), category('y', 'binary', 'no', 'yes')],
  parentColumns: [a, b, y],
  weights: new Float64Array(n).fill(1),
  targetParent: 2,
  seed: 1,
  settings: {
    ...defaultNodeSettings('v'),
    family,
    limits: [{ parent: 'a', sign: null, monotone: false, most: null, ...limit }],
  },
});

/** The child on a ladder of `a` at one setting of the rest, one array a noise. */
function ladder(made: ReturnType<typeof fitNode>, other: number, code: number) {
  const at = Float64Array.from({ length: 61 }, (_, k) => -3 + k / 10);
  const mechanism = mechanismFromJson(made.mechanism);
  const columns = [at, at.map(() => other), at.map(() => code)];
  return [0.1, 0.35, 0.5, 0.65, 0.9].map((u) =>
    mechanism.quantile(
      columns,
      at.map(() => u),
    ),
  );
}
const rises = (values: Float64Array) => values.every((v, k) => k === 0 || v >= values[k - 1]! - 1e-6);
const limited = mechanismDefinitions.filter(
  ({ takesLimits, id }) => takesLimits && id !== 'formula' && id !== 'empirical',
);

describe.each(Object.keys(children))('the effect on a %s, held to rise', (name) => {
  const families = limited.filter(({ child }) => (child === 'numeric') === (children[name]!.child.levels === null));
  it.each(families.map(({ id }) => id))('rises at every noise, in both classes, as %s', (id) => {
    const made = fitNode(request(name, { sign: '+', monotone: true }, id));
    for (const other of [-1, 1]) for (const code of [0, 1]) expect(ladder(made, other, code).every(rises)).toBe(true);
  });
  it('would turn round without the demand', () => {
    const made = fitNode({ ...request(name, {}), settings: defaultNodeSettings('v') });
    expect(ladder(made, 0, 0).every(rises)).toBe(false);
  });
});

it('takes the direction from the data where none is stated, and holds a stated one against them', () => {
  const falling = { ...request('number', { monotone: true }), values: children.number!.values.map((v) => -v) };
  expect(ladder(fitNode(falling), 0, 0).every((q) => rises(q.map((v) => -v)))).toBe(true);
  const against = fitNode(request('number', { sign: '-', monotone: true }));
  expect(ladder(against, 0, 0).every((q) => rises(q.map((v) => -v)))).toBe(true);
});

it('a bound keeps the difference between any two values within it, a looser one leaves the fit alone', () => {
  for (const id of ['linear', 'additive-spline', 'boosted-location-scale']) {
    const [, , median] = ladder(fitNode(request('number', { most: 0.6 }, id)), 0, 0);
    const inside = median!.filter((_, k) => k >= 10 && k <= 50);
    expect(Math.max(...inside) - Math.min(...inside)).toBeLessThan(0.62);
  }
  const free = fitNode(request('number', {}, 'linear'));
  expect(fitNode(request('number', { most: 1000 }, 'linear')).mechanism).toEqual(free.mechanism);
});

it('says what it cannot hold: levels without an order', () => {
  const made = fitNode({
    ...request('grade', { sign: '+', monotone: true }),
    child: category('v', 'nominal', 'p', 'q', 'r', 's'),
  });
  expect(made.fit.messages.some((text) => text.includes('have no order'))).toBe(true);
});

it('a pinned family is taken, a forbidden one is not, and all forbidden is refused with the way out', () => {
  const free = { ...request('number', {}), settings: defaultNodeSettings('v') };
  const settings = defaultNodeSettings('v');
  expect(fitNode({ ...free, settings: { ...settings, family: 'linear' } }).fit.family).toBe('linear');
  const best = fitNode(free).fit.family;
  expect(fitNode({ ...free, settings: { ...settings, forbidden: [best] } }).fit.family).not.toBe(best);
  const forbidden = mechanismDefinitions.map(({ id }) => id);
  expect(() => fitNode({ ...free, settings: { ...settings, forbidden } })).toThrow(
    /allow one of Splines|allow one of /,
  );
});

it('limitedMinimum holds a coefficient at its limit exactly', () => {
  const h = Float64Array.of(2, 0.7, 0.3, 0.7, 3, 0.1, 0.3, 0.1, 1);
  const limit = (entry: number, size: number, least: number) => ({
    row: Float64Array.from({ length: 3 }, (_, j) => (j === entry ? size : 0)),
    least,
  });
  const limits = [limit(0, 1 / 3, 0), limit(1, -7, -0.3)];
  const best = limitedMinimum(choleskyFactor(h, 3)!, 3, Float64Array.of(-4, 9, 1), limits);
  expect(Array.from(best.subarray(0, 2))).toEqual([0, 0.3 / 7]);
  // The free one is where its own derivative is 0.
  expect(0.3 * best[0]! + 0.1 * best[1]! + best[2]!).toBeCloseTo(1, 6);
});

it('limitedMinimum meets its limits and no feasible point is better', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
      const local = createRng(seed, 'quadratic');
      const p = 4;
      const root = Array.from({ length: p * p }, () => local.normal());
      const h = Float64Array.from({ length: p * p }, (_, at) => {
        const [i, j] = [Math.floor(at / p), at % p];
        return root.slice(0, p).reduce((sum, _v, k) => sum + root[i * p + k]! * root[j * p + k]!, i === j ? 0.5 : 0);
      });
      const m = Float64Array.from({ length: p }, () => 3 * local.normal());
      const limits = Array.from({ length: 6 }, () => ({
        row: Float64Array.from({ length: p }, () => local.normal()),
        least: -Math.abs(local.normal()),
      }));
      const value = (x: Float64Array) =>
        x.reduce((sum, v, i) => sum + v * (x.reduce((s, w, j) => s + h[i * p + j]! * w, 0) / 2 - m[i]!), 0);
      const holds = (x: Float64Array, slack: number) =>
        limits.every(({ row, least }) => row.reduce((sum, r, j) => sum + r * x[j]!, 0) >= least - slack);
      const best = limitedMinimum(choleskyFactor(h, p)!, p, m, limits);
      expect(holds(best, 1e-6)).toBe(true);
      for (let k = 0; k < 40; k++) {
        const other = best.map((v) => v + 0.3 * local.normal());
        if (holds(other, 0)) expect(value(other)).toBeGreaterThan(value(best) - 1e-6);
      }
    }),
    { numRuns: 40 },
  );
});
