import { proxy, type Remote, releaseProxy, transfer, wrap } from 'comlink';
import type { EngineApi, OnProgress, Outcome } from './api';

export interface EngineClientOptions {
  /** Called after a broken engine was replaced by an empty one: bring the table and the runs back. */
  readonly onReplaced?: () => void;
  /** How long a cancelled call may take to stop before its engine is replaced. */
  readonly patienceMs?: number;
}

/**
 * The engine as the page sees it: the contract of api.ts, served by a worker that is replaced when it breaks or does not
 * answer a cancel. Calls under way then settle with a failure that says so; the document is not touched.
 */
export function connectEngine({ onReplaced, patienceMs = 3000 }: EngineClientOptions = {}): EngineApi {
  let worker!: Worker;
  let remote!: Remote<EngineApi>;
  /** Settles the calls of the current engine when it is replaced. */
  let pending = new Set<(failure: Outcome<never>) => void>();
  const running = new Set<string>();

  const connect = () => {
    worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
    remote = wrap<EngineApi>(worker);
    worker.addEventListener('error', () =>
      replace('The engine stopped unexpectedly and was restarted. Your work is safe; try again.'),
    );
  };
  const replace = (message: string, code: 'internal' | 'cancelled' = 'internal') => {
    worker.terminate();
    remote[releaseProxy]();
    const lost = pending;
    pending = new Set();
    running.clear();
    connect();
    onReplaced?.();
    for (const settle of lost) settle({ ok: false, code, message });
  };
  const call = <T>(work: (engine: Remote<EngineApi>) => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    new Promise((resolve) => {
      const settle = (outcome: Outcome<T>) => {
        pending.delete(settle);
        resolve(outcome);
      };
      pending.add(settle);
      work(remote).then(settle, (error: unknown) => settle({ ok: false, code: 'internal', message: String(error) }));
    });
  const long = <T>(
    taskId: string,
    onProgress: OnProgress,
    work: (engine: Remote<EngineApi>, report: OnProgress) => Promise<Outcome<T>>,
  ) => {
    running.add(taskId);
    return call((engine) => work(engine, proxy(onProgress))).finally(() => running.delete(taskId));
  };
  connect();

  return {
    cancel(taskId) {
      if (!running.has(taskId)) return;
      void remote.cancel(taskId);
      setTimeout(() => {
        if (running.has(taskId)) replace('Stopped, as asked. The engine was restarted.', 'cancelled');
      }, patienceMs);
    },
    importTable: (taskId, source, options, kinds, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.importTable(taskId, source, options, kinds, report)),
    simulateDemo: (demoId) => call((engine) => engine.simulateDemo(demoId)),
    closeTable: () => remote.closeTable(),
    readSlice: (from, rows) => call((engine) => engine.readSlice(from, rows)),
    histograms: (columns, target, runId) => call((engine) => engine.histograms(columns, target, runId)),
    reviewTarget: (target) => call((engine) => engine.reviewTarget(target)),
    checkRules: (rules, target) => call((engine) => engine.checkRules(rules, target)),
    checkMap: (taskId, map, target, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.checkMap(taskId, map, target, report)),
    generate: (taskId, request, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.generate(taskId, request, report)),
    exportRun: (runId) => call((engine) => engine.exportRun(runId)),
    restoreRun: (rows) =>
      call((engine) =>
        engine.restoreRun(
          transfer(
            rows,
            [...rows.columns, rows.donor, rows.partner, rows.proposals, rows.refusedByRules].map(
              ({ buffer }) => buffer,
            ),
          ),
        ),
      ),
    dropRun: (runId) => remote.dropRun(runId),
    scatter: (...request) => call((engine) => engine.scatter(...request)),
    rowDetail: (...request) => call((engine) => engine.rowDetail(...request)),
    test: (taskId, project, runId, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.test(taskId, project, runId, report)),
    exportCsv: (taskId, project, runId, settings, onProgress) =>
      long(taskId, onProgress, (engine, report) => engine.exportCsv(taskId, project, runId, settings, report)),
  };
}
