import { expect, it } from 'vitest';
import { simulateWorld, worldById } from './simulate';
import { trueEffects } from './trueEffects';

const world = worldById('rare-disease');
const frame = simulateWorld(world, 2000, 3);
const causes = world.nodes.find(({ spec }) => spec.name === world.target)!.parents;

it('shows what the equations say: treatment lowers the risk, severity raises it', () => {
  const shapes = trueEffects(world, world.target, causes, frame)!;
  expect(shapes.map(({ parent }) => parent)).toEqual(causes);
  const riskBy = (name: string) => shapes.find(({ parent }) => parent === name)!.shares!.at(-1)!.at;
  const treated = riskBy('treated');
  expect(treated[1]).toBeLessThan(treated[0]!);
  const bySeverity = riskBy('severity');
  expect([...bySeverity].sort((a, b) => a - b)).toEqual(bySeverity);
});

it('does not depend on the order in which a table lists its levels', () => {
  const turned = {
    ...frame,
    specs: frame.specs.map((spec) => (spec.levels ? { ...spec, levels: spec.levels.toReversed() } : spec)),
    columns: frame.columns.map((column, c) => {
      const { levels } = frame.specs[c]!;
      return levels ? column.map((code) => levels.length - 1 - code) : column;
    }),
  };
  expect(trueEffects(world, world.target, causes, turned)).toEqual(trueEffects(world, world.target, causes, frame));
});

it('says nothing of a child that was learned from other causes', () => {
  expect(trueEffects(world, world.target, causes.slice(1), frame)).toBeNull();
  expect(trueEffects(world, 'nobody', [], frame)).toBeNull();
});
