import { type Frame, selectRows, type ValueSpec } from '../src/engine/data/frame';
import { EngineError } from '../src/engine/errors';
import { generatorById } from '../src/engine/generators/catalogue';
import { completeParameters, type GeneratorInput } from '../src/engine/generators/generator';
import type { CausalMap } from '../src/engine/graph/causalMap';
import { projectLatents } from '../src/engine/graph/projection';
import { nearestNeighbours } from '../src/engine/numeric/neighbours';
import { createRng } from '../src/engine/rng';
import type { FittedModel } from '../src/engine/scm/fittedModel';
import { silentTask } from '../src/engine/task';
import { energyDistance } from '../src/engine/validation/energyDistance';
import { partialCorrelationError } from '../src/engine/validation/partialCorrelations';
import { mapOf, simulateWorld } from '../src/engine/worlds/simulate';
import type { World } from '../src/engine/worlds/world';

/** Rows every arm makes. */
export const MADE = 8192;
const TRUTH_ROWS = 300_000;
/** Random subsamples that each energy distance is the mean of. */
const ENERGY_REPEATS = 2;

/** What a world's rare rows are like when there is no end of them. */
export interface Truth {
  readonly map: CausalMap;
  readonly target: number;
  readonly rareCode: number;
  /** As the table holds them, and with nominal levels as 0/1 columns, so that correlations with each of them are judged too. */
  readonly rareRows: Frame;
  readonly coded: Frame;
  readonly prevalence: number;
}

export interface Score {
  /** Mean absolute difference of within-class partial correlations. */
  readonly correlation: number;
  /** Squared energy distance, without bias. */
  readonly energy: number;
}

export function truthOf(world: World): Truth {
  const all = simulateWorld(world, TRUTH_ROWS, 987);
  const target = all.specs.findIndex(({ name }) => name === world.target);
  const rareCode = all.specs[target]!.levels!.indexOf(world.rareLevel);
  const rows = rareRowsOf(all, target, rareCode);
  const rareRows = selectRows(all, rows);
  const prevalence = rows.length / all.rows;
  return { map: projectLatents(mapOf(world)), target, rareCode, rareRows, coded: oneHot(rareRows), prevalence };
}

export const rareRowsOf = (frame: Frame, target: number, code: number) =>
  [...frame.columns[target]!.keys()].filter((i) => frame.columns[target]![i] === code);

function oneHot(frame: Frame): Frame {
  const specs: ValueSpec[] = [];
  const columns: Float64Array[] = [];
  frame.specs.forEach((spec, c) => {
    if (!spec.levels || spec.levels.length === 2) {
      specs.push(spec);
      columns.push(frame.columns[c]!);
      return;
    }
    spec.levels.slice(1).forEach((level, k) => {
      specs.push({ ...spec, name: `${spec.name}=${level}`, kind: 'binary', levels: ['0', '1'] });
      columns.push(frame.columns[c]!.map((v) => (v === k + 1 ? 1 : 0)));
    });
  });
  return { rows: frame.rows, specs, columns };
}

/** The columns of a frame without some of them. */
export function without(frame: Frame, names: ReadonlySet<string>): Frame {
  const kept = frame.specs.flatMap(({ name }, c) => (names.has(name) ? [] : [c]));
  return { rows: frame.rows, specs: kept.map((c) => frame.specs[c]!), columns: kept.map((c) => frame.columns[c]!) };
}

/** The rows that a generator makes by itself, or null where it cannot work on this table. */
export async function draw(
  arm: string,
  frame: Frame,
  { map, target, rareCode }: Pick<Truth, 'map' | 'target' | 'rareCode'>,
  seed: number,
  model: FittedModel,
): Promise<Frame | null> {
  const generator = generatorById(arm);
  const input: GeneratorInput = {
    frame,
    map,
    target,
    rareCode,
    rules: [],
    redraw: null,
    seed,
    rowsWanted: MADE,
    neighbours: nearestNeighbours,
    model: async () => model,
  };
  try {
    const { plan } = await generator.prepare(input, completeParameters(generator), silentTask);
    return { rows: MADE, specs: frame.specs, columns: generator.draw(plan, 0, MADE).columns };
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}

export async function score({ coded }: Pick<Truth, 'coded'>, made: Frame, seed: number): Promise<Score> {
  const own = oneHot(made);
  let energy = 0;
  for (let k = 0; k < ENERGY_REPEATS; k++)
    energy += (await energyDistance(coded, own, createRng(seed, 'bench-energy', k))).unbiasedSquare / ENERGY_REPEATS;
  return { correlation: partialCorrelationError(coded, own), energy };
}

/** The same truth of a table that lacks some columns. */
export const truthWithout = (truth: Truth, names: ReadonlySet<string>): Pick<Truth, 'coded'> => ({
  coded: oneHot(without(truth.rareRows, names)),
});

/** Energy distances are unbiased and may fall below 0 by chance; a ratio needs a floor. */
const FLOOR = 1e-4;
export const meanScore = (values: readonly number[]) =>
  Math.max(FLOOR, values.reduce((a, b) => a + b, 0) / values.length);
export const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
