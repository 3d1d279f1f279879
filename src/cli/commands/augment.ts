import { resolve } from 'node:path';
import type { Table } from '../../engine/data/table';
import type { WriteReport } from '../../engine/data/writeCsv';
import { inlineExecutor } from '../../engine/executor';
import { exportInput } from '../../engine/generation/exportRun';
import { generateRun, type Run } from '../../engine/generation/generateRun';
import { writeChecked } from '../../engine/generation/readBack';
import { summariseRun } from '../../engine/generation/runSummary';
import { generatorById, generators } from '../../engine/generators/catalogue';
import {
  type Amount,
  defaultExport,
  defaultGeneration,
  type ExportSettings,
  type GenerationSettings,
  type Project,
} from '../../engine/project/project';
import { timedTask } from '../../engine/stageTimes';
import { subtask } from '../../engine/task';
import type { Command } from '../command';
import { jsonOption, threadsOption } from '../commonOptions';
import { readMapFile, readRulesFile } from '../inputFiles';
import { lineageCsv } from '../lineageFile';
import { type Arguments, badArgument, readArguments } from '../options';
import { showProgress } from '../progress';
import { openStudy, studyOptions, studyUsage } from '../study';
import { threadCount } from '../threadCount';

const options = {
  ...studyOptions,
  generator: { type: 'string', about: `One of ${generators.map(({ id }) => id).join(', ')}; twins when not given.` },
  rows: { type: 'string', about: 'How many synthetic rows to make.' },
  share: { type: 'string', about: 'Or the share of rare rows that the table is to have; 0.5 when nothing is said.' },
  step: {
    type: 'string',
    about: 'How far a row may go from the real one it started from, 0 to 1; chosen from the data when not given.',
  },
  param: {
    type: 'string',
    multiple: true,
    about: 'Another parameter of the generator, NAME=VALUE, such as k=5 for SMOTE. Can be repeated.',
  },
  seed: { type: 'string', about: 'A whole number; 1 when not given.' },
  'keep-columns': { type: 'string', about: 'all, or map for the columns on the map alone.' },
  out: { type: 'string', about: 'The file to write.' },
  lineage: { type: 'string', about: 'A file for the lineage of every synthetic row: donor, noise, what was redrawn.' },
  'only-synthetic': { type: 'boolean', about: 'Leaves the real rows out of the file.' },
  rules: {
    type: 'string',
    about: 'A file with one rule a line and its reason after #, such as: if treated = "no" then dose = 0 # protocol',
  },
  threads: threadsOption,
  json: jsonOption,
} as const;

/** Makes synthetic rare rows by a map and writes the augmented table. */
export const augment: Command = {
  usage: `counterpoise augment DATA.csv --map MAP --target COL [--minority LEVEL]... [--generator twins|smote|smote-nc|...]
    [--rows N | --share 0.5] [--step S] [--param NAME=VALUE]... [--seed N] [--keep-columns all|map]
    [--rules RULES.txt] ${studyUsage}
    [--threads N] --out OUT.csv [--lineage LINEAGE.csv] [--only-synthetic] [--json]`,
  about:
    'Makes synthetic rare rows that obey a map and rules, and writes the table with them: real cells as they were, a flag, weights that restore the real share of the target, and lineage. The same seed makes the same bytes.',
  options,
  async run(words, host) {
    const given = readArguments(words, ['DATA.csv'], options);
    const path = given.files[0]!;
    const mapPath = required(given, 'map');
    const out = required(given, 'out');
    const lineagePath = given.text('lineage');
    refuseSameFile([
      ['DATA.csv', path],
      ['--map', mapPath],
      ['--rules', given.text('rules')],
      ['--out', out],
      ['--lineage', lineagePath],
    ]);

    const file = await readMapFile(host, mapPath);
    const settings = generationSettings(given, file.project?.generation ?? defaultGeneration);
    const writing = exportSettings(given, file.project?.export ?? defaultExport);
    const count = threadCount(given);
    const progress = showProgress(host);
    const { imported, ...study } = await openStudy(host, given, path, file, subtask(progress, 0, 0.1));
    const { target } = study.project;
    const rulesPath = given.text('rules');
    const rules = rulesPath === null ? study.project.rules : await readRulesFile(host, rulesPath, imported.table);
    const project: Project = { ...study.project, rules, generation: settings };

    const timed = timedTask(subtask(progress, 0.1, 0.9), () => performance.now());
    const threads = isLarge(imported.table, settings.amount) ? host.startThreads(count) : null;
    const executor = threads?.executor ?? inlineExecutor;
    const run = await generateRun(imported.table, project, settings, executor, timed.task).finally(() =>
      threads?.end(),
    );
    const summary = summariseRun(run, 'cli', timed.stages());
    const rows = exportInput({
      imported,
      target,
      rows: run,
      weights: summary.weights,
      rowWeights: run.rowWeights,
      redrawn: summary.redrawn,
      generation: settings,
      settings: writing,
    });
    let report: WriteReport | null = null;
    await host.writeText(
      out,
      (async function* () {
        report = yield* writeChecked(rows, project.rules, subtask(progress, 0.9, 1));
      })(),
    );
    if (lineagePath !== null)
      await host.writeText(lineagePath, lineageCsv(run, target.column, target.rareLevels, imported.table));
    progress.clear();

    const { runId: _, ...about } = summary;
    const result = {
      out,
      ...about,
      target,
      parameters: settings.parameters[settings.generator] ?? {},
      realRows: report!.realRows,
      syntheticRows: report!.syntheticRows,
      messages: [...study.messages, ...summary.messages, ...report!.messages],
    };
    host.print(given.flag('json') ? `${JSON.stringify(result, null, 2)}\n` : inWords(run, out, result.messages));
    return 0;
  },
};

