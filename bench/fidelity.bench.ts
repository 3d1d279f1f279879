import { type Frame, selectRows, type ValueSpec } from '../src/engine/data/frame';
import { inlineExecutor } from '../src/engine/executor';
import { generatorById } from '../src/engine/generators/catalogue';
import { completeParameters, type GeneratorInput } from '../src/engine/generators/generator';
import type { CausalMap } from '../src/engine/graph/causalMap';
import { dagOf } from '../src/engine/graph/dag';
import { nearestNeighbours } from '../src/engine/numeric/neighbours';
import { createRng } from '../src/engine/rng';
import networks from '../src/engine/scm/discreteNetworks.golden.json';
import { fitModel } from '../src/engine/scm/fitModel';
import { silentTask } from '../src/engine/task';
import { energyDistance } from '../src/engine/validation/energyDistance';
import { partialCorrelationError } from '../src/engine/validation/partialCorrelations';
import { rareDisease } from '../src/engine/worlds/rareDisease';
import { mapOf, simulateWorld } from '../src/engine/worlds/simulate';
import { choiceNode, type World } from '../src/engine/worlds/world';
import { mixedWorld } from './worlds/mixedWorld';

/** How close synthetic rare rows come to the true law of the rare class, against SMOTE and the real rare rows themselves. */

const SEEDS = 10;
const RARE_ROWS = [50, 200, 500];
const MADE = 8000;
const ARMS = ['twins', 'smote', 'smote-nc', 'random', 'real'] as const;
type Arm = (typeof ARMS)[number];

const network = networks.networks.find(({ id }) => id === 'random-6')!;
const discreteWorld: World = {
  id: 'discrete-6',
  title: 'Six categories',
  story: '',
  target: 'y',
  rareLevel: 'min',
  exposure: 'a',
  rules: [],
  positions: {},
  rows: 0,
  nodes: network.nodes.map(({ name, levels, parents, cpt }) =>
    choiceNode(name, levels, parents, (row) => {
      const cell = row.reduce(
        (at, code, p) => at * network.nodes.find((node) => node.name === parents[p])!.levels.length + code,
        0,
      );
      return cpt[cell]!;
    }),
  ),
};

interface Truth {
  readonly map: CausalMap;
  readonly target: number;
  readonly rareCode: number;
  readonly rareRows: Frame;
  readonly prevalence: number;
}

function truthOf(world: World): Truth {
  const all = simulateWorld(world, 400_000, 987);
  const target = all.specs.findIndex(({ name }) => name === world.target);
  const rareCode = all.specs[target]!.levels!.indexOf(world.rareLevel);
  const rows = rareRowsOf(all, target, rareCode);
  return {
    map: mapOf(world),
    target,
    rareCode,
    rareRows: oneHot(selectRows(all, rows)),
    prevalence: rows.length / all.rows,
  };
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

async function draw(arm: Arm, frame: Frame, truth: Truth, seed: number): Promise<Frame> {
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
    model: (task) => fitModel(frame, dagOf(map), target, seed, inlineExecutor, task),
    neighbours: nearestNeighbours,
  };
  const { plan } = await generator.prepare(input, completeParameters(generator), silentTask);
  const rows = generator.draw(plan, 0, MADE);
  return { rows: MADE, specs: frame.specs, columns: rows.columns };
}

const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
/** Energy distances are unbiased and may fall below 0 by chance; a ratio needs a floor. */
const FLOOR = 1e-4;
const mean = (values: readonly number[]) => Math.max(FLOOR, values.reduce((a, b) => a + b, 0) / values.length);

export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const lines: string[] = [
    '| world | rare rows | arm | error of within-class partial correlations | energy distance |',
    '| --- | --- | --- | --- | --- |',
  ];
  const figures: Record<string, number> = {};
  const ratios: Record<string, number[]> = {};
  for (const world of [rareDisease, discreteWorld, mixedWorld]) {
    const truth = truthOf(world);
    for (const wanted of RARE_ROWS) {
      const scores = new Map<Arm, { correlation: number[]; energy: number[] }>(
        ARMS.map((arm) => [arm, { correlation: [], energy: [] }]),
      );
      for (let seed = 1; seed <= SEEDS; seed++) {
        const frame = simulateWorld(world, Math.round(wanted / truth.prevalence), seed);
        for (const arm of ARMS) {
          const made = oneHot(await draw(arm, frame, truth, seed));
          const energy = await energyDistance(truth.rareRows, made, createRng(seed, 'bench-energy'));
          const score = scores.get(arm)!;
          score.correlation.push(partialCorrelationError(truth.rareRows, made));
          score.energy.push(energy.unbiasedSquare);
        }
      }
      for (const arm of ARMS) {
        const { correlation, energy } = scores.get(arm)!;
        lines.push(
          `| ${world.title} | ${wanted} | ${arm} | ${mean(correlation).toFixed(4)} | ${mean(energy).toFixed(4)} |`,
        );
        figures[`${world.id}/${wanted}/${arm}/correlation`] = mean(correlation);
        figures[`${world.id}/${wanted}/${arm}/energy`] = mean(energy);
      }
      for (const rival of ['smote', 'smote-nc', 'random', 'real'] as const)
        for (const measure of ['correlation', 'energy'] as const) {
          const ratio = mean(scores.get('twins')![measure]) / mean(scores.get(rival)![measure]);
          figures[`${world.id}/${wanted}/twins over ${rival}/${measure}`] = ratio;
          const key = `${rival}/${measure}`;
          ratios[key] = [...(ratios[key] ?? []), ratio];
        }
    }
  }
  for (const [key, values] of Object.entries(ratios)) {
    figures[`geometric mean, twins over ${key}`] = geometricMean(values);
    lines.push(
      `twins over ${key}: geometric mean ${geometricMean(values).toFixed(2)}, worst ${Math.max(...values).toFixed(2)}`,
    );
  }
  return { name: 'fidelity', lines, figures };
}
