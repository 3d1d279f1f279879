import { proxy, type Remote, releaseProxy, transfer, wrap } from 'comlink';
import type { EngineApi, OnProgress, Outcome } from './api';
import { buffersOfRun } from './runBuffers';

export interface EngineClientOptions {
  /** How long a cancelled call may take to stop before its engine is replaced. */
  readonly patienceMs?: number;
  readonly startWorker?: () => EngineWorker;
}
export type EngineWorker = Parameters<typeof wrap>[0] & Pick<Worker, 'terminate'>;

const startEngine = (): EngineWorker =>
  new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });

const restarted: Outcome<never> = {
  ok: false,
  code: 'internal',
  message: 'The engine stopped unexpectedly and was restarted. Your work is safe: try again.',
};
const stopped: Outcome<never> = { ok: false, code: 'cancelled', message: 'Stopped, as asked. Nothing was changed.' };

/** A worker with the calls it still owes an answer, and the task that each belongs to. */
interface Connection {
  readonly worker: EngineWorker;
  readonly remote: Remote<EngineApi>;
  readonly pending: Map<(outcome: Outcome<never>) => void, string | null>;
}

/**
 * The engine as the page sees it: the contract of api.ts, served by a worker that is dropped when it breaks or does not
 * answer a cancel. Calls under way then settle with a failure that says so, and the next call starts a fresh worker:
 * it answers `no-table` until it is given the table again. The document is not touched.
 */
