import { type Frame, frameOf } from '../engine/data/frame';
import type { ImportedTable } from '../engine/data/importedTable';
import { requireTarget } from '../engine/data/reviewTarget';
import type { FileFacts } from '../engine/data/summarise';
import { EngineError } from '../engine/errors';
import type { Executor } from '../engine/executor';
import type { Run } from '../engine/generation/generateRun';
import type { Target } from '../engine/project/project';
import type { RunRows, TableSummary } from './api';
import { createTasks, type Tasks } from './tasks';

/** What one engine holds: a table and the runs made from it. */
export interface Session {
  readonly tasks: Tasks;
  readonly executor: Executor;
  open: { readonly imported: ImportedTable; readonly summary: TableSummary; readonly file: FileFacts } | null;
  readonly runs: Map<string, RunRows>;
}

export const createSession = (executor: Executor): Session => ({
  tasks: createTasks(),
  executor,
  open: null,
  runs: new Map(),
});

/** @throws EngineError `no-table` before a table is open. */
export function openTable(session: Session): ImportedTable {
  if (!session.open) throw new EngineError('no-table', 'No table is open: drop a CSV file or open the demo first.');
  return session.open.imported;
}

/** @throws EngineError `no-run` for a run this engine does not hold. */
export function findRun(session: Session, runId: string): RunRows {
  const run = session.runs.get(runId);
  if (!run) throw new EngineError('no-run', 'These synthetic rows are gone: generate them again.', { runId });
  return run;
}

/** The run's rows as a frame whose specs are those of the table. */
export function frameOfRun(session: Session, run: RunRows): Frame {
  const { specs } = frameOf(openTable(session).table, run.columnNames, []);
  return { rows: run.donor.length, specs, columns: run.columns };
}

/** Class of every table row: 1 rare, 0 other, -1 where the target is missing. */
export function classesOf(session: Session, target: Target): Int8Array {
  const { column, rareCodes } = requireTarget(openTable(session).table, target);
  return Int8Array.from(column.codes, (code) => (code < 0 ? -1 : rareCodes.includes(code) ? 1 : 0));
}

/** Where a session keeps the proposals that the sampler of a run refused, as rows like any other. */
export const rejectedId = (runId: string): string => `${runId}/rejected`;

const plans = new WeakMap<RunRows, Run['plans']>();

/** Keeps what the rows were drawn from, so that single rows can be drawn again with their whole history. */
export const rememberPlans = (rows: RunRows, of: Run['plans']): void => {
  plans.set(rows, of);
};

/** Null for rows of an earlier visit: they come from storage, which keeps no plans. */
export const plansOf = (rows: RunRows): Run['plans'] | null => plans.get(rows) ?? null;
