import { describe, expect, it } from 'vitest';
import type { Frame, ValueSpec } from '../data/frame';
import { createEdge, createNode } from '../graph/causalMap';
import { createRng } from '../rng';
import { silentTask } from '../task';
import { associationNetwork } from './associationNetwork';
import { casesPerParameter } from './casesPerParameter';
import { columnDifferences } from './columnDifferences';
import { diagnose } from './diagnose';
import { categoricalDrift, numericDrift, sharesDrift } from './drift';
import golden from './drift.golden.json';
import { interactionScreen } from './interactionScreen';
import { overlapOf } from './overlap';
import { periodView } from './periods';
import { redundantClusters } from './redundancy';
import { differenceOfShares, wilson } from './shares';

const number = (name: string): ValueSpec => ({
  name,
  kind: 'continuous',
  levels: null,
  decimals: 6,
  datePattern: null,
});
const category = (name: string, ...levels: string[]): ValueSpec => ({
  name,
  kind: 'nominal',
  levels,
  decimals: 0,
  datePattern: null,
});
const frameOf = (specs: ValueSpec[], columns: ArrayLike<number>[]): Frame => ({
  rows: columns[0]!.length,
  specs,
  columns: columns.map((column) => Float64Array.from(column)),
});
const logistic = (x: number) => 1 / (1 + Math.exp(-x));

