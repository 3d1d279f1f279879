import { readSlice } from '../../engine/data/cellText';
import { histograms } from '../../engine/data/histogram';
import { importFile } from '../../engine/data/importFile';
import { reviewTarget } from '../../engine/data/reviewTarget';
import { EngineError } from '../../engine/errors';
import { shippedTemplates } from '../../engine/templates/shipped';
import { makeDemo, makeDriftBatch, mapDemoProject } from '../../engine/worlds/demo';
import { demoCards } from '../../engine/worlds/demoCards';
import { truthTable } from '../../engine/worlds/truthTable';
import type { EngineApi } from '../api';
import { findRun, openTable, type Session } from '../session';
import { settle } from '../settle';

type TableHandlers = Pick<
  EngineApi,
  | 'importTable'
  | 'listDemos'
  | 'listTemplates'
  | 'simulateDemo'
  | 'driftBatch'
  | 'worldTruth'
  | 'closeTable'
  | 'readSlice'
  | 'histograms'
  | 'reviewTarget'
>;

/** What can be asked of the table itself. */
export const tableHandlers = (session: Session): TableHandlers => ({
  importTable: (taskId, source, options, kinds, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const bytes = await readBytes(source.blob);
        // The open table stays until the new one is ready: a refused or stopped import loses nothing.
        const opened = await importFile(source.fileName, bytes, options, kinds, task);
        session.open = opened;
        session.executor.warmUp();
        session.runs.clear();
        return opened.summary;
      }),
    ),

  listDemos: () => settle(demoCards),

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

/** @throws EngineError `unreadable-file` where the host cannot read the file (moved, no permission, too large for memory). */
async function readBytes(blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new EngineError(
      'unreadable-file',
      'The file could not be read: it may have been moved or be too large for this page. Choose it again.',
      {},
      cause,
    );
  }
}
