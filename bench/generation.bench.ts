import type { Frame } from '../src/engine/data/frame';
import { type Executor, inlineExecutor } from '../src/engine/executor';
import { generatorById } from '../src/engine/generators/catalogue';
import { completeParameters, type GeneratorInput } from '../src/engine/generators/generator';
import { dagOf } from '../src/engine/graph/dag';
import { nearestNeighbours } from '../src/engine/numeric/neighbours';
import { fitModel } from '../src/engine/scm/fitModel';
import { silentTask } from '../src/engine/task';
import { mapOf, simulateWorld } from '../src/engine/worlds/simulate';
import { benchThreads } from './threads';

import { mixedWorld } from './worlds/mixedWorld';

/** How long a whole run takes: mechanisms chosen and fitted, then twins drawn, in one thread and in two. */

const MADE = 10_000;
/** The size that is judged comes first: its first run is on code not yet compiled. */
const ROWS = [10_000, 1000, 3000, 30_000, 100_000];
const REPEATS = 3;

interface Seconds {
  readonly fit: number;
  readonly draw: number;
}

async function runOnce(frame: Frame, executor: Executor): Promise<Seconds> {
  const map = mapOf(mixedWorld);
  const target = frame.specs.findIndex(({ name }) => name === mixedWorld.target);
  const generator = generatorById('twins');
  const started = performance.now();
  const model = await fitModel(frame, dagOf(map), target, 1, executor, silentTask);
  const fitted = performance.now();
  const input: GeneratorInput = {
    frame,
    map,
    target,
    rareCode: frame.specs[target]!.levels!.indexOf(mixedWorld.rareLevel),
    rules: [],
    redraw: null,
    seed: 1,
    rowsWanted: MADE,
    model: async () => model,
    neighbours: nearestNeighbours,
  };
  const { plan } = await generator.prepare(input, completeParameters(generator, {}), silentTask);
  await executor.drawRows(plan, 0, MADE, silentTask);
  return { fit: (fitted - started) / 1000, draw: (performance.now() - fitted) / 1000 };
}

/** The first run, on code not yet compiled, and the best of those after it. */
async function measure(frame: Frame, executor: Executor, repeats: number): Promise<{ first: Seconds; best: Seconds }> {
  const runs: Seconds[] = [];
  for (let i = 0; i < repeats; i++) runs.push(await runOnce(frame, executor));
  return { first: runs[0]!, best: runs.reduce((a, b) => (a.fit + a.draw <= b.fit + b.draw ? a : b)) };
}

export async function run() {
  const lines: string[] = [
    `${MADE.toLocaleString('en')} twins of a ${mixedWorld.nodes.length}-column mixed table, seconds (learning + drawing)`,
    '',
    '| rows | threads | first run | best run |',
    '| --- | --- | --- | --- |',
  ];
  const figures: Record<string, number> = {};
  const { executor: pool, end } = benchThreads(2);
  const text = ({ fit, draw }: Seconds) => `${(fit + draw).toFixed(2)} (${fit.toFixed(2)} + ${draw.toFixed(2)})`;
  for (const [count, executor] of [
    [2, pool],
    [1, inlineExecutor],
  ] as const)
    for (const rows of ROWS) {
      if (count === 1 && rows > 10_000) continue;
      const frame = simulateWorld(mixedWorld, rows, 5);
      const { first, best } = await measure(frame, executor, REPEATS);
      lines.push(`| ${rows.toLocaleString('en')} | ${count} | ${text(first)} | ${text(best)} |`);
      figures[`rows=${rows}/threads=${count}/first`] = first.fit + first.draw;
      figures[`rows=${rows}/threads=${count}/best`] = best.fit + best.draw;
    }
  await end();
  return { lines, figures };
}
