import type { StateCreator } from 'zustand';
import type { ComparisonKind, Statement, StatementResult, Verdict } from '../engine/dependence/comparison';
import { generators } from '../engine/generators/catalogue';
import type { TestSettings } from '../engine/project/project';
import { changedProject } from '../engine/project/projectChange';
import type { Outcome } from '../worker/api';
import type { Arm, MechanismReport, RemedyReport, SecondOpinions } from '../worker/testApi';
import { type Activity, idle, newTaskId } from './activity';
import { missingRows, runRecord, staleParts } from './generation';
import { inputsHash } from './runInputs';
import type { StoredTest } from './storage';
import type { StudioContext, StudioState } from './studioState';

/** An answer with what it was asked about. */
export interface Answered<T> {
  readonly value: T;
  readonly inputs: string;
}

type Remedy = RemedyReport['remedies'][number];

/** Dependence tests of runs, before against after, and what follows from them. */
export interface TestingSlice {
  readonly testing: Activity;
  /** Reports by run id; see `isTestStale` before showing one as current. */
  readonly tests: Readonly<Record<string, StoredTest>>;
  /** Verdicts of the test under way, as they fall. */
  readonly earlyResults: { readonly runId: string; readonly results: readonly StatementResult[] } | null;
  readonly checkingMechanisms: Activity;
  readonly mechanisms: Readonly<Record<string, Answered<MechanismReport>>>;
  readonly findingRemedies: Activity;
  readonly remedies: Readonly<Record<string, Answered<RemedyReport>>>;
  readonly testingArms: Activity;
  readonly arms: Answered<readonly Arm[]> | null;

  setTests(patch: Partial<TestSettings>): void;
  /** Tests the given run, by default the active one. */
  startTest(runId?: string): Promise<void>;
  cancelTest(): void;
  /** Checks every mechanism on rare rows held out from learning. */
  startMechanismCheck(runId: string): Promise<void>;
  /** Tries what would mend the damaged statements of a run. */
  startRemedies(runId: string): Promise<void>;
  /** Makes the change, makes rows again and tests them. */
  applyRemedy(remedy: Remedy): Promise<void>;
  /** Puts every generator to the same tests. */
  startArms(): Promise<void>;
  cancelStudies(): void;
  askSecondOpinions(runId: string, statement: Statement, comparison: ComparisonKind): Promise<Outcome<SecondOpinions>>;
}

type TestedState = Pick<StudioState, 'project' | 'tests' | 'comparisonRunId'>;

/** What a report depends on besides the rows: settings of the tests and the exposure whose paths are followed. */
const testInputs = (project: StudioState['project'], runId: string): string => {
  const settings = project.runs.find(({ id }) => id === runId)?.settings ?? project.generation;
  return [
    inputsHash(project, settings),
    JSON.stringify([project.tests, project.exposure, project.design?.time ?? null]),
  ].join('-');
};

/** The report of a run, where it has one that this build can show. */
export function reportOf(state: Pick<StudioState, 'tests'>, runId: string | null): StoredTest['report'] | null {
  const report = runId === null ? undefined : state.tests[runId]?.report;
  // Reports kept by an earlier build lack parts.
  return report && 'fidelity' in report ? report : null;
}

/** True when the run or anything it was tested against has changed since the report. */
export function isTestStale(state: TestedState, runId: string): boolean {
  const stored = state.tests[runId];
  if (!stored || !runRecord(state, runId)) return false;
  return stored.inputs !== testInputs(state.project, runId) || staleParts(state, runId).length > 0;
}

export const isAnswerStale = (state: TestedState, runId: string, answer: Answered<unknown>): boolean =>
  answer.inputs !== testInputs(state.project, runId);

/** What the tests of the active run say of an arrow: the verdict that matters most, with the effects behind it. */
export interface ArrowVerdictAfter {
  readonly verdict: Verdict;
  readonly before: number;
  readonly after: number;
  readonly sentence: string;
}

