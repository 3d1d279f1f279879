import { emptyProject, type Project } from '../project/project';
import { createRng } from '../rng';
import { mapOf, simulateModel, simulateWorld, structureOf, worldById } from './simulate';
import type { World } from './world';

/** A demo as a user would have brought it: a CSV file, and the project an expert would have made of it. */
export interface Demo {
  readonly fileName: string;
  readonly csv: string;
  readonly project: Project;
}

const SEED = 20_260;
/** Share of cells emptied in the column named below, at random. */
const MISSING_SHARE = 0.03;

/**
 * The demo's file: the simulated columns plus what real tables have besides, an id, a constant and a few empty cells.
 * The project has the true map, the target, the question and the rules, but no runs.
 * @throws EngineError `bad-parameter` for an id no world has.
 */
export function makeDemo(id: string): Demo {
  const world = worldById(id);
  const frame = simulateWorld(world, world.rows, SEED);
  const emptied = frame.specs.findIndex(({ name }) => name === 'bmi');
  const rng = createRng(SEED, 'demo-missing');
  const lines = [['patient_no', 'study', ...frame.specs.map(({ name }) => name)].join(',')];
  for (let i = 0; i < frame.rows; i++) {
    const cells = frame.specs.map((spec, c) => {
      const value = frame.columns[c]![i]!;
      if (c === emptied && rng.uniform() < MISSING_SHARE) return '';
      return spec.levels ? spec.levels[value]! : value.toFixed(spec.decimals);
    });
    lines.push([`P-${String(10_000 + i)}`, 'A1', ...cells].join(','));
  }
  return {
    fileName: `${world.id}.csv`,
    csv: `${lines.join('\n')}\n`,
    project: {
      ...emptyProject,
      name: `Demo: ${world.title}`,
      target: { column: world.target, rareLevels: [world.rareLevel] },
      exposure: world.exposure,
      map: mapOf(world),
      rules: world.rules,
    },
  };
}

/** Average effect of the exposure on the risk of the rare outcome, and the crude difference that the raw rows show. */
export interface WorldTruth {
  readonly averageEffect: number;
  readonly crudeDifference: number;
  readonly prevalence: number;
}

/**
 * Truth by simulation: P(rare | do(exposure = second level)) - P(rare | do(first level)) on the same noises, and the
 * difference between the groups as they come. Standard error about sqrt(p (1 - p) / rows).
 */
export function truthOf(world: World, rows: number, seed: number): WorldTruth {
  const model = structureOf(world);
  const exposure = model.specs.findIndex(({ name }) => name === world.exposure);
  const target = model.specs.findIndex(({ name }) => name === world.target);
  const rare = model.specs[target]!.levels!.indexOf(world.rareLevel);
  const risk = (codes: Float64Array, keep: (i: number) => boolean) => {
    let n = 0;
    let cases = 0;
    codes.forEach((code, i) => {
      if (!keep(i)) return;
      n++;
      if (code === rare) cases++;
    });
    return cases / n;
  };
  const under = (level: number) =>
    risk(simulateModel(model, rows, seed, new Map([[exposure, level]])).columns[target]!, () => true);
  const asIs = simulateModel(model, rows, seed);
  const group = (level: number) => risk(asIs.columns[target]!, (i) => asIs.columns[exposure]![i] === level);
  return {
    averageEffect: under(1) - under(0),
    crudeDifference: group(1) - group(0),
    prevalence: risk(asIs.columns[target]!, () => true),
  };
}
