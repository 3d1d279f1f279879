import { sampleWeights } from '../../../engine/data/sampleWeights';
import type { Table } from '../../../engine/data/table';
import { EngineError } from '../../../engine/errors';
import { type RunInput, runInput } from '../../../engine/generation/runInput';
import { dagOf } from '../../../engine/graph/dag';
import { type Habits, habitsOf } from '../../../engine/inspection/oddities';
import type { Project } from '../../../engine/project/project';
import { fitModel } from '../../../engine/scm/fitModel';
import type { FittedModel } from '../../../engine/scm/fittedModel';
import { ruledModel } from '../../../engine/scm/ruledModel';
import type { Task } from '../../../engine/task';
import { openTable, type Session } from '../../session';

/** What accounts of single rows and replays start from. */
export interface Prepared {
  readonly run: RunInput;
  readonly habits: Habits;
  /** Null where the rows cannot be learned from; `problem` says why. */
  readonly model: FittedModel | null;
  readonly problem: string | null;
}

/** The latest one by session: rows of one run are looked at one after the other. */
const latest = new WeakMap<Session, { readonly table: Table; readonly key: string; readonly prepared: Prepared }>();

/**
 * Table, map and mechanisms brought together as a run with this seed has them. Fits are remembered by the executor, so
 * only the first row of a project that was opened from storage waits for them.
 */
export async function prepareModel(session: Session, project: Project, seed: number, task: Task): Promise<Prepared> {
  const { table } = openTable(session);
  const { map, target, rules, mechanisms, design } = project;
  const key = JSON.stringify([
    map.nodes.map(({ name, latent }) => [name, latent]),
    map.edges.map(({ from, to, kind, sign, monotone }) => [from, to, kind, sign, monotone]),
    target,
    rules,
    mechanisms,
    design?.groups,
    seed,
  ]);
  const known = latest.get(session);
  if (known?.table === table && known.key === key) return known.prepared;
  const run = runInput(table, project);
  let model: FittedModel | null = null;
  let problem: string | null = null;
  const { name, levels } = run.frame.specs[run.target]!;
  const standsFor = sampleWeights(levels!, name, project.data);
  try {
    const fitted = await fitModel(
      run.frame,
      dagOf(run.map),
      run.target,
      seed,
      session.executor,
      task,
      run.demands,
      standsFor,
      run.units,
    );
    model = ruledModel(fitted, run.frame, rules);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === 'cancelled') throw error;
    problem = `No mechanism could be learned, so noises and predictions are left out: ${error.message}`;
  }
  const prepared = { run, habits: habitsOf(run.frame), model, problem };
  latest.set(session, { table, key, prepared });
  return prepared;
}
