import type { Frame } from '../src/engine/data/frame';
import { type Executor, inlineExecutor } from '../src/engine/executor';
import { generatorById } from '../src/engine/generators/catalogue';
import { completeParameters } from '../src/engine/generators/generator';
import { createRng } from '../src/engine/rng';
import { silentTask } from '../src/engine/task';
import { categoricalSpec, generatorInput, numericSpec } from '../src/engine/testing/generatorInput';
import { findRival, type Rival, type Seconds } from './rival';
import { benchThreads } from './threads';

/**
 * The baselines beside imbalanced-learn: balancing to 1:1, from the table to the rows, on the same table in turns.
 * RIVAL_PYTHON names a Python that has it. BENCH_FULL=1 adds the million rows at 5 %, where the rival takes minutes;
 * BENCH_CASES=smote-100000x10-5263,... takes these alone, and leaves out how times grow.
 */

interface Case {
  readonly generator: string;
  /** The rival's sampler, as Python. */
  readonly sampler: string;
  readonly common: number;
  readonly columns: number;
  readonly rare: number;
  /** imbalanced-learn 0.10's CPU seconds, for where it is not installed. */
  readonly reference: number;
  readonly turns: number;
  readonly isLong?: boolean;
}

const SMOTE = { generator: 'smote', sampler: 'SMOTE()' };
const SMOTE_NC = { generator: 'smote-nc', sampler: 'SMOTENC(categorical_features=categorical)' };
const SMOTE_N = { generator: 'smote-n', sampler: 'SMOTEN()' };
const ADASYN = { generator: 'adasyn', sampler: 'ADASYN()' };
const BORDERLINE = { generator: 'borderline-smote-1', sampler: 'BorderlineSMOTE()' };

/** The sizes that are judged come first. */
const CASES: readonly Case[] = [
  { ...SMOTE, common: 100_000, columns: 10, rare: 5263, reference: 0.32, turns: 5 },
  { ...SMOTE_NC, common: 100_000, columns: 50, rare: 5263, reference: 70, turns: 1 },
  { ...ADASYN, common: 1_000_000, columns: 10, rare: 10_101, reference: 21, turns: 1 },
  { ...BORDERLINE, common: 1_000_000, columns: 10, rare: 10_101, reference: 25, turns: 1 },
  { ...SMOTE, common: 10_000, columns: 10, rare: 526, reference: 0.012, turns: 5 },
  { ...SMOTE, common: 100_000, columns: 50, rare: 5263, reference: 0.5, turns: 5 },
  { ...SMOTE, common: 1_000_000, columns: 10, rare: 10_101, reference: 1.73, turns: 3 },
  { ...SMOTE_NC, common: 10_000, columns: 50, rare: 526, reference: 2.25, turns: 3 },
  { ...SMOTE_NC, common: 100_000, columns: 50, rare: 1010, reference: 20, turns: 1 },
  { ...ADASYN, common: 100_000, columns: 10, rare: 5263, reference: 2.94, turns: 3 },
  { ...BORDERLINE, common: 100_000, columns: 10, rare: 5263, reference: 2.61, turns: 3 },
  { ...BORDERLINE, common: 100_000, columns: 50, rare: 5263, reference: 3.59, turns: 3 },
  { ...ADASYN, common: 100_000, columns: 50, rare: 5263, reference: 3.59, turns: 3 },
  { ...ADASYN, common: 100_000, columns: 50, rare: 1010, reference: 1, turns: 3 },
  { ...SMOTE_N, common: 100_000, columns: 10, rare: 1010, reference: 1.5, turns: 1 },
  { ...SMOTE_N, common: 100_000, columns: 50, rare: 5263, reference: 73, turns: 1, isLong: true },
  { ...ADASYN, common: 1_000_000, columns: 10, rare: 52_632, reference: 135, turns: 1, isLong: true },
  { ...BORDERLINE, common: 1_000_000, columns: 10, rare: 52_632, reference: 116, turns: 1, isLong: true },
];

const THREADS = 2;
const ASKED = process.env.BENCH_CASES?.split(',') ?? null;

const keyOf = ({ generator, common, columns, rare }: Case) => `${generator}-${common}x${columns}-${rare}`;

/** Share of the columns that are categories with five levels. */
const CATEGORIES: Readonly<Record<string, number>> = { 'smote-nc': 0.3, 'smote-n': 1 };

/** Rare rows are 0.5 higher in every other number. */
function table({ generator, common, columns, rare }: Pick<Case, 'generator' | 'common' | 'columns' | 'rare'>): Frame {
  const rng = createRng(1, 'bench-oversampling');
  const rows = common + rare;
  const categories = Math.round((CATEGORIES[generator] ?? 0) * columns);
  const levels = ['a', 'b', 'c', 'd', 'e'];
  const specs = Array.from({ length: columns }, (_, c) =>
    c < categories ? categoricalSpec(`c${c}`, levels) : numericSpec(`x${c}`, 6),
  );
  return {
    rows,
    specs: [...specs, categoricalSpec('target', ['no', 'yes'])],
    columns: [
      ...specs.map(({ levels: own }, c) =>
        Float64Array.from({ length: rows }, (_, i) =>
          own ? rng.integer(5) : rng.normal() + (i >= common && c % 2 === 0 ? 0.5 : 0),
        ),
      ),
      Float64Array.from({ length: rows }, (_, i) => Number(i >= common)),
    ],
  };
}

