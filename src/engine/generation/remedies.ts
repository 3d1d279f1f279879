import type { Table } from '../data/table';
import type { StatementResult } from '../dependence/comparison';
import { EngineError } from '../errors';
import type { Executor } from '../executor';
import type { GenerationSettings, Project } from '../project/project';
import { changedProject, noChange, type ProjectChange } from '../project/projectChange';
import { subtask, type Task } from '../task';
import { generateRun } from './generateRun';
import { type RemedyCandidate, remedyCandidates } from './remedyCandidates';
import { testStatements } from './testRun';

/** What was found out by trying it on a pilot, never guessed. */
export interface Prediction {
  readonly damaged: number;
  readonly kept: number;
  readonly cannotTell: number;
  /** Of the statements that are damaged now: how many would not be, and which others would become so. */
  readonly mended: number;
  readonly newlyDamaged: number;
  /** Sum over damaged statements of |change| beyond the margin: how far off what is left would be. */
  readonly excess: number;
  readonly rows: number;
}

export interface Remedy extends RemedyCandidate {
  readonly predicted: Prediction;
}

export interface RemedyReport {
  /** The present settings, tried in the same way: what remedies are compared with. */
  readonly present: Prediction;
  /** Those that would do better, the best first; empty where nothing helps. */
  readonly remedies: readonly Remedy[];
  /** Tried and no better. */
  readonly tried: readonly { readonly label: string; readonly predicted: Prediction }[];
  /** What could not even be tried, with the reason. */
  readonly impossible: readonly string[];
  /** One sentence. */
  readonly conclusion: string;
}

const PILOT_ROWS = 1000;
/** Neither mended nor made: a difference smaller than this share of the damage is noise of the pilot. */
const LEAST_GAIN = 0.1;
/** Share of the work that trying the present settings takes. */
const FIRST_SHARE = 0.1;

/**
 * Looks for what would mend the damaged statements of a run: smaller steps, nodes at the damage kept from the donor, another
 * mechanism there, a tighter rule, another generator, an arrow that the real rows ask for, weights. Each is tried: the
 * generator makes a pilot of 1,000 rows with the change, and the statements of the same map are put to them. Ranked by
 * statements still damaged, then by how far off they are.
 * @param damaged Results of the run that are damaged.
 * @throws EngineError as `generateRun`, `cancelled`; a candidate that cannot be made is told of among those tried.
 */
export async function findRemedies(
  table: Table,
  project: Project,
  settings: GenerationSettings,
  damaged: readonly StatementResult[],
  executor: Executor,
  task: Task,
): Promise<RemedyReport> {
  const keys = new Set(damaged.map(keyOf));
  const predict = async (change: ProjectChange, part: Task) => {
    const pilot = changedProject(project, change);
    const run = await generateRun(
      table,
      pilot,
      { ...change.settings, amount: { kind: 'rows', rows: PILOT_ROWS } },
      executor,
      subtask(part, 0, 0.6),
    );
    // Judged by the map as it is: a statement that an arrow removes would otherwise count as mended.
    const judge = { ...project, tests: pilot.tests };
    const results = await testStatements(table, judge, run, settings.seed, executor, subtask(part, 0.6, 1));
    return { fits: run.fits, predicted: predictionOf(results, keys, run.donor.length) };
  };
  const { fits, predicted: present } = await predict(noChange(settings), subtask(task, 0, FIRST_SHARE));
  const candidates = remedyCandidates({ project, settings, damaged, fits });
  const all: Remedy[] = [];
  const impossible: string[] = [];
  const rest = subtask(task, FIRST_SHARE, 1);
  for (const [i, candidate] of candidates.entries()) {
    const part = subtask(rest, i / candidates.length, (i + 1) / candidates.length);
    await part.checkpoint(0, candidate.label);
    try {
      all.push({ ...candidate, predicted: (await predict(candidate.change, part)).predicted });
    } catch (error) {
      if (!(error instanceof EngineError) || error.code === 'cancelled') throw error;
      impossible.push(`${candidate.label}: ${error.message}`);
    }
  }
  const isBetter = ({ predicted }: Remedy) =>
    predicted.damaged < present.damaged ||
    (predicted.damaged === present.damaged &&
      predicted.excess < present.excess * (1 - LEAST_GAIN) &&
      present.damaged > 0);
  const remedies = all
    .filter(isBetter)
    .sort((a, b) => a.predicted.damaged - b.predicted.damaged || a.predicted.excess - b.predicted.excess);
  return {
    present,
    remedies,
    tried: all.filter((one) => !isBetter(one)).map(({ label, predicted }) => ({ label, predicted })),
    impossible,
    conclusion: conclusionOf(present, remedies, all.length),
  };
}

const keyOf = ({ statement, comparison }: StatementResult): string => `${comparison}/${statement.id}`;

function predictionOf(results: readonly StatementResult[], damagedNow: ReadonlySet<string>, rows: number): Prediction {
  const count = (verdict: StatementResult['verdict']) => results.filter((result) => result.verdict === verdict).length;
  const still = results.filter(({ verdict }) => verdict === 'damaged');
  const stillKeys = new Set(still.map(keyOf));
  return {
    damaged: still.length,
    kept: count('kept'),
    cannotTell: count('cannot-tell'),
    mended: [...damagedNow].filter((key) => !stillKeys.has(key)).length,
    newlyDamaged: still.filter((result) => !damagedNow.has(keyOf(result))).length,
    excess: still.reduce((sum, { difference, margin }) => sum + Math.max(0, Math.abs(difference) - margin), 0),
    rows,
  };
}

function conclusionOf(present: Prediction, remedies: readonly Remedy[], tried: number): string {
  const [best] = remedies;
  if (present.damaged === 0)
    return 'A fresh pilot with the present settings shows no damage: what was damaged may have been chance. Run the tests again.';
  if (!best)
    return `Nothing of the ${tried} changes tried would damage fewer statements: make fewer rows, use them with weights, or add none.`;
  if (best.predicted.damaged === 0) return `${best.label}: no statement would be damaged any more.`;
  return `${best.label}: ${best.predicted.damaged} instead of ${present.damaged} statements would be damaged.`;
}
