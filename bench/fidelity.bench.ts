import { type Frame, selectRows, type ValueSpec } from '../src/engine/data/frame';
import { EngineError } from '../src/engine/errors';
import { inlineExecutor } from '../src/engine/executor';
import { generatorById, generators } from '../src/engine/generators/catalogue';
import { completeParameters, type GeneratorInput } from '../src/engine/generators/generator';
import type { CausalMap } from '../src/engine/graph/causalMap';
import { dagOf } from '../src/engine/graph/dag';
import { projectLatents } from '../src/engine/graph/projection';
import { nearestNeighbours } from '../src/engine/numeric/neighbours';
import { createRng } from '../src/engine/rng';
import { fitModel } from '../src/engine/scm/fitModel';
import type { FittedModel } from '../src/engine/scm/fittedModel';
import { silentTask } from '../src/engine/task';
import { energyDistance } from '../src/engine/validation/energyDistance';
import { partialCorrelationError } from '../src/engine/validation/partialCorrelations';
import { worlds as demoWorlds, mapOf, simulateWorld } from '../src/engine/worlds/simulate';
import type { World } from '../src/engine/worlds/world';
import { burstyWorld } from './worlds/burstyWorld';
import { mixedWorld } from './worlds/mixedWorld';
import { switchWorld } from './worlds/switchWorld';

/**
 * How close synthetic rare rows come to the true law of the rare class: causal generators, every baseline and the real rare
 * rows themselves, on the demo worlds and three hard ones. `BENCH_WORLDS=mixed-10,...`, `BENCH_RARE=50,200` and
 * `BENCH_SEEDS=2` take a part of it.
 */

const asked = (name: string) => process.env[name]?.split(',');
const SEEDS = Number(process.env.BENCH_SEEDS ?? 10);
const RARE_ROWS = asked('BENCH_RARE')?.map(Number) ?? [50, 200, 1000];
const TRUTH_ROWS = 300_000;
const MADE = 8192;
/** Random subsamples that each energy distance is the mean of. */
const ENERGY_REPEATS = 2;
const worlds = [...demoWorlds, mixedWorld, burstyWorld, switchWorld].filter(
  ({ id }) => asked('BENCH_WORLDS')?.includes(id) ?? true,
);
const CAUSAL = ['twins', 'fresh', 'anchored'];
const baselines = generators.filter(({ usesMap }) => !usesMap).map(({ id }) => id);
/** What `best of the SMOTE family` is the best of. */
const SMOTE_FAMILY = baselines.filter((id) => !['random', 'rose'].includes(id));

interface Truth {
  readonly map: CausalMap;
  readonly target: number;
  readonly rareCode: number;
  readonly rareRows: Frame;
  readonly prevalence: number;
}
interface Score {
  readonly correlation: number;
  readonly energy: number;
}

function truthOf(world: World): Truth {
  const all = simulateWorld(world, TRUTH_ROWS, 987);
  const target = all.specs.findIndex(({ name }) => name === world.target);
  const rareCode = all.specs[target]!.levels!.indexOf(world.rareLevel);
  const rows = rareRowsOf(all, target, rareCode);
  const rareRows = oneHot(selectRows(all, rows));
  return { map: projectLatents(mapOf(world)), target, rareCode, rareRows, prevalence: rows.length / all.rows };
}

const rareRowsOf = (frame: Frame, target: number, code: number) =>
  [...frame.columns[target]!.keys()].filter((i) => frame.columns[target]![i] === code);

/** Nominal levels as 0/1 columns, so that correlations with each of them are judged too. */
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

/** The rows of an arm, or null where it cannot work on this table. */
async function draw(arm: string, frame: Frame, truth: Truth, seed: number, model: FittedModel): Promise<Frame | null> {
  const { map, target, rareCode } = truth;
  if (arm === 'real') return selectRows(frame, rareRowsOf(frame, target, rareCode));
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

async function score({ rareRows }: Truth, made: Frame, seed: number): Promise<Score> {
  const coded = oneHot(made);
  let energy = 0;
  for (let k = 0; k < ENERGY_REPEATS; k++)
    energy +=
      (await energyDistance(rareRows, coded, createRng(seed, 'bench-energy', k))).unbiasedSquare / ENERGY_REPEATS;
  return { correlation: partialCorrelationError(rareRows, coded), energy };
}

const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
/** Energy distances are unbiased and may fall below 0 by chance; a ratio needs a floor. */
const FLOOR = 1e-4;
const mean = (values: readonly number[]) => Math.max(FLOOR, values.reduce((a, b) => a + b, 0) / values.length);

export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const arms = [...CAUSAL, ...baselines, 'real'];
  const figures: Record<string, number> = {};
  const ratios = new Map<string, number[]>();
  const tables = (['correlation', 'energy'] as const).map((measure) => ({
    measure,
    lines: [`| world | rare rows | ${arms.join(' | ')} |`, `| --- | --- | ${arms.map(() => '---').join(' | ')} |`],
  }));
  for (const world of worlds) {
    const truth = truthOf(world);
    for (const wanted of RARE_ROWS) {
      const scores = new Map(arms.map((arm) => [arm, [] as Score[]]));
      for (let seed = 1; seed <= SEEDS; seed++) {
        const frame = simulateWorld(world, Math.round(wanted / truth.prevalence), seed);
        const model = await fitModel(frame, dagOf(truth.map), truth.target, seed, inlineExecutor, silentTask);
        for (const arm of arms) {
          const made = await draw(arm, frame, truth, seed, model);
          if (made) scores.get(arm)!.push(await score(truth, made, seed));
        }
      }
      console.error(`${world.id}, ${wanted} rare rows: done`);
      for (const { measure, lines } of tables) {
        const found = new Map(
          [...scores].flatMap(([arm, list]) =>
            list.length === SEEDS ? [[arm, mean(list.map((one) => one[measure]))] as const] : [],
          ),
        );
        for (const [arm, value] of found) figures[`${world.id}/${wanted}/${arm}/${measure}`] = value;
        lines.push(
          `| ${world.title} | ${wanted} | ${arms.map((arm) => found.get(arm)?.toFixed(4) ?? '-').join(' | ')} |`,
        );
        const best = Math.min(...SMOTE_FAMILY.map((arm) => found.get(arm) ?? Infinity));
        const rivals: [string, number][] = [
          ['the best SMOTE-family arm', best],
          ['SMOTE-NC', found.get('smote-nc') ?? Infinity],
          ['the real rare rows', found.get('real')!],
        ];
        for (const arm of CAUSAL)
          for (const [rival, value] of rivals) {
            const key = `${arm} over ${rival}, ${measure}`;
            if (found.has(arm) && Number.isFinite(value))
              ratios.set(key, [...(ratios.get(key) ?? []), found.get(arm)! / value]);
          }
      }
    }
  }
  const lines = [
    'Error of within-class partial correlations (mean absolute difference from the truth):',
    '',
    ...tables[0]!.lines,
    '',
    'Energy distance to the true law of the rare class (squared, without bias; 0.0001 is the floor):',
    '',
    ...tables[1]!.lines,
    '',
  ];
  for (const [key, values] of ratios) {
    figures[`geometric mean, ${key}`] = geometricMean(values);
    lines.push(`- ${key}: geometric mean ${geometricMean(values).toFixed(2)}, worst ${Math.max(...values).toFixed(2)}`);
  }
  return { name: 'fidelity', lines, figures };
}
