import type { NodeFit } from '../scm/fittedModel';
import type { StageTime } from '../stageTimes';
import type { ClassBalance } from './balance';
import type { Run } from './generateRun';
import type { RunDiagnostics } from './runDiagnostics';

/** What is told of a run; everything but the rows. */
export interface RunSummary {
  readonly runId: string;
  readonly generator: string;
  readonly seed: number;
  readonly rows: number;
  readonly perLevel: readonly {
    readonly level: string;
    readonly realRows: number;
    readonly syntheticRows: number;
    readonly weight: number;
  }[];
  /** Weight of every class in the augmented table, by level text. */
  readonly weights: readonly { readonly level: string; readonly weight: number }[];
  /** log odds shift of the intercept for models that cannot take weights; null for more than two classes. */
  readonly interceptShift: number | null;
  /** Share of proposed moves accepted; null for generators that propose nothing. */
  readonly acceptance: number | null;
  readonly redrawn: readonly string[];
  readonly unmovedRows: number;
  readonly refusedByRules: number;
  /** Proposed rows in all, refused ones included. */
  readonly proposals: number;
  /** Proposals that each rule refused, the first broken rule of a row being the cause. */
  readonly refusalsByRule: Run['refusalsByRule'];
  readonly copies: number;
  readonly rowsPerDonor: RunDiagnostics['rowsPerDonor'];
  /** Synthetic rows that break a rule: 0 for causal twins, counted for baselines. */
  readonly ruleViolations: readonly { readonly ruleId: string; readonly count: number }[];
  /** The same, counted by the independent reading of the rules. */
  readonly independent: RunDiagnostics['independent'];
  /** Synthetic variance over real rare variance per numeric column. */
  readonly varianceKept: RunDiagnostics['varianceKept'];
  readonly moved: RunDiagnostics['moved'];
  readonly closest: RunDiagnostics['closest'];
  readonly support: RunDiagnostics['support'];
  readonly effectiveSampleSize: number | null;
  readonly prevalence: Run['prevalence'];
  /** Milliseconds of each stage, in order. */
  readonly stages: readonly StageTime[];
  readonly fits: readonly NodeFit[];
  readonly messages: readonly string[];
  readonly milliseconds: number;
}

export function summariseRun(run: Run, runId: string, stages: readonly StageTime[]): RunSummary {
  const { diagnostics, classes, settings } = run;
  const describe = ({ level, realRows, syntheticRows, weight }: ClassBalance) => ({
    level,
    realRows,
    syntheticRows,
    weight,
  });
  return {
    runId,
    generator: settings.generator,
    seed: settings.seed,
    rows: run.donor.length,
    perLevel: classes.filter(({ rare }) => rare).map(describe),
    weights: classes.map(({ level, weight }) => ({ level, weight })),
    interceptShift: run.interceptShift,
    acceptance: run.acceptance,
    redrawn: run.redrawn,
    unmovedRows: diagnostics.unmovedRows,
    refusedByRules: diagnostics.refusedByRules,
    proposals: run.proposals.reduce((sum, count) => sum + count, 0),
    refusalsByRule: run.refusalsByRule,
    copies: diagnostics.copies,
    rowsPerDonor: diagnostics.rowsPerDonor,
    ruleViolations: diagnostics.ruleViolations.map(({ ruleId, count }) => ({ ruleId, count })),
    independent: diagnostics.independent,
    varianceKept: diagnostics.varianceKept,
    moved: diagnostics.moved,
    closest: diagnostics.closest,
    support: diagnostics.support,
    effectiveSampleSize: run.effectiveSampleSize,
    prevalence: run.prevalence,
    stages,
    fits: run.fits,
    messages: run.messages,
    milliseconds: stages.reduce((sum, stage) => sum + stage.milliseconds, 0),
  };
}
