import { describe, expect, it } from 'vitest';
import type { Frame } from '../data/frame';
import { silentTask } from '../task';
import { simulateModel, structureOf } from '../worlds/simulate';
import { binaryNode, logistic, normalNode, type WorldNode } from '../worlds/world';
import { chooseStep } from './chooseStep';
import { misfits } from './misfits';
import type { StructuralModel } from './structuralModel';

const modelOf = (nodes: readonly WorldNode[]): StructuralModel =>
  structureOf({
    id: 'step',
    title: '',
    story: '',
    target: 'y',
    rareLevel: '1',
    exposure: '',
    rules: [],
    positions: {},
    rows: 0,
    nodes,
  });
const a = normalNode('a', [], () => 0, 1, 9);
const y = binaryNode('y', ['0', '1'], ['a', 'b'], ([x, b]) => logistic(-3 + 0.8 * x! + 0.8 * b!));
const t = normalNode('t', ['y', 'a'], ([v, x]) => v! + 0.5 * x!, 1, 9);
const truth = modelOf([a, normalNode('b', ['a'], ([x]) => 0.8 * x!, 0.6, 9), y, t]);
const frame: Frame = simulateModel(truth, 4000, 6);
/** What a fit of a wrong map would give, had it all the data. */
const wrong = {
  'an arrow left out': modelOf([a, normalNode('b', [], () => 0, 1, 9), y, t]),
  'an arrow from the target left out': modelOf([
    a,
    normalNode('b', ['a'], ([x]) => 0.8 * x!, 0.6, 9),
    y,
    normalNode('t', ['a'], ([x]) => 0.5 * x!, 1, 9),
  ]),
};
const choose = (model: StructuralModel, rows: number) => {
  const part: Frame = { ...frame, rows, columns: frame.columns.map((column) => column.slice(0, rows)) };
  const donorRows = Int32Array.from([...part.columns[2]!.keys()].filter((i) => part.columns[2]![i] === 1));
  const question = { model, frame: part, target: 2, rareCode: 1, donorRows, redraw: [0, 1, 3], seed: 3 };
  return chooseStep({ ...question, check: null, rules: 0, ruleColumns: [] }, silentTask);
};

describe('what the map leaves unexplained', () => {
  it('is nothing for the true map', () => expect(misfits(truth, frame, 2, 1, 1)).toEqual([]));
  it('names two causes whose arrow was left out', () =>
    expect(misfits(wrong['an arrow left out'], frame, 2, 1, 1)).toContainEqual({
      kind: 'pair',
      nodes: [0, 1],
      size: expect.any(Number),
    }));
  it('counts little where a column is all but calculated: the rest is the error of the calculation', () => {
    // In truth c = a + 0.1 noise; learned as 0.95 a, its tiny noise goes with that of a, and moving it moves nothing.
    const calculated = (slope: number) => modelOf([a, normalNode('c', ['a'], ([x]) => slope * x!, 0.1, 9), y2]);
    const y2 = binaryNode('y', ['0', '1'], ['a'], ([x]) => logistic(-3 + x!));
    const table = simulateModel(calculated(1), 4000, 6);
    const found = misfits(calculated(0.95), table, 2, 1, 1);
    expect(found).toContainEqual({ kind: 'pair', nodes: [0, 1], size: expect.any(Number) });
    for (const { size } of found) expect(Math.abs(size)).toBeLessThan(0.2);
  });
  it('names what the target changes without an arrow', () =>
    expect(misfits(wrong['an arrow from the target left out'], frame, 2, 1, 1)[0]).toMatchObject({
      kind: 'rare',
      nodes: [3],
    }));
  it('names two causes that act together, which the odds learned do not say', () => {
    const c = normalNode('c', [], () => 0, 1, 9);
    const withOdds = (odds: (x: number, z: number) => number) =>
      modelOf([a, c, binaryNode('y', ['0', '1'], ['a', 'c'], ([x, z]) => logistic(odds(x!, z!)))]);
    const table = simulateModel(
      withOdds((x, z) => -3.5 + 0.5 * x + 0.5 * z + 1.2 * x * z),
      4000,
      6,
    );
    const found = misfits(
      withOdds((x, z) => -3 + 0.5 * x + 0.5 * z),
      table,
      2,
      1,
      1,
    );
    expect(found).toContainEqual({ kind: 'rare-pair', nodes: [0, 1], size: expect.any(Number) });
  });
  it('counts units, not their rows, as evidence', () => {
    const units = Int32Array.from({ length: frame.rows }, (_, i) => i % 12);
    const model = wrong['an arrow left out'];
    expect(misfits(model, frame, 2, 1, 1).length).toBeGreaterThan(0);
    expect(misfits(model, frame, 2, 1, 1, units)).toEqual([]);
  });
});

