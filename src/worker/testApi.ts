import type { ComparisonKind, Statement, StatementResult } from '../engine/dependence/comparison';
import type { MechanismReport } from '../engine/generation/checkMechanisms';
import type { RemedyReport } from '../engine/generation/remedies';
import type { SecondOpinions } from '../engine/generation/secondOpinions';
import type { Arm } from '../engine/generation/testArms';
import type { DependenceReport } from '../engine/generation/testRun';
import type { Project } from '../engine/project/project';
import type { OnProgress, Outcome } from './api';

export type { Arm, MechanismReport, RemedyReport, SecondOpinions };

export interface TestReport extends DependenceReport {
  readonly runId: string;
}

/** What can be asked about what a run did to the data. */
export interface TestApi {
  /** @param onResults Hears verdicts as they fall; their p-values are not adjusted yet. */
  test(
    taskId: string,
    project: Project,
    runId: string,
    onProgress: OnProgress,
    onResults: (results: readonly StatementResult[]) => void,
  ): Promise<Outcome<TestReport>>;
  /** Every mechanism, on rare rows held out from learning, for the settings a run was made with. */
  checkMechanisms(
    taskId: string,
    project: Project,
    runId: string,
    onProgress: OnProgress,
  ): Promise<Outcome<MechanismReport>>;
  /** What would mend the damaged statements, each tried on a pilot. */
  findRemedies(
    taskId: string,
    project: Project,
    runId: string,
    damaged: readonly StatementResult[],
    onProgress: OnProgress,
  ): Promise<Outcome<RemedyReport>>;
  /** Rows of every generator put to the same tests; nothing is kept of them but the results. */
  testArms(
    taskId: string,
    project: Project,
    generators: readonly string[],
    onProgress: OnProgress,
    onArm: (arm: Arm) => void,
  ): Promise<Outcome<readonly Arm[]>>;
  secondOpinions(
    taskId: string,
    project: Project,
    runId: string,
    statement: Statement,
    comparison: ComparisonKind,
    onProgress: OnProgress,
  ): Promise<Outcome<SecondOpinions>>;
}
