import { describe, expect, it } from 'vitest';
import { createRng } from '../rng';
import { donorsOf, networkModel } from '../testing/givenNetwork';
import { rareDisease } from '../worlds/rareDisease';
import { structureOf } from '../worlds/simulate';
import { binaryNode, logistic, normalNode, type World, type WorldNode } from '../worlds/world';
import networks from './discreteNetworks.golden.json';
import logisticChild from './logisticChild.golden.json';
import type { StructuralModel } from './structuralModel';
import { twinSampler } from './twinSampler';

const everyNode = (model: StructuralModel, target: number) =>
  model.specs.map((_, node) => node).filter((node) => node !== target);
const free = { check: null, rules: 0, ruleColumns: [] };

const ROWS = 12_000;
const cases = networks.networks.flatMap((network) =>
  Object.entries(
    network.posteriors as Record<
      string,
      { evidence: Record<string, string>; marginals: Record<string, number[]>; pairs: Record<string, number[][]> }
    >,
  )
    .filter(([, { evidence }]) => Object.keys(evidence).length === 1)
    .flatMap(([id, posterior]) =>
      [0.2, 0.6, 1].map((step) => ({ name: `${network.id} | ${id}, step ${step}`, network, posterior, step })),
    ),
);

describe('with given mechanisms, twins follow the exact P(V | Y = m) of a discrete world', () => {
  it.each(cases)('$name', ({ network, posterior, step }) => {
    const model = networkModel(network);
    const [[name, level]] = Object.entries(posterior.evidence) as [[string, string]];
    const target = model.specs.findIndex((spec) => spec.name === name);
    const rareCode = model.specs[target]!.levels!.indexOf(level);
    const donors = donorsOf(model, target, rareCode, ROWS, 5);
    const sample = twinSampler({ model, target, rareCode, redraw: everyNode(model, target), step, ...free });
    const { columns } = sample(donors, 6, createRng(9, name), 1);
    const within = (count: number, p: number) => {
      const error = Math.sqrt((p * (1 - p)) / ROWS);
      expect(Math.abs(count / ROWS - p)).toBeLessThan(4 * error + 0.5 / ROWS);
    };
    for (const [node, shares] of Object.entries(posterior.marginals)) {
      const column = columns[model.specs.findIndex((spec) => spec.name === node)]!;
      shares.forEach((p, code) => {
        within(column.filter((v) => v === code).length, p);
      });
    }
    for (const [pair, table] of Object.entries(posterior.pairs)) {
      const [a, b] = pair.split(',').map((node) => columns[model.specs.findIndex((spec) => spec.name === node)]!);
      table.forEach((row, i) => {
        row.forEach((p, j) => {
          within(a!.filter((v, k) => v === i && b![k] === j).length, p);
        });
      });
    }
  });
});

const worldOf = (nodes: readonly WorldNode[], target: string): World => ({
  id: 'test',
  title: '',
  story: '',
  nodes,
  target,
  rareLevel: '1',
  exposure: '',
  rules: [],
  positions: {},
  rows: 0,
});

describe('with given mechanisms, twins match the exact moments of a logistic child', () => {
  it.each(logisticChild.cases)('P(Y = 1) = $expected.p_y1', ({ args, expected }) => {
    const { alpha, beta, gamma, delta, tau, omega } = args;
    const model = structureOf(
      worldOf(
        [
          normalNode('U', [], () => 0, 1, 12),
          normalNode('X', ['U'], ([u]) => delta * u!, tau, 12),
          normalNode('Z', ['X'], ([x]) => omega * x!, 1, 12),
          binaryNode('Y', ['0', '1'], ['U', 'X'], ([u, x]) => logistic(alpha + beta * u! + gamma * x!)),
        ],
        'Y',
      ),
    );
    const rows = 5000;
    const donors = donorsOf(model, 3, 1, rows, 17);
    for (const step of [0.3, 1]) {
      const { columns } = twinSampler({ model, target: 3, rareCode: 1, redraw: [0, 1, 2], step, ...free })(
        donors,
        8,
        createRng(3, 'moments'),
        1,
      );
      const mean = (c: number) => columns[c]!.reduce((a, b) => a + b, 0) / rows;
      expected.mean_U_X_Z_given_y1.forEach((truth, c) => {
        const variance = expected.var_U_X_Z_given_y1[c]!;
        expect(Math.abs(mean(c) - truth)).toBeLessThan(4 * Math.sqrt(variance / rows));
        const spread = columns[c]!.reduce((sum, v) => sum + (v - mean(c)) ** 2, 0) / rows;
        expect(Math.abs(spread - variance)).toBeLessThan(4 * variance * Math.sqrt(2.5 / rows));
      });
      const product = columns[0]!.reduce((sum, u, i) => sum + (u - mean(0)) * (columns[1]![i]! - mean(1)), 0) / rows;
      const [vu, vx] = expected.var_U_X_Z_given_y1;
      expect(Math.abs(product - expected.cov_U_X_given_y1)).toBeLessThan(
        4 * Math.sqrt((vu! * vx! + expected.cov_U_X_given_y1 ** 2) / rows),
      );
    }
  });
});

