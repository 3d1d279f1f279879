import { type Frame, selectRows } from '../src/engine/data/frame';
import { inlineExecutor } from '../src/engine/executor';
import { generators } from '../src/engine/generators/catalogue';
import { dagOf } from '../src/engine/graph/dag';
import { fitModel } from '../src/engine/scm/fitModel';
import type { FittedModel } from '../src/engine/scm/fittedModel';
import { silentTask } from '../src/engine/task';
import { worlds as demoWorlds, simulateWorld } from '../src/engine/worlds/simulate';
import { efficientRows } from './efficientRows';
import { draw, geometricMean, meanScore as mean, rareRowsOf, type Score, score, truthOf } from './trueLaw';
import { burstyWorld } from './worlds/burstyWorld';
import { mixedWorld } from './worlds/mixedWorld';
import { worldsAsked } from './worlds/randomWorld';
import { switchWorld } from './worlds/switchWorld';

/**
 * How close synthetic rare rows come to the true law of the rare class: causal generators, every baseline and the real rare
 * rows themselves, on the demo worlds and three hard ones; and the floor, see `efficientRows`. `BENCH_WORLDS=mixed-10,random-7,...`
 * (worlds of a random map, which have no floor), `BENCH_RARE=50,200`, `BENCH_SEEDS=2` and `BENCH_BASELINES=smote,adasyn` take a part of it.
 */

const asked = (name: string) => process.env[name]?.split(',');
const SEEDS = Number(process.env.BENCH_SEEDS ?? 10);
const RARE_ROWS = asked('BENCH_RARE')?.map(Number) ?? [50, 200, 1000];
const worlds = worldsAsked([...demoWorlds, mixedWorld, burstyWorld, switchWorld], asked('BENCH_WORLDS'));
const CAUSAL = ['twins', 'fresh', 'anchored'];
/** The rows of no generator: drawn with all known but the odds of the outcome, and the real rare rows. */
const FLOOR_ARM = 'floor';
const REAL_ARM = 'real';
const baselines = generators
  .filter(({ usesMap, id }) => !usesMap && (asked('BENCH_BASELINES')?.includes(id) ?? true))
  .map(({ id }) => id);
/** What `best of the SMOTE family` is the best of. */
const SMOTE_FAMILY = baselines.filter((id) => !['random', 'rose'].includes(id));

export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const arms = [...CAUSAL, FLOOR_ARM, ...baselines, REAL_ARM];
  const figures: Record<string, number> = {};
  const ratios = new Map<string, number[]>();
  const tables = (['correlation', 'energy'] as const).map((measure) => ({
    measure,
    lines: [`| world | rare rows | ${arms.join(' | ')} |`, `| --- | --- | ${arms.map(() => '---').join(' | ')} |`],
  }));
  for (const world of worlds) {
    const truth = truthOf(world);
    const rowsOf = (arm: string, frame: Frame, model: FittedModel, seed: number) => {
      if (arm === REAL_ARM) return selectRows(frame, rareRowsOf(frame, truth.target, truth.rareCode));
      return arm === FLOOR_ARM ? efficientRows(world, frame, seed) : draw(arm, frame, truth, seed, model);
    };
    for (const wanted of RARE_ROWS) {
      const scores = new Map(arms.map((arm) => [arm, [] as Score[]]));
      for (let seed = 1; seed <= SEEDS; seed++) {
        const frame = simulateWorld(world, Math.round(wanted / truth.prevalence), seed);
        const model = await fitModel(frame, dagOf(truth.map), truth.target, seed, inlineExecutor, silentTask);
        for (const arm of arms) {
          const made = await rowsOf(arm, frame, model, seed);
          if (made) scores.get(arm)!.push(score(truth, made));
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
        for (const arm of [...CAUSAL, FLOOR_ARM])
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
