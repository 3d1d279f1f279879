import type { StateCreator } from 'zustand';
import type { Diagnosis } from '../worker/api';
import { type Activity, idle, newTaskId } from './activity';
import { isMapCheckStale } from './checks';
import { dataHash, mapHash } from './runInputs';
import type { StudioContext, StudioState } from './studioState';

/** The diagnosis of the real rows, made when it is looked at. */
export interface DiagnosisSlice {
  readonly diagnosing: Activity;
  readonly diagnosis: {
    readonly result: Diagnosis;
    /** See `diagnosisInputs`; another value now means that it is of an earlier table, target or map. */
    readonly inputs: string;
    readonly projectId: string;
  } | null;
  startDiagnosis(): Promise<void>;
  cancelDiagnosis(): void;
}

type DiagnosedState = Pick<StudioState, 'project' | 'mapCheck' | 'mapCheckInputs' | 'loadedData'>;

/** Everything the diagnosis depends on. */
export function diagnosisInputs(state: DiagnosedState): string {
  const { data, map, target, exposure, design } = state.project;
  return JSON.stringify([dataHash(data), mapHash(map), target, exposure, design ?? null, refutedClaims(state)]);
}

/** Refuted claims of the current map; 0 while they have not been tested. */
const refutedClaims = (state: DiagnosedState): number =>
  isMapCheckStale(state)
    ? 0
    : (state.mapCheck?.independences.filter(({ verdict }) => verdict === 'refuted').length ?? 0);

export const createDiagnosisSlice =
  ({ engine }: StudioContext): StateCreator<StudioState, [], [], DiagnosisSlice> =>
  (set, get) => ({
    diagnosing: idle,
    diagnosis: null,
    async startDiagnosis() {
      const before = get().diagnosing;
      if (before.status === 'running') engine.cancel(before.taskId);
      const inputs = diagnosisInputs(get());
      const { project, projectId } = get();
      const taskId = newTaskId('diagnose');
      const isLatest = () => {
        const now = get().diagnosing;
        return now.status === 'running' && now.taskId === taskId;
      };
      set({ diagnosing: { status: 'running', taskId, share: 0, phase: 'Looking at the rows' } });
      const { target, map, exposure, design } = project;
      const asked = { target, map, exposure, ...(design && { design }) };
      const outcome = await get().ask((e) =>
        e.diagnose(taskId, asked, refutedClaims(get()), (share, phase) => {
          if (isLatest()) set({ diagnosing: { status: 'running', taskId, share, phase } });
        }),
      );
      if (!isLatest()) return;
      if (outcome.ok && get().projectId === projectId)
        set({ diagnosing: idle, diagnosis: { result: outcome.value, inputs, projectId } });
      else if (outcome.ok || outcome.code === 'cancelled') set({ diagnosing: idle });
      else set({ diagnosing: { status: 'failed', message: outcome.message } });
    },
    cancelDiagnosis() {
      const { diagnosing } = get();
      if (diagnosing.status === 'running') engine.cancel(diagnosing.taskId);
    },
  });