describe('world A with its true mechanisms', () => {
  const model = structureOf(rareDisease);
  const target = model.specs.findIndex(({ name }) => name === rareDisease.target);
  const rows = 6000;
  const donors = donorsOf(model, target, 1, rows, 31);
  const truth = donorsOf(model, target, 1, 40_000, 77_000);
  const moments = (column: Float64Array) => {
    const mean = column.reduce((a, b) => a + b, 0) / column.length;
    const second = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length;
    const fourth = column.reduce((sum, v) => sum + (v - mean) ** 4, 0) / column.length;
    return { mean, second, errorOfSecond: Math.sqrt(Math.max(0, fourth - second ** 2)) };
  };
  it.each([0.3, 1])('step %d keeps means, variances and pair moments', (step) => {
    const { columns } = twinSampler({ model, target, rareCode: 1, redraw: everyNode(model, target), step, ...free })(
      donors,
      8,
      createRng(1, 'world-a'),
      1,
    );
    const scale = Math.sqrt(1 / rows + 1 / 40_000);
    const standard = (all: readonly Float64Array[], c: number) => {
      const { mean, second } = moments(truth[c]!);
      return all[c]!.map((v) => (v - mean) / Math.sqrt(second || 1));
    };
    model.specs.forEach((_, c) => {
      const real = moments(truth[c]!);
      const twin = moments(columns[c]!);
      expect(Math.abs(twin.mean - real.mean)).toBeLessThanOrEqual(4 * Math.sqrt(real.second) * scale);
      expect(Math.abs(twin.second - real.second)).toBeLessThanOrEqual(4 * real.errorOfSecond * scale + 1e-12);
      for (let other = 0; other < c; other++) {
        const product = (all: readonly Float64Array[]) => {
          const a = standard(all, c);
          const b = standard(all, other);
          return moments(a.map((v, i) => v * b[i]!));
        };
        const expected = product(truth);
        expect(Math.abs(product(columns).mean - expected.mean)).toBeLessThanOrEqual(
          4.5 * Math.sqrt(expected.second) * scale + 1e-12,
        );
      }
    });
  });

  it("keeps them as well where every noise has a step of its own, and what stays the donor's is the donor's", () => {
    const nodeSteps = model.specs.map((_, node) => [0.3, 1, 0, 0.1, 0.6][node % 5]!);
    const { columns, noiseBefore, noiseAfter } = twinSampler({
      model,
      target,
      rareCode: 1,
      redraw: everyNode(model, target),
      step: 1,
      nodeSteps,
      ...free,
    })(donors, 8, createRng(6, 'by-node'), 1);
    const scale = Math.sqrt(1 / rows + 1 / 40_000);
    model.specs.forEach((_, c) => {
      const real = moments(truth[c]!);
      const twin = moments(columns[c]!);
      expect(Math.abs(twin.mean - real.mean)).toBeLessThanOrEqual(4 * Math.sqrt(real.second) * scale);
      expect(Math.abs(twin.second - real.second)).toBeLessThanOrEqual(4 * real.errorOfSecond * scale + 1e-12);
      if (c !== target && nodeSteps[c] === 0) expect(noiseAfter[c]).toEqual(noiseBefore[c]);
    });
  });

  it('changes nothing outside the redraw set and what follows from it', () => {
    const only = model.specs.findIndex(({ name }) => name === 'treated');
    const { columns } = twinSampler({ model, target, rareCode: 1, redraw: [only], step: 1, ...free })(
      donors,
      4,
      createRng(2, 'one-node'),
      1,
    );
    const changed = model.specs
      .filter((_, c) => columns[c]!.some((v, i) => v !== donors[c]![i]))
      .map(({ name }) => name);
    expect(changed.sort()).toEqual(['crp', 'dose', 'treated']);
  });

  it('under a rule follows the truncated law and never breaks it', () => {
    const age = model.specs.findIndex(({ name }) => name === 'age');
    const hospital = model.specs.findIndex(({ name }) => name === 'hospital');
    const broken = (columns: readonly Float64Array[], i: number) =>
      columns[age]![i]! < 60 && columns[hospital]![i] === 1;
    const keep = (columns: readonly Float64Array[]) => {
      const rowsKept = columns[0]!.map((_, i) => i).filter((i) => !broken(columns, i));
      return columns.map((column) => Float64Array.from(rowsKept, (i) => column[i]!));
    };
    const start = keep(donors);
    const { columns, refusedByRules, refusalsByRule } = twinSampler({
      model,
      target,
      rareCode: 1,
      redraw: everyNode(model, target),
      step: 0.8,
      check: (all) => all[0]!.map((_, i) => (broken(all, i) ? 1 : 0)),
      rules: 1,
      ruleColumns: [age, hospital],
    })(start, 8, createRng(3, 'rule'), 1);
    expect(refusedByRules.some((count) => count > 0)).toBe(true);
    expect(refusalsByRule[0]).toBe(refusedByRules.reduce((sum, count) => sum + count, 0));
    expect(columns[0]!.every((_, i) => !broken(columns, i))).toBe(true);
    const real = keep(truth);
    for (const c of [age, hospital]) {
      const expected = moments(real[c]!);
      const scale = Math.sqrt(1 / columns[c]!.length + 1 / real[c]!.length);
      expect(Math.abs(moments(columns[c]!).mean - expected.mean)).toBeLessThan(4 * Math.sqrt(expected.second) * scale);
    }
  });
});

