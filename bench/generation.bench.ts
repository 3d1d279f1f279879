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

/**
 * How long a whole run takes: mechanisms chosen and fitted, then twins drawn, in one thread and in two; twins alone from a
 * fitted model by step; and a million of them with the memory they take. BENCH_FULL=0 leaves out the million,
 * BENCH_PART=twins leaves out the whole runs, BENCH_ROWS=10000 takes only these sizes.
 */

const MADE = 10_000;
/** The size that is judged comes first: its first run is on code not yet compiled. */
const ROWS = process.env.BENCH_ROWS?.split(',').map(Number) ?? [10_000, 1000, 3000, 30_000, 100_000];
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

/** Steps that twins alone are timed at: one from a doubtful map, and full trust, which takes most moves a row. */
const STEPS = [0.6, 1];
const MANY = 1_000_000;

/** Seconds to plan and draw twins from a fitted model, and the moves a row took. */
async function drawAlone(input: GeneratorInput, step: number, rows: number, executor: Executor) {
  const generator = generatorById('twins');
  const started = performance.now();
  const { plan } = await generator.prepare(input, { ...completeParameters(generator, {}), step }, silentTask);
  const made = await executor.drawRows(plan, 0, rows, silentTask);
  if (made.rows !== rows) throw new Error(`${made.rows} twins instead of ${rows}.`);
  return { seconds: (performance.now() - started) / 1000, moves: plan.steps as number };
}

/** Twins from one fitted model: what redrawing costs once the mechanisms are known. */
async function twinsAlone(pool: Executor, figures: Record<string, number>): Promise<string[]> {
  const frame = simulateWorld(mixedWorld, 10_000, 5);
  const map = mapOf(mixedWorld);
  const target = frame.specs.findIndex(({ name }) => name === mixedWorld.target);
  const rareCode = frame.specs[target]!.levels!.indexOf(mixedWorld.rareLevel);
  const model = await fitModel(frame, dagOf(map), target, 1, pool, silentTask);
  const base = { frame, map, target, rareCode, rules: [], redraw: null, seed: 1, neighbours: nearestNeighbours };
  const input: GeneratorInput = { ...base, rowsWanted: MADE, model: async () => model };
  const rare = frame.columns[target]!.filter((code) => code === rareCode).length;
  const lines = [
    `Twins from a fitted model, ${((100 * rare) / frame.rows).toFixed(1)} % rare, seconds`,
    '',
    '| rows made | step | moves a row | threads | first run | best run | memory above the start, MB |',
    '| --- | --- | --- | --- | --- | --- | --- |',
  ];
  const sizes = process.env.BENCH_FULL === '0' ? [MADE] : [MADE, MANY];
  for (const rows of sizes)
    for (const step of STEPS)
      for (const [threads, executor] of [[2, pool], ...(rows === MADE ? [[1, inlineExecutor]] : [])] as [
        number,
        Executor,
      ][]) {
        const before = process.memoryUsage().rss;
        const runs: Awaited<ReturnType<typeof drawAlone>>[] = [];
        for (let i = 0; i < (rows === MADE ? REPEATS : 1); i++)
          runs.push(await drawAlone({ ...input, rowsWanted: rows }, step, rows, executor));
        const best = Math.min(...runs.map(({ seconds }) => seconds));
        const grown = (process.memoryUsage().rss - before) / 2 ** 20;
        const { seconds: first, moves } = runs[0]!;
        const cells = [
          rows.toLocaleString('en'),
          step,
          moves,
          threads,
          first.toFixed(2),
          best.toFixed(2),
          grown.toFixed(0),
        ];
        lines.push(`| ${cells.join(' | ')} |`);
        figures[`twins=${rows}/step=${step}/threads=${threads}/best`] = best;
      }
  return lines;
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
  const cold = benchThreads(2);
  // As in the studio, where threads rehearse while the table is looked at.
  await pool.rehearse();
  for (const [threads, executor, most] of [
    ['2, rehearsed', pool, Infinity],
    ['2', cold.executor, 10_000],
    ['1', inlineExecutor, 10_000],
  ] as const)
    for (const rows of ROWS) {
      if (process.env.BENCH_PART === 'twins' || rows > most) continue;
      const frame = simulateWorld(mixedWorld, rows, 5);
      const { first, best } = await measure(frame, executor, REPEATS);
      lines.push(`| ${rows.toLocaleString('en')} | ${threads} | ${text(first)} | ${text(best)} |`);
      figures[`rows=${rows}/threads=${threads}/first`] = first.fit + first.draw;
      figures[`rows=${rows}/threads=${threads}/best`] = best.fit + best.draw;
    }
  lines.push('', ...(await twinsAlone(pool, figures)));
  await end();
  await cold.end();
  return { lines, figures };
}
