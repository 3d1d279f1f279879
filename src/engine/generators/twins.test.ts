import { expect, it } from 'vitest';
import { inlineExecutor } from '../executor';
import { dagOf } from '../graph/dag';
import { nearestNeighbours } from '../numeric/neighbours';
import { ROWS_PER_BLOCK } from '../rng';
import { fitModel } from '../scm/fitModel';
import { silentTask } from '../task';
import { rareDisease } from '../worlds/rareDisease';
import { mapOf, simulateWorld } from '../worlds/simulate';
import { completeParameters, type GeneratorInput } from './generator';
import { twins } from './twins';

const frame = simulateWorld(rareDisease, 2500, 8);
const target = frame.specs.findIndex(({ name }) => name === 'disease');
const map = mapOf(rareDisease);
const input = (changes: Partial<GeneratorInput> = {}): GeneratorInput => ({
  frame,
  map,
  target,
  rareCode: 1,
  rules: rareDisease.rules,
  redraw: null,
  seed: 4,
  rowsWanted: 1000,
  model: (task) => fitModel(frame, dagOf(map), target, 4, inlineExecutor, task),
  neighbours: nearestNeighbours,
  ...changes,
});
const prepare = (changes?: Partial<GeneratorInput>, parameters: Record<string, number> = {}) =>
  twins.prepare(input(changes), completeParameters(twins, parameters), silentTask);

it('draws the same rows in slices, from a copy of the plan and at once', async () => {
  const { plan } = await prepare();
  const whole = twins.draw(plan, 0, 3 * ROWS_PER_BLOCK);
  const slice = twins.draw(structuredClone(plan), ROWS_PER_BLOCK, 100);
  slice.columns.forEach((column, c) => {
    expect(column).toEqual(whole.columns[c]!.slice(ROWS_PER_BLOCK, ROWS_PER_BLOCK + 100));
  });
  expect(slice.donor).toEqual(whole.donor.slice(ROWS_PER_BLOCK, ROWS_PER_BLOCK + 100));
});

it('uses every donor equally often and leaves hardly any row where it was', async () => {
  const { plan } = await prepare();
  const donors = (plan.donorRows as Int32Array).length;
  const { donor, moved, columns } = twins.draw(plan, 0, 4 * donors);
  const uses = new Map<number, number>();
  for (const row of donor) uses.set(row, (uses.get(row) ?? 0) + 1);
  expect([...uses.values()].every((count) => count === 4)).toBe(true);
  expect(moved.reduce((a, b) => a + b, 0)).toBeGreaterThan(0.99 * donor.length);
  expect(columns[target]!.every((code) => code === 1)).toBe(true);
});

it('goes further from the real row with a larger step', async () => {
  const age = frame.specs.findIndex(({ name }) => name === 'age');
  const distance = async (step: number) => {
    const { plan } = await prepare({}, { step, steps: 3 });
    const { columns, donor } = twins.draw(plan, 0, 1024);
    return columns[age]!.reduce((sum, v, i) => sum + Math.abs(v - frame.columns[age]![donor[i]!]!), 0) / 1024;
  };
  expect(await distance(0.1)).toBeLessThan(0.5 * (await distance(0.8)));
});

it('does not start from a real row that breaks a rule, and says so', async () => {
  const first = frame.columns[target]!.indexOf(1);
  const severity = frame.specs.findIndex(({ name }) => name === 'severity');
  const limit = frame.columns[severity]![first]!;
  const rule = {
    id: 'r',
    kind: 'range',
    column: 'severity',
    min: null,
    max: limit - 0.01,
    reason: 'test',
    enabled: true,
  } as const;
  const { plan, messages } = await prepare({ rules: [rule] });
  expect(Array.from(plan.donorRows as Int32Array)).not.toContain(first);
  expect(messages.join(' ')).toMatch(/not used as donor/);
  expect(Math.max(...twins.draw(plan, 0, 512).columns[severity]!)).toBeLessThan(limit);
});

it.each([
  ['nothing to redraw', { redraw: [] as string[] }, 'bad-map'],
  ['a name off the map', { redraw: ['nonsense'] }, 'unknown-column'],
  ['no real row of the class', { rareCode: 7 }, 'too-few-rows'],
])('refuses %s with a sentence', async (_, changes, code) => {
  await expect(prepare(changes)).rejects.toMatchObject({ code });
});