describe('an unrecorded common cause', () => {
  // a <-> b with noise correlation 0.6, a -> y <- b, y <-> c with 0.5: exact law by forward simulation of the noises.
  const nodes = [
    normalNode('a', [], () => 0, 1, 12),
    normalNode('b', [], () => 0, 1, 12),
    normalNode('c', [], () => 0, 1, 12),
    binaryNode('y', ['0', '1'], ['a', 'b'], ([a, b]) => logistic(-3 + a! + b!)),
  ];
  const base = structureOf(worldOf(nodes, 'y'));
  const noiseCorrelation = base.noiseCorrelation.slice();
  const set = (i: number, j: number, r: number) => {
    noiseCorrelation[i * 4 + j] = r;
    noiseCorrelation[j * 4 + i] = r;
  };
  set(0, 1, 0.6);
  set(2, 3, 0.5);
  const model: StructuralModel = {
    ...base,
    bidirected: [
      [0, 1],
      [2, 3],
    ],
    noiseCorrelation,
  };

  it('is kept by the twins, also where it touches the target', () => {
    const rng = createRng(4, 'district');
    const kept: number[][] = [[], [], [], []];
    while (kept[0]!.length < 12_000) {
      const a = rng.normal();
      const b = 0.6 * a + 0.8 * rng.normal();
      const c = rng.normal();
      const zy = 0.5 * c + Math.sqrt(0.75) * rng.normal();
      const p = logistic(-3 + a + b);
      // y = 1 is the upper level: its noise lies above 1 - p.
      const u = base.mechanisms[0]!.noise([], Float64Array.of(zy), Float64Array.of(0.5))[0]!;
      if (u > 1 - p)
        [a, b, c, 1].forEach((v, k) => {
          kept[k]!.push(v);
        });
    }
    const all = kept.map((column) => Float64Array.from(column));
    const donors = all.map((column) => column.slice(0, 6000));
    const truth = all.map((column) => column.slice(6000));
    const { columns } = twinSampler({ model, target: 3, rareCode: 1, redraw: [0, 1, 2], step: 0.7, ...free })(
      donors,
      10,
      createRng(5, 'district-twins'),
      1,
    );
    const mean = (column: Float64Array) => column.reduce((s, v) => s + v, 0) / column.length;
    for (let c = 0; c < 3; c++) {
      expect(Math.abs(mean(columns[c]!) - mean(truth[c]!))).toBeLessThan(4 * 1.1 * Math.sqrt(2 / 6000));
      for (let e = 0; e < c; e++) {
        const product = (set_: readonly Float64Array[]) => mean(set_[c]!.map((v, i) => v * set_[e]![i]!));
        expect(Math.abs(product(columns) - product(truth))).toBeLessThan(4 * 2.2 * Math.sqrt(2 / 6000));
      }
    }
  });
});
