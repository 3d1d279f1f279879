import { frameOf } from '../../engine/data/frame';
import { isCarriedKind, type Table } from '../../engine/data/table';
import { EngineError } from '../../engine/errors';
import { exportInput } from '../../engine/generation/exportRun';
import { generateRun } from '../../engine/generation/generateRun';
import { previewRun } from '../../engine/generation/previewRun';
import { writeChecked } from '../../engine/generation/readBack';
import { summariseRun } from '../../engine/generation/runSummary';
import { learningStage, timedTask } from '../../engine/stageTimes';
import type { EngineApi, RunRows } from '../api';
import { findRun, openTable, rejectedId, rememberPlans, type Session } from '../session';
import { settle } from '../settle';

type RunHandlers = Pick<EngineApi, 'generate' | 'previewRun' | 'exportRun' | 'restoreRun' | 'dropRun' | 'exportCsv'>;

/** What can be asked about runs: make, write, keep and drop them. */
export const runHandlers = (session: Session): RunHandlers => ({
  generate: (taskId, { runId, project, settings }, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const { table } = openTable(session);
        const timed = timedTask(task, () => performance.now());
        const run = await generateRun(table, project, settings, session.executor, timed.task);
        if (session.open?.imported.table !== table)
          throw new EngineError('cancelled', 'Another table was opened meanwhile: these synthetic rows were dropped.');
        const summary = summariseRun(run, runId, timed.stages());
        const { columnNames, columns, donor, partner, proposals, refusedByRules, rowWeights } = run;
        const levels = levelsOf(table, columnNames);
        const rows: RunRows = {
          summary,
          fileHash: session.open.summary.hash,
          columnNames,
          levels,
          columns,
          donor,
          partner,
          proposals,
          refusedByRules,
          rowWeights,
        };
        session.runs.set(runId, rows);
        rememberPlans(rows, run.plans);
        return summary;
      }),
    ),

  previewRun: (taskId, project, rows, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const { table } = openTable(session);
        const timed = timedTask(task, () => performance.now());
        const preview = await previewRun(table, project, project.generation, rows, session.executor, timed.task);
        // Learning is remembered: what a hand on the dial waits for is the rest.
        const rest = timed.stages().filter(({ stage }) => stage !== learningStage);
        return { ...preview, milliseconds: rest.reduce((sum, { milliseconds }) => sum + milliseconds, 0) };
      }),
    ),

  exportRun: (runId) => settle(() => copyOfRun(findRun(session, runId))),

  restoreRun: (rows) =>
    settle(() => {
      requireSameReading(session, rows);
      session.runs.set(rows.summary.runId, rows);
      return rows.summary;
    }),

  async dropRun(runId) {
    session.runs.delete(runId);
    session.runs.delete(rejectedId(runId));
  },

  exportCsv: (taskId, project, runId, settings, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const imported = openTable(session);
        const run = findRun(session, runId);
        if (!project.target)
          throw new EngineError('bad-target', 'No target is chosen: choose the column with the rare outcome.');
        requireColumns(run, [project.target.column]);
        const { generator, seed, weights, redrawn } = run.summary;
        const generation = { ...project.generation, generator, seed };
        const writing = writeChecked(
          exportInput({
            imported,
            target: project.target,
            rows: run,
            weights,
            rowWeights: run.rowWeights,
            redrawn,
            generation,
            settings,
          }),
          project.rules,
          task,
        );
        const chunks: string[] = [];
        let step = await writing.next();
        for (; !step.done; step = await writing.next()) chunks.push(step.value);
        const { realRows, syntheticRows, messages } = step.value;
        const base = session.open!.summary.fileName.replace(/\.[^.]*$/, '');
        return {
          fileName: `${base}.${settings.onlySynthetic ? 'synthetic' : 'augmented'}.csv`,
          blob: new Blob(chunks, { type: 'text/csv;charset=utf-8' }),
          rows: realRows + syntheticRows,
          syntheticRows,
          messages: [...messages, ...encodingMessages(imported.options.encoding)],
        };
      }),
    ),
});

const levelsOf = (table: Table, names: readonly string[]): RunRows['levels'] =>
  frameOf(table, names, []).specs.map(({ levels }) => levels);

/** @throws EngineError `no-run` where the rows were made from another table, or from this one read in another way. */
function requireSameReading(session: Session, rows: RunRows): void {
  const { table } = openTable(session);
  const known = new Set(table.columns.filter(({ kind }) => !isCarriedKind(kind)).map(({ name }) => name));
  const isSame =
    rows.fileHash === session.open!.summary.hash &&
    rows.columnNames.every((name) => known.has(name)) &&
    rows.donor.every((row) => row < table.rows) &&
    levelsOf(table, rows.columnNames).every((levels, c) => sameLevels(levels, rows.levels[c] ?? null));
  if (isSame) return;
  throw new EngineError(
    'no-run',
    'The saved synthetic rows were made from another table, or from this one read in another way: generate them again.',
  );
}

const sameLevels = (a: readonly string[] | null, b: readonly string[] | null) =>
  a === null || b === null ? a === b : a.length === b.length && a.every((level, i) => level === b[i]);

/** @throws EngineError `bad-map` where the map has changed so far that the run lacks a column. */
function requireColumns(run: RunRows, names: readonly string[]): void {
  const absent = names.find((name) => !run.columnNames.includes(name));
  if (absent === undefined) return;
  throw new EngineError('bad-map', `The synthetic rows were made without "${absent}": generate them again.`, {
    absent,
  });
}

/** The engine keeps its own rows: what leaves it is transferred away. */
const copyOfRun = (run: RunRows): RunRows => ({
  ...run,
  columns: run.columns.map((column) => column.slice()),
  donor: run.donor.slice(),
  partner: run.partner.slice(),
  proposals: run.proposals.slice(),
  refusedByRules: run.refusedByRules.slice(),
  rowWeights: run.rowWeights && { real: run.rowWeights.real.slice(), synthetic: run.rowWeights.synthetic.slice() },
});

const encodingMessages = (encoding: string | null): string[] =>
  encoding === null || encoding === 'utf-8'
    ? []
    : [`The file was ${encoding}; the export is UTF-8, with every letter kept.`];