describe('shares', () => {
  it('have the score intervals of the tables', () => {
    // Wilson 10/100 and Newcombe's example 56/70 against 48/80, both from the papers' tables.
    expect(wilson(10, 100).low).toBeCloseTo(0.0552, 4);
    expect(wilson(10, 100).high).toBeCloseTo(0.1744, 4);
    const { low, high } = differenceOfShares(56, 70, 48, 80);
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('drift', () => {
  it.each(golden.numeric)('of numbers agrees with the reference: $id', ({ reference, current, ks, psi }) => {
    const drift = numericDrift(Float64Array.from(reference), Float64Array.from(current));
    expect(drift.distance).toBeCloseTo(ks, 12);
    expect(drift.psi).toBeCloseTo(psi, 9);
  });
  it.each(golden.categorical)(
    'of counts agrees with the reference: $id',
    ({ reference, current, psi, jensenShannon }) => {
      const drift = sharesDrift(Float64Array.from(reference), Float64Array.from(current));
      expect(drift.psi).toBeCloseTo(psi, 9);
      expect(drift.jensenShannon).toBeCloseTo(jensenShannon, 12);
    },
  );
  it('is nothing between equal samples, and finite where a level is new', () => {
    const same = Float64Array.from([0, 1, 1, 2]);
    expect(categoricalDrift(same, same, 3)).toEqual({ distance: 0, psi: 0, jensenShannon: 0 });
    const { distance, jensenShannon, psi } = categoricalDrift(Float64Array.of(0, 0), Float64Array.of(1, 1), 2);
    expect([distance, jensenShannon]).toEqual([1, 1]);
    expect(Number.isFinite(psi)).toBe(true);
  });
});

/** x and y correlated 0.8 in rare rows and not at all in common ones; z shifted by one in rare rows; w missing more often there. */
function world(rows: number, seed: number) {
  const rng = createRng(seed, 'diagnosis-test');
  const isRare = new Uint8Array(rows);
  const [x, y, z, w, copy, level] = Array.from({ length: 6 }, () => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < rows; i++) {
    isRare[i] = Number(rng.uniform() < 0.1);
    const rare = isRare[i] === 1;
    x[i] = rng.normal();
    y[i] = rare ? 0.8 * x[i]! + 0.6 * rng.normal() : rng.normal();
    z[i] = rng.normal() + (rare ? 1 : 0);
    w[i] = rng.uniform() < (rare ? 0.3 : 0.1) ? Number.NaN : rng.normal();
    copy[i] = z[i]! + 0.05 * rng.normal();
    level[i] = rng.uniform() < (rare ? 0.6 : 0.3) ? 1 : 0;
  }
  const specs = [
    number('x'),
    number('y'),
    number('z'),
    number('w'),
    number('copy'),
    category('level', 'a', 'b'),
    category('sick', 'no', 'yes'),
  ];
  return { frame: frameOf(specs, [x, y, z, w, copy, level, isRare]), isRare };
}

describe('columns by class', () => {
  it('have the p-values of the rank sum and the chi squared test, adjusted over the columns', () => {
    // scipy 1.17.1: mannwhitneyu(use_continuity=False, method='asymptotic'), chi2_contingency(correction=False).
    const rare = [3, 5, 5, 8, 9, 12, 5];
    const common = [1, 2, 2, 3, 5, 5, 6, 7, 4, 2, 1, 0];
    const levels = [0, 0, 0, 0, 1, 1, 2, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2];
    const isRare = Uint8Array.from(levels, (_, i) => Number(i < rare.length));
    const specs = [number('x'), category('level', 'a', 'b', 'c'), category('sick', 'no', 'yes')];
    const frame = frameOf(
      specs,
      [[...rare, ...common], levels, isRare].map((one) => Float64Array.from(one)),
    );
    const [x, level] = columnDifferences(frame, isRare, 'sick');
    expect(x!.pValue).toBeCloseTo(2 * 0.01871598612526189, 8);
    expect(level!.pValue).toBeCloseTo(0.11347861510143725, 8);
  });

  it('are as far apart as their laws, within the interval', () => {
    const { frame, isRare } = world(4000, 1);
    const found = new Map(columnDifferences(frame, isRare, 'sick').map((one) => [one.column, one]));
    // P(N(1,1) > N(0,1)) = Phi(1 / sqrt 2) = 0.7602
    const z = found.get('z')!;
    expect(z.interval.low).toBeLessThan(0.5205);
    expect(z.interval.high).toBeGreaterThan(0.5205);
    expect(z.isHigher).toBe(true);
    const level = found.get('level')!;
    expect(level.interval.low).toBeLessThan(0.3);
    expect(level.interval.high).toBeGreaterThan(0.3);
    expect(level.favoured[0]?.level).toBe('b');
    expect(found.get('x')!.interval.low).toBe(0);
    expect(found.get('w')!.missing.pValue).toBeLessThan(1e-6);
    expect(found.get('x')!.missing.pValue).toBeNaN();
  });

  it('cover the true distance 95 times of 100', () => {
    let covered = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { frame, isRare } = world(400, 100 + seed);
      const { interval } = columnDifferences(frame, isRare, 'sick').find(({ column }) => column === 'z')!;
      covered += Number(interval.low <= 0.5205 && 0.5205 <= interval.high);
    }
    expect(covered).toBeGreaterThan(180);
  });
});

describe('associations by class', () => {
  it('find the pair that differs, and no other', async () => {
    const { frame, isRare } = world(4000, 2);
    const network = await associationNetwork(frame, isRare, 'sick', silentTask);
    expect(network.pairs).toHaveLength(15);
    const [first] = network.pairs;
    expect([first!.a, first!.b]).toEqual(['x', 'y']);
    expect(first!.interval.low).toBeLessThan(0.8);
    expect(first!.interval.high).toBeGreaterThan(0.75);
    expect(first!.pValue).toBeLessThan(1e-9);
    expect(network.pairs.slice(1).filter(({ pValue }) => pValue < 0.01)).toEqual([]);
    expect(redundantClusters(network)).toMatchObject([{ columns: ['z', 'copy'] }]);
  });

  it('say nothing of a column that hardly varies in one class', async () => {
    const { frame, isRare } = world(1000, 4);
    const flag = frame.columns[0]!.map((v, i) => (isRare[i] === 1 ? 0 : Number(v > 0)));
    const flagged = { ...frame, columns: [flag, ...frame.columns.slice(1)] };
    const { pairs } = await associationNetwork(flagged, isRare, 'sick', silentTask);
    const ofFlag = pairs.filter(({ a }) => a === 'x');
    expect(ofFlag.every(({ isTold, pValue }) => !isTold && pValue === 1)).toBe(true);
  });

  it('do not cry wolf where nothing differs', async () => {
    let alarms = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { frame, isRare } = world(600, 300 + seed);
      const shuffled = isRare.slice();
      // Labels dealt out again: no class differs from the other.
      const rng = createRng(seed, 'deal');
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = rng.integer(i + 1);
        [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
      }
      const { pairs } = await associationNetwork(frame, shuffled, 'sick', silentTask);
      alarms += Number(pairs[0]!.pValue < 0.05);
    }
    expect(alarms).toBeLessThanOrEqual(6);
  });
});

describe('interactions', () => {
  const draw = (rows: number, gain: number) => {
    const rng = createRng(5, 'interaction-test');
    const [a, b, c] = Array.from({ length: 3 }, () => Float64Array.from({ length: rows }, () => rng.normal())) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const y = Uint8Array.from(a, (v, i) =>
      Number(rng.uniform() < logistic(-2.5 + 0.5 * v + 0.5 * c[i]! + gain * v * b[i]!)),
    );
    return { frame: frameOf([number('a'), number('b'), number('c'), category('y', 'no', 'yes')], [a, b, c, y]), y };
  };
  const screen = async (gain: number) => {
    const { frame, y } = draw(4000, gain);
    return interactionScreen(frame, y, columnDifferences(frame, y, 'y'), silentTask);
  };

  it('are found where two columns only work together', async () => {
    const { pairs, additiveLoss, baseLoss } = await screen(1);
    expect([pairs[0]!.a, pairs[0]!.b]).toEqual(['a', 'b']);
    expect(pairs[0]!.gain).toBeGreaterThan(0.02);
    expect(pairs[0]!.pValue).toBeLessThan(1e-4);
    expect(additiveLoss).toBeLessThan(baseLoss);
  });

  it('are not found where effects add up', async () => {
    const { pairs } = await screen(0);
    expect(pairs.filter(({ pValue }) => pValue < 0.05)).toEqual([]);
  });

  it('are not looked for among too few', async () => {
    const { frame } = draw(300, 0);
    const few = new Uint8Array(300);
    few.fill(1, 0, 12);
    const { pairs, reason } = await interactionScreen(frame, few, columnDifferences(frame, few, 'y'), silentTask);
    expect(pairs).toEqual([]);
    expect(reason).toMatch(/12 rare rows are too few/);
  });
});

describe('the rare class over time', () => {
  const timed = (shareAt: (t: number) => number, seed: number) => {
    const rng = createRng(seed, 'period-test');
    const rows = 4000;
    const time = Float64Array.from({ length: rows }, (_, i) => i % 2000);
    const rare = Uint8Array.from(time, (t) => Number(rng.uniform() < shareAt(t)));
    const frame = frameOf(
      [number('t'), number('v'), category('y', 'no', 'yes')],
      [time, time.map((t) => rng.normal() + (t > 1600 ? 1 : 0)), rare],
    );
    return periodView(frame, rare, 'y', { column: 't', values: time, datePattern: null })!;
  };

  it('changes where it changes', () => {
    const { periods, changes, drift } = timed((t) => (t < 1200 ? 0.03 : 0.09), 1);
    expect(changes).toHaveLength(1);
    expect(Math.abs(changes[0]!.at - 1200)).toBeLessThan(150);
    expect(periods.reduce((sum, { rows }) => sum + rows, 0)).toBe(4000);
    expect(drift[0]!.column).toBe('v');
    expect(drift[0]!.distance).toBeGreaterThan(0.2);
  });

  it('seldom changes where it does not', () => {
    let alarms = 0;
    for (let seed = 10; seed < 60; seed++) alarms += Number(timed(() => 0.05, seed).changes.length > 0);
    expect(alarms).toBeLessThanOrEqual(2);
  });

  it('is not shown where time stands still', () => {
    const frame = frameOf(
      [number('t'), category('y', 'no', 'yes')],
      [
        [1, 1, Number.NaN],
        [0, 1, 0],
      ],
    );
    const time = { column: 't', values: frame.columns[0]!, datePattern: null };
    expect(periodView(frame, Uint8Array.of(0, 1, 0), 'y', time)).toBeNull();
  });
});

it('counts parameters by levels and cases by what limits them', () => {
  const frame = frameOf(
    [number('x'), category('site', 'a', 'b', 'c'), category('sick', 'no', 'yes'), number('marker')],
    [
      Array.from({ length: 100 }, (_, i) => i),
      Array.from({ length: 100 }, (_, i) => (i < 7 ? 0 : i < 50 ? 1 : 2)),
      Array.from({ length: 100 }, (_, i) => Number(i < 20)),
      Array.from({ length: 100 }, (_, i) => i),
    ],
  );
  const isRare = Uint8Array.from(frame.columns[2]!);
  const map = {
    nodes: ['x', 'site', 'sick', 'marker'].map((name) => createNode(name)),
    edges: [createEdge('x', 'sick'), createEdge('site', 'sick'), createEdge('sick', 'marker'), createEdge('x', 'site')],
  };
  const cases = new Map(casesPerParameter(frame, map, 'sick', isRare).map((one) => [one.node, one]));
  expect(cases.get('sick')).toMatchObject({ parameters: 4, cases: 20, verdict: 'thin' });
  expect(cases.get('marker')).toMatchObject({ parameters: 2, cases: 20 });
  expect(cases.get('site')).toMatchObject({ parameters: 4, cases: 7, verdict: 'too-few' });
});

describe('overlap', () => {
  it('is told apart from none', () => {
    const rng = createRng(3, 'overlap-test');
    const z = Float64Array.from({ length: 2000 }, () => rng.normal());
    const arm = (slope: number) => z.map((v) => Number(rng.uniform() < logistic(slope * v)));
    const specs = [category('treated', 'no', 'yes'), number('z')];
    const good = overlapOf(frameOf(specs, [arm(0.5), z]), 'treated', ['z'])!;
    const poor = overlapOf(frameOf(specs, [arm(8), z]), 'treated', ['z'])!;
    expect(good.unsupported).toBeLessThan(0.01);
    expect(poor.unsupported).toBeGreaterThan(0.4);
    expect(good.arms.map(({ label }) => label)).toEqual(['no', 'yes']);
    for (const { inside, outside, effectiveRows, rows } of good.arms) {
      expect(inside.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      expect(outside.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      expect(effectiveRows).toBeLessThanOrEqual(rows);
    }
  });
});

describe('the strategy', () => {
  const ask = async (rows: number, edges = [createEdge('z', 'sick'), createEdge('sick', 'level')]) => {
    const { frame } = world(rows, 7);
    const map = { nodes: ['z', 'sick', 'level'].map((name) => createNode(name)), edges };
    return diagnose(
      { frame, target: 'sick', rareCodes: [1], map, exposure: 'z', time: null, refutedClaims: 0 },
      silentTask,
    );
  };

  it('asks for rows, for a map, or says not to', async () => {
    expect((await ask(40)).strategy.verdict).toBe('collect-first');
    expect((await ask(1000, [])).strategy.verdict).toBe('map-first');
    expect((await ask(14_000)).strategy.verdict).toBe('do-not-augment');
    const { strategy, overlap } = await ask(1500);
    expect(strategy.verdict).toBe('with-care');
    expect(strategy.lines.map(({ text }) => text).join()).toMatch(/Being missing depends on the class in w/);
    expect(overlap).toBeNull();
  });
});