const gravity: readonly Verdict[] = ['damaged', 'cannot-tell', 'kept', 'expected-from-balancing'];
const arrowKey = (from: string, to: string): string => JSON.stringify([from, to]);
/** Of each report, computed once: canvases ask at every change of the document. */
const verdictsByArrow = new WeakMap<object, ReadonlyMap<string, ArrowVerdictAfter>>();

function arrowVerdicts(report: StoredTest['report']): ReadonlyMap<string, ArrowVerdictAfter> {
  const known = verdictsByArrow.get(report);
  if (known) return known;
  const worst = new Map<string, ArrowVerdictAfter>();
  for (const { statement, comparison, verdict, before, after, sentence } of report.results) {
    if (statement.kind !== 'arrow' || comparison === 'unweighted') continue;
    const key = arrowKey(statement.x, statement.y);
    const other = worst.get(key);
    if (!other || gravity.indexOf(verdict) < gravity.indexOf(other.verdict))
      worst.set(key, { verdict, before, after, sentence });
  }
  verdictsByArrow.set(report, worst);
  return worst;
}

/** For the canvas: null where the run is not tested, the report is out of date or the arrow was not asked about. */
export function arrowVerdictAfter(
  state: TestedState & Pick<StudioState, 'activeRunId'>,
  from: string,
  to: string,
): ArrowVerdictAfter | null {
  const report = reportOf(state, state.activeRunId);
  const found = report ? arrowVerdicts(report).get(arrowKey(from, to)) : undefined;
  return found && !isTestStale(state, state.activeRunId!) ? found : null;
}

/** The study slots that run one long question each. */
type StudySlot = 'checkingMechanisms' | 'findingRemedies' | 'testingArms';

