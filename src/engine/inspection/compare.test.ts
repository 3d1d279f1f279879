import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../data/frame';
import { inlineExecutor } from '../executor';
import { createEdge, createNode } from '../graph/causalMap';
import { dagOf } from '../graph/dag';
import { createRng } from '../rng';
import { fitModel } from '../scm/fitModel';
import { silentTask } from '../task';
import { categoricalSpec, numericSpec } from '../testing/generatorInput';
import { associationOf } from './association';
import { decisionBoundary } from './boundary';
import { collapses } from './collapse';
import { damageOf } from './columnDamage';
import { planeRegions } from './planeRegions';
import { movesBySize, verdictOfMove } from './proposals';

const cloud = (seed: number, rows: number, slope: number, spread = 1): Frame => {
  const rng = createRng(seed, 'compare-test');
  const a = Float64Array.from({ length: rows }, () => spread * rng.normal());
  const b = a.map((v) => slope * v + rng.normal());
  const c = Float64Array.from({ length: rows }, () => rng.integer(3));
  return {
    rows,
    specs: [numericSpec('a'), numericSpec('b'), categoricalSpec('c', ['x', 'y', 'z'])],
    columns: [a, b, c],
  };
};

describe('damage beside chance', () => {
  it('is under the chance level for fresh rows of the same law, and far over it for a broken pair', async () => {
    const real = cloud(1, 300, 1);
    const arms = [
      { layer: 'synthetic' as const, frame: cloud(2, 3000, 1) },
      { layer: 'comparison' as const, frame: cloud(3, 3000, -1) },
    ];
    const { columns, pairs } = await damageOf(real, arms, 1, silentTask);
    const pair = pairs.find(({ a, b }) => a === 'a' && b === 'b')!;
    expect(pair.arms[0]!.distance).toBeLessThan(2 * pair.chance);
    expect(pair.arms[1]!.distance).toBeGreaterThan(8 * pair.chance);
    expect(pair.measure).toBe('rank');
    for (const { arms: own, chance } of columns) expect(own[0]!.distance).toBeLessThan(2 * chance);
    const itself = await damageOf(real, [{ layer: 'synthetic', frame: real }], 1, silentTask);
    for (const { arms: own } of [...itself.columns, ...itself.pairs]) expect(own[0]!.distance).toBe(0);
  });

  it('association is symmetric, in [-1, 1], and the same for any growing transformation', () => {
    const numbers = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 6, maxLength: 6 });
    const spec = numericSpec('n');
    fc.assert(
      fc.property(numbers, numbers, (x, y) => {
        const [u, v] = [Float64Array.from(x, Math.round), Float64Array.from(y, Math.round)];
        const r = associationOf(spec, u, spec, v);
        fc.pre(!Number.isNaN(r));
        expect(associationOf(spec, v, spec, u)).toBeCloseTo(r, 12);
        expect(
          associationOf(
            spec,
            u.map((value) => value ** 3),
            spec,
            v,
          ),
        ).toBeCloseTo(r, 12);
        expect(Math.abs(r)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

describe('regions', () => {
  const parts = (real: Frame, made: Frame, c: number) => ({
    spec: real.specs[c]!,
    common: real.columns[c]!,
    rare: real.columns[c]!,
    made: made.columns[c]!,
  });
  it('expects of fresh rows what fresh rows do', () => {
    const shares: number[] = [];
    const expected: number[] = [];
    for (let seed = 10; seed < 30; seed++) {
      const [real, made] = [cloud(seed, 200, 1), cloud(seed + 100, 4000, 1)];
      const { unseen } = planeRegions(parts(real, made, 0), parts(real, made, 1));
      shares.push(unseen.share);
      expected.push(unseen.expected);
    }
    const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
    expect(Math.abs(mean(shares) - mean(expected))).toBeLessThan(0.02);
    expect(mean(shares)).toBeGreaterThan(0.02);
  });

  it('counts every row once and finds what has shrunk', () => {
    const [real, made] = [cloud(1, 300, 1), cloud(2, 900, 1, 0.5)];
    const plane = planeRegions(parts(real, made, 0), parts(real, made, 2));
    expect(plane.rare.reduce((sum, one) => sum + one, 0)).toBe(300);
    expect(plane.made.reduce((sum, one) => sum + one, 0)).toBe(900);
    const [a, b] = collapses({ common: real, rare: real, made }, [[], [0], []], 2);
    expect(a!.overall).toBeCloseTo(0.25, 1);
    // Given its cause b varies as much as before: only what b gets from a has shrunk.
    expect(b!.withinParents!).toBeGreaterThan(0.8);
    expect(b!.overall!).toBeLessThan(0.8);
  });
});

it('fresh rare rows move the corrected boundary hardly, rows from elsewhere a lot, and no correction most', async () => {
  const at = (seed: number, rows: number, shift: number) => {
    const rng = createRng(seed, 'boundary-test');
    return [
      Float64Array.from({ length: rows }, () => shift + rng.normal()),
      Float64Array.from({ length: rows }, () => rng.normal()),
    ] as const;
  };
  const axes = [numericSpec('x'), numericSpec('y')] as const;
  const common = at(1, 1500, 0);
  const rare = at(2, 120, 1.5);
  const ask = (made: ReturnType<typeof at>) =>
    decisionBoundary({ axes, common, rare, made, timesPrevalence: 1, seed: 1 }, inlineExecutor, silentTask);
  const fresh = await ask(at(3, 1200, 1.5));
  const wrong = await ask(at(4, 1200, -1.5));
  expect(fresh.disagreement.all).toBeLessThan(0.15);
  expect(wrong.disagreement.all).toBeGreaterThan(0.3);
  expect(fresh.uncorrected).toBeGreaterThan(2 * fresh.disagreement.all);
});

it('a move of size 0 is the donor, a larger one goes farther on the same noise, and rules hold', async () => {
  const rng = createRng(5, 'moves-test');
  const a = Float64Array.from({ length: 400 }, () => rng.normal());
  const b = a.map((v) => v + 0.5 * rng.normal());
  const y = b.map((v) => (rng.uniform() < 1 / (1 + Math.exp(-v)) ? 1 : 0));
  const specs = [numericSpec('a'), numericSpec('b'), categoricalSpec('y', ['no', 'yes'])];
  const frame: Frame = { rows: 400, specs, columns: [a, b, y] };
  const map = {
    nodes: ['a', 'b', 'y'].map((name) => createNode(name)),
    edges: [createEdge('a', 'b'), createEdge('b', 'y')],
  };
  const model = await fitModel(frame, dagOf(map), 2, 1, inlineExecutor, silentTask);
  const rare = [...y.keys()].filter((i) => y[i] === 1);
  const donors = frame.columns.map((column) => Float64Array.from(rare, (i) => column[i]!));
  const rules = [{ kind: 'range', id: 'r', reason: 'test', enabled: true, column: 'a', min: null, max: 1 }] as const;
  const input = { model, target: 2, rareCode: 1, rules: [], redraw: [0, 1], donors, seed: 3 };
  const [zero, small, large] = movesBySize(input, [0, 0.1, 1]);
  expect(zero!.columns).toEqual(donors);
  const distance = (columns: readonly Float64Array[]) =>
    columns[0]!.reduce((sum, value, i) => sum + Math.abs(value - donors[0]![i]!), 0);
  expect(distance(small!.columns)).toBeLessThan(0.4 * distance(large!.columns));
  // A run that held every noise back moves no further than it did, whatever its step.
  expect(movesBySize({ ...input, nodeSteps: input.model.specs.map(() => 0.1) }, [1])[0]).toEqual(small);
  expect(movesBySize(input, [0.1])[0]).toEqual(small);
  const ruled = movesBySize({ ...input, rules }, [1])[0]!;
  ruled.columns[0]!.forEach((value, i) => {
    expect(ruled.verdicts[i] === verdictOfMove.brokeRule).toBe(value > 1);
  });
});
