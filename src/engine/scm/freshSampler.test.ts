import { describe, expect, it } from 'vitest';
import { createRng } from '../rng';
import { networkModel } from '../testing/givenNetwork';
import { structureOf } from '../worlds/simulate';
import { binaryNode, logistic, normalNode, type World } from '../worlds/world';
import { causeCells, riskBound } from './causeCells';
import type { FreshMethod } from './causesSampler';
import networks from './discreteNetworks.golden.json';
import { freshSampler } from './freshSampler';
import logisticChild from './logisticChild.golden.json';
import type { StructuralModel } from './structuralModel';
import type { RuleCheck } from './twinSampler';

const network = networks.networks.find(({ id }) => id === 'random-6')!;
const model = networkModel(network);
const target = model.specs.findIndex(({ name }) => name === 'y');
const rareCode = model.specs[target]!.levels!.indexOf('min');
const free = { check: null, rules: 0 };
const bound = riskBound(model, target, rareCode);

/** Exact P(row | Y = m, rule kept) of every combination of levels. */
function exactLaw(of: StructuralModel, keeps: (row: readonly number[]) => boolean) {
  const sizes = of.specs.map(({ levels }) => levels!.length);
  const law = new Map<string, number>();
  const count = sizes.reduce((a, b) => a * b, 1);
  for (let cell = 0; cell < count; cell++) {
    let rest = cell;
    const row = sizes.map((size) => {
      const code = rest % size;
      rest = Math.floor(rest / size);
      return code;
    });
    if (row[target] !== rareCode || !keeps(row)) continue;
    const columns = row.map((code) => Float64Array.of(code));
    const log = of.mechanisms.reduce(
      (sum, mechanism, node) =>
        sum +
        mechanism.logDensity(
          of.parents[node]!.map((p) => columns[p]!),
          columns[node]!,
        )[0]!,
      0,
    );
    law.set(row.join(), Math.exp(log));
  }
  const total = [...law.values()].reduce((a, b) => a + b, 0);
  return { total, law: new Map([...law].map(([key, p]) => [key, p / total])) };
}

/** Every level and every pair of levels within four standard errors of its exact probability. */
function expectLaw(columns: readonly Float64Array[], law: ReadonlyMap<string, number>, effective: number) {
  const rows = columns[0]!.length;
  const exact = new Map<string, number>();
  const keysOf = (row: readonly number[]) =>
    row.flatMap((a, i) => row.slice(0, i + 1).map((b, j) => `${i}:${a} ${j}:${b}`));
  for (const [key, p] of law)
    for (const pair of keysOf(key.split(',').map(Number))) exact.set(pair, (exact.get(pair) ?? 0) + p);
  const seen = new Map<string, number>();
  for (let i = 0; i < rows; i++)
    for (const pair of keysOf(columns.map((column) => column[i]!))) seen.set(pair, (seen.get(pair) ?? 0) + 1);
  for (const pair of seen.keys()) expect(exact.has(pair)).toBe(true);
  for (const [pair, p] of exact) {
    const error = Math.sqrt(Math.max(0, p * (1 - p)) / effective);
    expect(Math.abs((seen.get(pair) ?? 0) / rows - p)).toBeLessThan(4 * error + 1 / rows);
  }
}

describe('fresh rows follow the exact P(V | Y = m) of a discrete world', () => {
  const { law } = exactLaw(model, () => true);
  it.each(['enumeration', 'rejection', 'resampling'] as FreshMethod[])('by %s', (method) => {
    const rows = 6000;
    const sample = freshSampler({ model, target, rareCode, method, bound, poolRows: 20, ...free });
    const { columns } = sample(rows, createRng(3, method))!;
    expectLaw(columns, law, rows);
  });

  it('and the law cut by a rule, that looks at causes and consequences', () => {
    const [a, b] = [0, model.specs.length - 1];
    const keeps = (row: readonly number[]) => !(row[a] === 0 && row[b] === 0);
    const check: RuleCheck = (columns) => columns[a]!.map((v, i) => (v === 0 && columns[b]![i] === 0 ? 1 : 0));
    for (const method of ['enumeration', 'rejection'] as const) {
      const sample = freshSampler({ model, target, rareCode, method, bound, poolRows: 1, check, rules: 1 });
      const made = sample(5000, createRng(4, method))!;
      expectLaw(made.columns, exactLaw(model, keeps).law, 5000);
      expect(made.refusalsByRule[0]).toBe(made.refusedByRules.reduce((x, y) => x + y, 0));
      expect(made.refusalsByRule[0]).toBeGreaterThan(0);
    }
  });

  it('with the probability of the outcome, and a bound that is reached', () => {
    expect(causeCells(model, target, rareCode)!.prevalence).toBeCloseTo(exactLaw(model, () => true).total, 12);
    expect(bound).toBeLessThan(1);
  });

  it('gives up in words, not in a loop, where the rules leave nothing', () => {
    const check: RuleCheck = (columns) => columns[0]!.map(() => 1);
    const sample = freshSampler({
      model,
      target,
      rareCode,
      method: 'enumeration',
      bound,
      poolRows: 1,
      check,
      rules: 1,
    });
    expect(sample(4, createRng(1, 'none'))).toBeNull();
  });
});

it.each(['rejection', 'resampling'] as FreshMethod[])('by %s match the exact moments of a logistic child', (method) => {
  const { args, expected } = logisticChild.cases[0]!;
  const { alpha, beta, gamma, delta, tau, omega } = args;
  const world: World = {
    id: 'test',
    title: '',
    story: '',
    nodes: [
      normalNode('U', [], () => 0, 1, 12),
      normalNode('X', ['U'], ([u]) => delta * u!, tau, 12),
      normalNode('Z', ['X'], ([x]) => omega * x!, 1, 12),
      binaryNode('Y', ['0', '1'], ['U', 'X'], ([u, x]) => logistic(alpha + beta * u! + gamma * x!)),
    ],
    target: 'Y',
    rareLevel: '1',
    exposure: '',
    rules: [],
    positions: {},
    rows: 0,
  };
  const rows = 3000;
  const sample = freshSampler({
    model: structureOf(world),
    target: 3,
    rareCode: 1,
    method,
    bound: 1,
    poolRows: 60,
    ...free,
  });
  const { columns } = sample(rows, createRng(8, method))!;
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
  expected.mean_U_X_Z_given_y1.forEach((truth: number, c: number) => {
    const at = mean(columns[c]!);
    const spread = Math.sqrt(mean(columns[c]!.map((v) => (v - at) ** 2)));
    // Resampled rows share pool rows: 4 errors of the pool's effective size instead.
    const effective = method === 'rejection' ? rows : rows / 2;
    expect(Math.abs(at - truth)).toBeLessThan((4 * spread) / Math.sqrt(effective));
  });
});
