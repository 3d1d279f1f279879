import type { Table } from '../data/table';
import type { StatementResult, Verdict } from '../dependence/comparison';
import { EngineError } from '../errors';
import type { Executor } from '../executor';
import { generatorById } from '../generators/catalogue';
import type { GenerationSettings, Project } from '../project/project';
import { subtask, type Task } from '../task';
import type { FidelityMeasure } from '../validation/fidelityMeasures';
import { checkMechanisms, type MechanismCheck } from './checkMechanisms';
import { generateRun } from './generateRun';
import { testRun } from './testRun';

/** One generator put to the same tests as all others. */
export interface Arm {
  readonly generator: string;
  readonly label: string;
  readonly rows: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly results: readonly StatementResult[];
  readonly measures: readonly FidelityMeasure[];
  /** Correlations that the generator made, not balancing. */
  readonly madeLinks: number;
  /** Every mechanism on held-out rare rows. */
  readonly mechanisms: readonly MechanismCheck[];
  /** Synthetic rows that break a rule. */
  readonly ruleBreaks: number;
  /** Why it could not be made; null where it was. */
  readonly problem: string | null;
}

/** Rows of an arm: enough for every verdict, few enough for all generators in a minute. */
const ARM_ROWS = 2000;

/**
 * Makes rows by each generator with the project's map, rules and seed and puts all to the same tests. A generator that cannot
 * work on this table says why and has no results.
 * @param onArm Hears each arm as soon as it is done.
 * @throws EngineError `cancelled`.
 */
export async function testArms(
  table: Table,
  project: Project,
  generatorIds: readonly string[],
  executor: Executor,
  task: Task,
  onArm: (arm: Arm) => void = () => {},
): Promise<readonly Arm[]> {
  const arms: Arm[] = [];
  for (const [i, id] of generatorIds.entries()) {
    const { label } = generatorById(id);
    const part = subtask(task, i / generatorIds.length, (i + 1) / generatorIds.length);
    const settings: GenerationSettings = {
      ...project.generation,
      generator: id,
      amount: { kind: 'rows', rows: ARM_ROWS },
    };
    await part.checkpoint(0, label);
    const arm = await armOf(table, project, settings, label, executor, part);
    arms.push(arm);
    onArm(arm);
  }
  return arms;
}

async function armOf(
  table: Table,
  project: Project,
  settings: GenerationSettings,
  label: string,
  executor: Executor,
  task: Task,
): Promise<Arm> {
  const base = { generator: settings.generator, label };
  const named: Task = { checkpoint: (share, phase) => task.checkpoint(share, `${label}: ${phase}`) };
  try {
    const run = await generateRun(table, project, settings, executor, subtask(named, 0, 0.4));
    const report = await testRun(table, project, run, settings.seed, executor, subtask(named, 0.4, 0.7));
    const { checks } = await checkMechanisms(table, project, settings, executor, subtask(named, 0.7, 1));
    return {
      ...base,
      rows: run.donor.length,
      counts: report.counts,
      results: report.results,
      measures: report.fidelity.measures,
      madeLinks: report.newLinks.filter(({ cause }) => cause === 'made').length,
      mechanisms: checks,
      ruleBreaks: run.diagnostics.ruleViolations.reduce((sum, { count }) => sum + count, 0),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === 'cancelled') throw error;
    return {
      ...base,
      rows: 0,
      counts: { kept: 0, damaged: 0, 'cannot-tell': 0, 'expected-from-balancing': 0 },
      results: [],
      measures: [],
      madeLinks: 0,
      mechanisms: [],
      ruleBreaks: 0,
      problem: error.message,
    };
  }
}
