import { readSlice } from '../../engine/data/cellText';
import { histograms } from '../../engine/data/histogram';
import { importFile } from '../../engine/data/importFile';
import { previewTable } from '../../engine/data/previewTable';
import { changeKinds } from '../../engine/data/readCsv';
import { reviewTarget } from '../../engine/data/reviewTarget';
import { summarise } from '../../engine/data/summarise';
import { withThreshold } from '../../engine/data/thresholdColumn';
import { EngineError } from '../../engine/errors';
import { runInput } from '../../engine/generation/runInput';
import { subtask } from '../../engine/task';
import { shippedTemplates } from '../../engine/templates/shipped';
import { makeDemo, makeDriftBatch, mapDemoProject } from '../../engine/worlds/demo';
import { demoCards } from '../../engine/worlds/demoCards';
import { worldById } from '../../engine/worlds/simulate';
import { trueEffects } from '../../engine/worlds/trueEffects';
import { truthTable } from '../../engine/worlds/truthTable';
import { prepareSource, readBlob } from '../../sources/prepareSource';
import type { EngineApi } from '../api';
import { readFile } from '../readFile';
import { findRun, openTable, type Session } from '../session';
import { settle } from '../settle';

/** Enough for the first rows of any table that a person could look at. */
const PREVIEW_BYTES = 256 * 1024;
/** What threads keep of earlier work is given up before a file of this size; below it, their warm code is worth more. */
const LARGE_BYTES = 160e6;

type TableHandlers = Pick<
  EngineApi,
  | 'prepareSource'
  | 'previewTable'
  | 'thresholdColumn'
  | 'importTable'
  | 'listDemos'
  | 'listTemplates'
  | 'changeKinds'
  | 'simulateDemo'
  | 'driftBatch'
  | 'worldTruth'
  | 'trueEffects'
  | 'closeTable'
  | 'readSlice'
  | 'histograms'
  | 'reviewTarget'
>;

/** What can be asked of the table itself. */
export const tableHandlers = (session: Session): TableHandlers => ({
  prepareSource: (taskId, sources, choices, onProgress) =>
    settle(() => session.tasks.run(taskId, onProgress, (task) => prepareSource(sources, choices, task))),

  previewTable: (source, options) =>
    settle(async () => {
      const bytes = new Uint8Array(await readBlob(source.blob.slice(0, PREVIEW_BYTES)));
      return previewTable(bytes, bytes.length === source.blob.size, options);
    }),

  thresholdColumn: (taskId, column, op, value, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const imported = openTable(session);
        const { chunks, name } = await withThreshold(imported, column, op, value, task);
        const fileName = session.open!.summary.fileName;
        return { source: { fileName, blob: new Blob([...chunks], { type: 'text/csv' }) }, column: name };
      }),
    ),

  importTable: (taskId, source, options, kinds, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        // What the threads keep of earlier work would add to the most memory that reading takes; fresh ones start meanwhile.
        if (source.blob.size > LARGE_BYTES) {
          session.executor.coolDown();
          session.executor.warmUp();
        }
        const { blob, fileName } = source;
        const { bytes, hash } = await readFile(blob);
        // The open table stays until the new one is ready: a refused or stopped import loses nothing.
        const opened = await importFile(fileName, bytes, options, kinds, task, session.executor, hash);
        session.open = opened;
        // Threads learn their part while the table is being looked at.
        void session.executor.rehearse();
        session.runs.clear();
        return opened.summary;
      }),
    ),

  listDemos: () => settle(demoCards),
  changeKinds: (taskId, hash, kinds, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const { open } = session;
        if (open?.file.hash !== hash)
          throw new EngineError('no-table', 'Another table is open: the file has to be read again.', { hash });
        const imported = await changeKinds(open.imported, kinds, subtask(task, 0, 0.9));
        const summary = await summarise(imported, open.file, subtask(task, 0.9, 1));
        session.open = { imported, summary, file: open.file };
        session.runs.clear();
        return summary;
      }),
    ),

  listTemplates: () => settle(shippedTemplates),

  simulateDemo: (demoId) =>
    settle(() => {
      const mapOnly = mapDemoProject(demoId);
      if (mapOnly) return { source: null, project: mapOnly, kinds: [] };
      const { fileName, csv, project, kinds } = makeDemo(demoId);
      return { source: { fileName, blob: new Blob([csv], { type: 'text/csv' }) }, project, kinds };
    }),

  driftBatch: (demoId) =>
    settle(() => {
      const { fileName, csv } = makeDriftBatch(demoId);
      return { fileName, blob: new Blob([csv], { type: 'text/csv' }) };
    }),

  worldTruth: (demoId) => settle(() => truthTable(demoId)),

  trueEffects: (demoId, project, child, parents) =>
    settle(() => {
      const { frame } = runInput(openTable(session).table, { ...project, rules: [], mechanisms: [] });
      return trueEffects(worldById(demoId), child, parents, frame);
    }),

  async closeTable() {
    session.open = null;
    session.runs.clear();
  },

  readSlice: (from, rows) => settle(() => readSlice(openTable(session).table, from, rows)),

  histograms: (columns, target, runId) =>
    settle(() => {
      const run = runId === null ? null : findRun(session, runId);
      const made = run && { names: run.columnNames, columns: run.columns };
      return histograms(openTable(session).table, columns, target, made);
    }),

  reviewTarget: (target) => settle(() => reviewTarget(openTable(session).table, target)),
});