describe('the step from the data', () => {
  it('is the largest for the true map, with its reason, and the same again', async () => {
    const choice = await choose(truth, 4000);
    expect(choice.step).toBe(1);
    expect(choice.reason).toMatch(/^Step 1 from the data: a classifier does not tell/);
    expect(await choose(truth, 4000)).toEqual(choice);
  });
  it.each([
    ['an arrow left out', ['a', 'b']],
    ['an arrow from the target left out', ['t']],
  ] as const)('holds the columns back that %s leaves unexplained, and only those', async (what, names) => {
    const choice = await choose(wrong[what], 4000);
    expect(choice.step).toBe(1);
    expect(choice.caps.length).toBeGreaterThan(0);
    truth.specs.forEach(({ name }, node) => {
      if ((names as readonly string[]).includes(name)) expect(choice.nodeSteps[node]).toBeLessThanOrEqual(0.3);
      else if (name !== 'y') expect(choice.nodeSteps[node]).toBeGreaterThanOrEqual(0.3);
    });
    expect(choice.reason).toMatch(/Closer to the real row stays?.*"(a|t)" \(/);
  });
  it('does not move what is all but calculated without the map saying so', async () => {
    const parts = (from: readonly string[]) => [
      a,
      normalNode('b', from, from.length > 0 ? ([x]) => x! : () => 0, from.length > 0 ? 0.1 : 1, 9),
      y,
      t,
    ];
    const table = simulateModel(modelOf(parts(['a'])), 4000, 6);
    const donorRows = Int32Array.from([...table.columns[2]!.keys()].filter((i) => table.columns[2]![i] === 1));
    const question = { model: modelOf(parts([])), frame: table, target: 2, rareCode: 1, donorRows, redraw: [0, 1, 3] };
    const choice = await chooseStep({ ...question, seed: 3, check: null, rules: 0, ruleColumns: [] }, silentTask);
    expect(choice.nodeSteps.slice(0, 2)).toEqual([0, 0]);
    expect(choice.reason).toMatch(
      /"a" \(not moved\), "b" \(not moved\): "[ab]" is all but calculated \(9\d %\) from "[ab]"/,
    );
  });
  it('stays in the middle where there are too few rare rows to judge', async () => {
    const choice = await choose(truth, 150);
    expect(choice).toMatchObject({ step: 0.6, tried: [] });
    expect(choice.reason).toMatch(/too few/);
  });
  it('falls to what a classifier cannot tell', async () => {
    // A rule that real rows break moves the twins away from them, which nothing the map leaves unexplained shows.
    const donorRows = Int32Array.from([...frame.columns[2]!.keys()].filter((i) => frame.columns[2]![i] === 1));
    const question = { model: truth, frame, target: 2, rareCode: 1, donorRows, redraw: [0, 1, 3], seed: 3 };
    const check = (columns: readonly Float64Array[]) => columns[3]!.map((v) => (v < 2 ? 1 : 0));
    const { step, tried } = await chooseStep({ ...question, check, rules: 1, ruleColumns: [3] }, silentTask);
    expect(step).toBeLessThan(1);
    expect(tried.length).toBeGreaterThan(1);
    for (const { auc, limit } of tried.slice(0, -1)) expect(auc).toBeGreaterThan(limit);
  });
});