/** Below this many cells to learn from, and rows to make, starting threads costs more than it saves. */
const LARGE = { cells: 20_000, rows: 10_000 };

const isLarge = ({ rows, columns }: Table, amount: Amount): boolean =>
  rows * columns.length >= LARGE.cells || (amount.kind === 'rows' && amount.rows >= LARGE.rows);

function required(given: Arguments, name: string): string {
  const text = given.text(name);
  if (text === null) throw badArgument(`--${name} is missing; try --help.`);
  return text;
}

function refuseSameFile(files: readonly (readonly [string, string | null])[]): void {
  const taken = new Map<string, string>();
  for (const [name, path] of files) {
    if (path === null) continue;
    const other = taken.get(resolve(path));
    if (other !== undefined) throw badArgument(`${other} and ${name} are the same file, ${path}: give another name.`);
    taken.set(resolve(path), name);
  }
}

function generationSettings(given: Arguments, base: GenerationSettings): GenerationSettings {
  const generator = generatorById(given.text('generator') ?? base.generator);
  const parameters: Record<string, number> = { ...base.parameters[generator.id] };
  const set = (id: string, value: number, option: string) => {
    const known = generator.parameters.find((parameter) => parameter.id === id);
    if (!known) {
      const ids = generator.parameters.map((parameter) => parameter.id).join(', ');
      throw badArgument(`${option}: ${generator.id} has no parameter "${id}"${ids ? `; it has ${ids}` : ''}.`);
    }
    if (!(value >= known.min && value <= known.max))
      throw badArgument(`${option}: expected a number from ${known.min} to ${known.max}.`);
    parameters[id] = value;
  };
  for (const text of given.texts('param')) {
    const [, id, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (id === undefined) throw badArgument(`--param ${text}: expected NAME=VALUE.`);
    set(id.trim(), Number(value), `--param ${text}`);
  }
  const step = given.number('step');
  if (step !== null) set('step', step, `--step ${step}`);
  const seed = given.number('seed') ?? base.seed;
  if (!Number.isSafeInteger(seed)) throw badArgument(`--seed ${seed}: expected a whole number.`);
  return {
    ...base,
    generator: generator.id,
    parameters: { ...base.parameters, [generator.id]: parameters },
    amount: amountOf(given) ?? base.amount,
    seed,
  };
}

function amountOf(given: Arguments): Amount | null {
  const rows = given.number('rows');
  const share = given.number('share');
  if (rows !== null && share !== null) throw badArgument('Give --rows or --share, not both.');
  if (rows !== null) return { kind: 'rows', rows };
  return share === null ? null : { kind: 'share', share };
}

function exportSettings(given: Arguments, base: ExportSettings): ExportSettings {
  const columns = given.text('keep-columns') ?? base.columns;
  if (columns !== 'all' && columns !== 'map') throw badArgument(`--keep-columns ${columns}: expected all or map.`);
  return {
    ...base,
    columns,
    onlySynthetic: given.flag('only-synthetic') || base.onlySynthetic,
    // With a file of its own, lineage does not widen the table too.
    lineageColumns: base.lineageColumns && given.text('lineage') === null,
  };
}

function inWords(run: Run, out: string, messages: readonly string[]): string {
  const lines = [
    `${out}: ${run.donor.length} synthetic rows by ${run.settings.generator}, seed ${run.settings.seed}`,
    ...run.classes.map(
      ({ level, realRows, syntheticRows, weight }) =>
        `  ${level}: ${realRows} real, ${syntheticRows} synthetic, weight ${Number(weight.toPrecision(6))}`,
    ),
    ...messages,
  ];
  return `${lines.join('\n')}\n`;
}