export const createTestingSlice =
  ({ engine }: StudioContext): StateCreator<StudioState, [], [], TestingSlice> =>
  (set, get) => {
    let latest = 0;
    const turns: Record<StudySlot, number> = { checkingMechanisms: 0, findingRemedies: 0, testingArms: 0 };

    /** Runs one question of a slot; the latest one wins. */
    const study = async <T>(
      slot: StudySlot,
      question: (taskId: string, report: (share: number, phase: string) => void) => Promise<Outcome<T>>,
      keep: (value: T) => void,
    ) => {
      const turn = ++turns[slot];
      const before = get()[slot];
      if (before.status === 'running') engine.cancel(before.taskId);
      const taskId = newTaskId(slot);
      const report = (share: number, phase: string) => {
        if (turn === turns[slot]) set({ [slot]: { status: 'running', taskId, share, phase } });
      };
      report(0, 'Preparing');
      const outcome = await question(taskId, report);
      if (turn !== turns[slot]) return;
      if (!outcome.ok) {
        set({ [slot]: outcome.code === 'cancelled' ? idle : { status: 'failed', message: outcome.message } });
        return;
      }
      set({ [slot]: idle });
      keep(outcome.value);
    };

    return {
      testing: idle,
      tests: {},
      earlyResults: null,
      checkingMechanisms: idle,
      mechanisms: {},
      findingRemedies: idle,
      remedies: {},
      testingArms: idle,
      arms: null,

      setTests: (patch) =>
        get().edit(
          `Change ${Object.keys(patch).join(', ')} of the tests`,
          (p) => ({ ...p, tests: { ...p.tests, ...patch } }),
          `tests ${Object.keys(patch).join()}`,
        ),

      async startTest(given) {
        const runId = given ?? get().activeRunId;
        const { project } = get();
        const record = runRecord(get(), runId);
        if (!runId || !record) {
          set({
            testing: { status: 'failed', message: 'There are no synthetic rows to test yet: generate some first.' },
          });
          return;
        }
        const message = missingRows(get(), runId);
        if (message) {
          set({ testing: { status: 'failed', message } });
          return;
        }
        const turn = ++latest;
        const before = get().testing;
        if (before.status === 'running') engine.cancel(before.taskId);
        const taskId = newTaskId('test');
        const inputs = testInputs(project, runId);
        const report = (share: number, phase: string) => {
          if (turn === latest) set({ testing: { status: 'running', taskId, share, phase } });
        };
        const hear = (results: readonly StatementResult[]) => {
          if (turn !== latest || get().testing.status !== 'running') return;
          set(({ earlyResults }) => ({
            earlyResults: { runId, results: [...(earlyResults?.results ?? []), ...results] },
          }));
        };
        set({ earlyResults: { runId, results: [] } });
        report(0, 'Preparing');
        const outcome = await get().ask((e) => e.test(taskId, project, runId, report, hear));
        if (turn !== latest || !runRecord(get(), runId)) return;
        set({ earlyResults: null });
        if (!outcome.ok) {
          set({ testing: outcome.code === 'cancelled' ? idle : { status: 'failed', message: outcome.message } });
          return;
        }
        set((state) => ({
          testing: idle,
          tests: { ...state.tests, [runId]: { report: outcome.value, inputs } },
        }));
        const { kept, damaged } = outcome.value.counts;
        get().announce(`Tests finished: ${kept} kept, ${damaged} damaged.`);
      },

      cancelTest() {
        const { testing } = get();
        if (testing.status !== 'running') return;
        latest++;
        engine.cancel(testing.taskId);
        set({ testing: idle, earlyResults: null });
      },

      async startMechanismCheck(runId) {
        const { project } = get();
        const inputs = testInputs(project, runId);
        await study(
          'checkingMechanisms',
          (taskId, report) => get().ask((e) => e.checkMechanisms(taskId, project, runId, report)),
          (value) => {
            set((state) => ({ mechanisms: { ...state.mechanisms, [runId]: { value, inputs } } }));
            const damaged = value.checks.filter(({ verdict }) => verdict === 'damaged').length;
            get().announce(`Mechanisms checked on held-out rows: ${damaged} damaged.`);
          },
        );
      },

      async startRemedies(runId) {
        const { project } = get();
        const inputs = testInputs(project, runId);
        const damaged = (reportOf(get(), runId)?.results ?? []).filter(({ verdict }) => verdict === 'damaged');
        await study(
          'findingRemedies',
          (taskId, report) => get().ask((e) => e.findRemedies(taskId, project, runId, damaged, report)),
          (value) => {
            set((state) => ({ remedies: { ...state.remedies, [runId]: { value, inputs } } }));
            get().announce(value.conclusion);
          },
        );
      },

      async applyRemedy({ label, change }) {
        get().edit(`Remedy: ${label}`, (p) => changedProject(p, change));
        if (change.withWeights) return get().startTest();
        const before = get().activeRunId;
        await get().startGeneration();
        const made = get().activeRunId;
        if (made !== null && made !== before) await get().startTest(made);
      },

      async startArms() {
        const { project } = get();
        const inputs = testInputs(project, '');
        set({ arms: { value: [], inputs } });
        await study(
          'testingArms',
          (taskId, report) =>
            get().ask((e) =>
              e.testArms(
                taskId,
                project,
                generators.map(({ id }) => id),
                report,
                (arm) => {
                  if (get().testingArms.status !== 'running') return;
                  set(({ arms }) => ({ arms: { value: [...(arms?.value ?? []), arm], inputs } }));
                },
              ),
            ),
          (value) => {
            set({ arms: { value, inputs } });
            get().announce(`${value.length} generators tested.`);
          },
        );
      },

      cancelStudies() {
        for (const slot of ['checkingMechanisms', 'findingRemedies', 'testingArms'] as const) {
          const activity = get()[slot];
          if (activity.status !== 'running') continue;
          turns[slot]++;
          engine.cancel(activity.taskId);
          set({ [slot]: idle });
        }
      },

      askSecondOpinions(runId, statement, comparison) {
        const { project } = get();
        return get().ask((e) =>
          e.secondOpinions(newTaskId('opinions'), project, runId, statement, comparison, () => {}),
        );
      },
    };
  };
