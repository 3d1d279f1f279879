import { describe, expect, it } from 'vitest';
import { compileRules } from '../constraints/compileRules';
import { inlineExecutor } from '../executor';
import { dagOf } from '../graph/dag';
import { nearestNeighbours } from '../numeric/neighbours';
import { fitModel } from '../scm/fitModel';
import { silentTask } from '../task';
import { rareDisease } from '../worlds/rareDisease';
import { mapOf, simulateWorld } from '../worlds/simulate';
import { anchored } from './anchored';
import { generators } from './catalogue';
import { completeParameters, type GeneratorInput, type SyntheticRows } from './generator';
import { twins } from './twins';

const frame = simulateWorld(rareDisease, 2500, 8);
const target = frame.specs.findIndex(({ name }) => name === 'disease');
const map = mapOf(rareDisease);
const model = fitModel(frame, dagOf(map), target, 4, inlineExecutor, silentTask);
const input = (changes: Partial<GeneratorInput> = {}): GeneratorInput => ({
  frame,
  map,
  target,
  rareCode: 1,
  rules: rareDisease.rules,
  redraw: null,
  seed: 4,
  rowsWanted: 600,
  model: () => model,
  neighbours: nearestNeighbours,
  ...changes,
});
const parts = (rows: SyntheticRows) => [...rows.columns, rows.donor, rows.proposals, rows.refusedByRules, rows.moved];

describe.each(generators.filter(({ usesMap }) => usesMap))('$label', (generator) => {
  const prepare = (changes?: Partial<GeneratorInput>, given = {}) =>
    generator.prepare(input(changes), completeParameters(generator, given), silentTask);

  it('draws any slice alone, and the same from a cloned plan; says the same twice', async () => {
    const { plan, messages } = await prepare();
    const whole = parts(generator.draw(plan, 0, 600));
    const slices = [generator.draw(plan, 0, 256), generator.draw(structuredClone(plan), 256, 256)];
    slices.push(generator.draw(plan, 512, 88));
    whole.forEach((column, c) => {
      expect(slices.flatMap((slice) => Array.from(parts(slice)[c]!))).toEqual(Array.from(column));
    });
    const again = await prepare();
    expect(again.messages).toEqual(messages);
    expect(parts(generator.draw(again.plan, 0, 100))).toEqual(parts(generator.draw(plan, 0, 100)));
  });

  it('makes lawful rows of the recorded precision that keep every rule', async () => {
    const { plan } = await prepare();
    const made = generator.draw(plan, 0, 512);
    for (let c = 0; c < frame.specs.length; c++)
      for (const value of made.columns[c]!) {
        const spec = frame.specs[c]!;
        if (spec.levels)
          expect(Number.isNaN(value) || (Number.isInteger(value) && value < spec.levels.length)).toBe(true);
        else expect(value).toBe(Number(value.toFixed(spec.decimals)));
      }
    if (!generator.drawsTarget) expect(made.columns[target]!.every((code) => code === 1)).toBe(true);
    expect(made.donor.every((row) => row >= -1 && row < frame.rows)).toBe(true);
    expect(
      compileRules(rareDisease.rules, frame.specs)
        .check(made.columns, 0, 512)
        .every((first) => first < 0),
    ).toBe(true);
  });

  it('refuses a class without rows in one sentence', async () => {
    await expect(prepare({ rareCode: 7 })).rejects.toMatchObject({ code: 'too-few-rows' });
  });
});

it('anchored rows keep the causes of their donor and draw what follows', async () => {
  const { plan } = await anchored.prepare(input(), completeParameters(anchored), silentTask);
  const { columns, donor } = anchored.draw(plan, 0, 512);
  const changed = frame.specs
    .filter((_, c) => columns[c]!.some((v, i) => v !== frame.columns[c]![donor[i]!]))
    .map(({ name }) => name);
  expect(changed).toContain('hospital');
  // Of these nobody is a cause of the disease.
  for (const name of changed) expect(['dose', 'hospital', 'pregnant']).toContain(name);
});

it('the trace of a row leads from the noise of its donor to its own', async () => {
  const { plan } = await twins.prepare(input(), completeParameters(twins, { step: 0.3 }), silentTask);
  const { before, after, nodes } = twins.trace!(plan, 256, 100);
  expect(nodes).toHaveLength(frame.specs.length - 1);
  const age = nodes.findIndex((node) => frame.specs[node]!.name === 'age');
  expect(before[age]!.every((u, i) => u > 0 && u < 1 && Math.abs(u - after[age]![i]!) < 0.9)).toBe(true);
  // A root's noise is the share of its own law below its value: higher noise, higher value.
  const { columns } = twins.draw(plan, 256, 100);
  const ages = columns[frame.specs.findIndex(({ name }) => name === 'age')]!;
  const order = [...after[age]!.keys()].sort((a, b) => after[age]![a]! - after[age]![b]!);
  expect(order.every((row, k) => k === 0 || ages[order[k - 1]!]! <= ages[row]!)).toBe(true);
});
