import type { StateCreator } from 'zustand';
import { type Activity, idle, newTaskId } from './activity';
import { missingRows, runRecord, staleParts } from './generation';
import { inputsHash } from './runInputs';
import type { StoredTest } from './storage';
import type { StudioContext, StudioState } from './studioState';

/** Dependence tests of runs, before against after. */
export interface TestingSlice {
  readonly testing: Activity;
  /** Reports by run id; see `isTestStale` before showing one as current. */
  readonly tests: Readonly<Record<string, StoredTest>>;
  /** Tests the given run, by default the active one. */
  startTest(runId?: string): Promise<void>;
  cancelTest(): void;
}

/** True when the run or anything it was tested against has changed since the report. */
export function isTestStale(state: Pick<StudioState, 'project' | 'tests' | 'comparisonRunId'>, runId: string): boolean {
  const stored = state.tests[runId];
  const record = runRecord(state, runId);
  if (!stored || !record) return false;
  return stored.inputs !== inputsHash(state.project, record.settings) || staleParts(state, runId).length > 0;
}

export const createTestingSlice =
  ({ engine }: StudioContext): StateCreator<StudioState, [], [], TestingSlice> =>
  (set, get) => {
    let latest = 0;
    return {
      testing: idle,
      tests: {},
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
        const inputs = inputsHash(project, record.settings);
        const report = (share: number, phase: string) => {
          if (turn === latest) set({ testing: { status: 'running', taskId, share, phase } });
        };
        report(0, 'Preparing');
        const outcome = await get().ask((e) => e.test(taskId, project, runId, report));
        if (turn !== latest || !runRecord(get(), runId)) return;
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
        set({ testing: idle });
      },
    };
  };