export function connectEngine({ patienceMs = 3000, startWorker = startEngine }: EngineClientOptions = {}): EngineApi {
  let connection: Connection | null = null;

  const connect = (): Connection => {
    const worker = startWorker();
    const opened: Connection = { worker, remote: wrap<EngineApi>(worker), pending: new Map() };
    worker.addEventListener('error', (event) => {
      console.error(event);
      drop(opened, () => restarted);
    });
    return opened;
  };
  /** The next call, not this one, starts another worker: one that can never start must not be tried for ever. */
  const drop = (lost: Connection, failureOf: (taskId: string | null) => Outcome<never>) => {
    if (connection !== lost) return;
    connection = null;
    lost.remote[releaseProxy]();
    lost.worker.terminate();
    for (const [settle, taskId] of lost.pending) settle(failureOf(taskId));
  };

  const call = <T>(
    question: (engine: Remote<EngineApi>) => Promise<Outcome<T>>,
    taskId: string | null = null,
  ): Promise<Outcome<T>> =>
    new Promise((resolve, reject) => {
      connection ??= connect();
      const { pending, remote } = connection;
      const settle = (outcome: Outcome<T>) => {
        pending.delete(settle);
        resolve(outcome);
      };
      pending.set(settle, taskId);
      question(remote).then(settle, (error: unknown) => {
        pending.delete(settle);
        reject(error);
      });
    });
  const tell = async (order: (engine: Remote<EngineApi>) => Promise<void>): Promise<void> => {
    await call(async (engine) => ({ ok: true, value: await order(engine) }));
  };
  const long = <T>(
    taskId: string,
    onProgress: OnProgress,
    question: (engine: Remote<EngineApi>, report: OnProgress) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    // Progress travels by a channel of its own: its last news may come after the result, when nobody wants it any more.
    let isOver = false;
    const report: OnProgress = (share, phase) => {
      if (!isOver) onProgress(share, phase);
    };
    return call((engine) => question(engine, proxy(report)), taskId).finally(() => {
      isOver = true;
    });
  };

  // The first call finds the engine loaded.
  connection = connect();

  return {
    cancel(taskId) {
      const asked = connection;
      const isWaiting = () => asked !== null && [...asked.pending.values()].includes(taskId);
      if (!asked || !isWaiting()) return;
      void asked.remote.cancel(taskId);
      setTimeout(() => {
        if (isWaiting()) drop(asked, (lost) => (lost === taskId ? stopped : restarted));
      }, patienceMs);
    },
    prepareSource: (taskId, sources, choices, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.prepareSource(taskId, sources, choices, report)),
    previewTable: (source, options) => call((engine) => engine.previewTable(source, options)),
    thresholdColumn: (taskId, column, op, value, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.thresholdColumn(taskId, column, op, value, report)),
    importTable: (taskId, source, options, kinds, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.importTable(taskId, source, options, kinds, report)),
    listTemplates: () => call((engine) => engine.listTemplates()),
    listDemos: () => call((engine) => engine.listDemos()),
    changeKinds: (taskId, hash, kinds, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.changeKinds(taskId, hash, kinds, report)),
    simulateDemo: (demoId) => call((engine) => engine.simulateDemo(demoId)),
    driftBatch: (demoId) => call((engine) => engine.driftBatch(demoId)),
    worldTruth: (demoId) => call((engine) => engine.worldTruth(demoId)),
    trueEffects: (demoId, project, child, parents) =>
      call((engine) => engine.trueEffects(demoId, project, child, parents)),
    closeTable: () => tell((engine) => engine.closeTable()),
    readSlice: (from, rows) => call((engine) => engine.readSlice(from, rows)),
    histograms: (columns, target, runId) => call((engine) => engine.histograms(columns, target, runId)),
    reviewTarget: (target) => call((engine) => engine.reviewTarget(target)),
    checkRules: (rules, target) => call((engine) => engine.checkRules(rules, target)),
    findRules: (taskId, rules, target, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.findRules(taskId, rules, target, report)),
    readRows: (rows) => call((engine) => engine.readRows(rows)),
    checkMap: (taskId, project, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.checkMap(taskId, project, report)),
    diagnose: (taskId, project, refutedClaims, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.diagnose(taskId, project, refutedClaims, report)),
    falsifyMap: (taskId, map, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.falsifyMap(taskId, map, report)),
    suggestArrows: (taskId, map, method, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.suggestArrows(taskId, map, method, report)),
    previewRun: (taskId, project, rows, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.previewRun(taskId, project, rows, report)),
    generate: (taskId, request, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.generate(taskId, request, report)),
    exportRun: (runId) => call((engine) => engine.exportRun(runId)),
    // The rows are given away: whoever restores a run has just read it from storage.
    restoreRun: (rows) => call((engine) => engine.restoreRun(transfer(rows, buffersOfRun(rows)))),
    dropRun: (runId) => tell((engine) => engine.dropRun(runId)),
    scatter: (taskId, source, plane, limit, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.scatter(taskId, source, plane, limit, report)),
    rowDetail: (...request) => call((engine) => engine.rowDetail(...request)),
    biography: (taskId, project, source, layer, row, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.biography(taskId, project, source, layer, row, report)),
    descendants: (...request) => call((engine) => engine.descendants(...request)),
    queryRows: (taskId, source, query, marks, rules, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.queryRows(taskId, source, query, marks, rules, report)),
    readQuery: (...request) => call((engine) => engine.readQuery(...request)),
    damage: (taskId, source, columns, seed, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.damage(taskId, source, columns, seed, report)),
    regions: (taskId, project, source, layer, x, y, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.regions(taskId, project, source, layer, x, y, report)),
    boundary: (taskId, source, layer, x, y, timesPrevalence, seed, onProgress) =>
      long(taskId, onProgress, (engine, report) =>
        engine.boundary(taskId, source, layer, x, y, timesPrevalence, seed, report),
      ),
    morph: (taskId, project, x, y, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.morph(taskId, project, x, y, report)),
    replayRejected: (taskId, project, runId, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.replayRejected(taskId, project, runId, report)),
    rowsWithin: (...request) => call((engine) => engine.rowsWithin(...request)),
    sampleRows: (...request) => call((engine) => engine.sampleRows(...request)),
    markedHistograms: (...request) => call((engine) => engine.markedHistograms(...request)),
    exportMarked: (...request) => call((engine) => engine.exportMarked(...request)),
    test: (taskId, project, runId, onProgress, onResults) =>
      long(taskId, onProgress, (engine, report) => engine.test(taskId, project, runId, report, proxy(onResults))),
    checkMechanisms: (taskId, project, runId, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.checkMechanisms(taskId, project, runId, report)),
    findRemedies: (taskId, project, runId, damaged, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.findRemedies(taskId, project, runId, damaged, report)),
    testArms: (taskId, project, generators, onProgress, onArm) =>
      long(taskId, onProgress, (engine, report) => engine.testArms(taskId, project, generators, report, proxy(onArm))),
    secondOpinions: (taskId, project, runId, statement, comparison, onProgress) =>
      long(taskId, onProgress, (engine, report) =>
        engine.secondOpinions(taskId, project, runId, statement, comparison, report),
      ),
    exportCsv: (taskId, project, runId, settings, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.exportCsv(taskId, project, runId, settings, report)),
  };
}