async function timeOurs(id: string, frame: Frame, rowsWanted: number, executor: Executor): Promise<Seconds> {
  const generator = generatorById(id);
  const input = { ...generatorInput(frame), rowsWanted, neighbours: executor.findNeighbours };
  const cpu = process.cpuUsage();
  const from = performance.now();
  const { plan } = await generator.prepare(input, completeParameters(generator), silentTask);
  const made = await executor.drawRows(plan, 0, rowsWanted, silentTask);
  const wall = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (made.rows !== rowsWanted) throw new Error(`${id} made ${made.rows} rows instead of ${rowsWanted}.`);
  return { wall, cpu: (user + system) / 1e6 };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function timeCase(
  one: Case,
  executor: Executor,
  rival: Rival | null,
): Promise<{ ours: Seconds; theirs: Seconds }> {
  const frame = table(one);
  const ours: Seconds[] = [];
  const theirs: Seconds[] = [];
  // The first run is on code not yet compiled; the rival has none such.
  await timeOurs(one.generator, table({ ...one, common: 5000, rare: 500 }), 4500, executor);
  for (let turn = 0; turn < one.turns; turn++) {
    ours.push(await timeOurs(one.generator, frame, one.common - one.rare, executor));
    if (rival) theirs.push(await rival.time(one.sampler, frame));
  }
  const middle = (all: readonly Seconds[]): Seconds => ({
    wall: median(all.map(({ wall }) => wall)),
    cpu: median(all.map(({ cpu }) => cpu)),
  });
  return { ours: middle(ours), theirs: rival ? middle(theirs) : { wall: one.reference, cpu: one.reference } };
}

export async function run(): Promise<{ name: string; lines: string[]; figures: Record<string, number> }> {
  const { executor: pool, end } = benchThreads(THREADS);
  const rival = findRival();
  const figures: Record<string, number> = {};
  const lines = [
    rival
      ? `Balancing to 1:1 beside imbalanced-learn ${rival.version}, in turns, ${THREADS} threads; medians.`
      : 'imbalanced-learn is not installed: its figures are those of version 0.10 on another machine, CPU seconds.',
    '',
    '| generator | common rows | columns | rare rows | seconds | CPU s | rival, seconds | CPU s | times faster | by CPU |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  for (const one of CASES) {
    if (ASKED ? !ASKED.includes(keyOf(one)) : one.isLong && process.env.BENCH_FULL !== '1') continue;
    const { ours, theirs } = await timeCase(one, pool, rival);
    const label = generatorById(one.generator).label;
    const cells = [ours.wall, ours.cpu, theirs.wall, theirs.cpu].map((seconds) => seconds.toFixed(2));
    const ratios = [theirs.wall / ours.wall, theirs.cpu / ours.cpu].map((ratio) => ratio.toFixed(1));
    lines.push(`| ${[label, one.common, one.columns, one.rare, ...cells, ...ratios].join(' | ')} |`);
    console.error(lines.at(-1));
    const key = keyOf(one);
    figures[`${key}-seconds`] = ours.wall;
    figures[`${key}-cpu-seconds`] = ours.cpu;
    figures[`${key}-rival-seconds`] = theirs.wall;
    figures[`${key}-rival-cpu-seconds`] = theirs.cpu;
  }
  if (!ASKED) lines.push('', ...(await growth(pool, figures)));
  await end();
  return { name: 'Baselines', lines, figures };
}

/** How ADASYN, the baseline with the longest search, grows with rows, columns and threads; 5 % rare rows. */
async function growth(pool: Executor, figures: Record<string, number>): Promise<string[]> {
  const lines = ['| ADASYN, rows | columns | threads | seconds | CPU s |', '| --- | --- | --- | --- | --- |'];
  const sizes = [
    [25_000, 10],
    [50_000, 10],
    [100_000, 10],
    [200_000, 10],
    [100_000, 5],
    [100_000, 20],
    [100_000, 40],
  ] as const;
  for (const [rows, columns] of sizes)
    for (const [count, executor] of [
      [1, inlineExecutor],
      [THREADS, pool],
    ] as const) {
      const rare = rows / 20;
      const frame = table({ generator: 'adasyn', common: rows - rare, columns, rare });
      const { wall, cpu } = await timeOurs('adasyn', frame, rows - 2 * rare, executor);
      lines.push(`| ${rows} | ${columns} | ${count} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} |`);
      figures[`growth-${rows}x${columns}-threads=${count}-seconds`] = wall;
      figures[`growth-${rows}x${columns}-threads=${count}-cpu-seconds`] = cpu;
    }
  return lines;
}
