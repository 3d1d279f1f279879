import type { StateCreator } from 'zustand';
import type { CausalMap } from '../engine/graph/causalMap';
import type { ArrowSuggestions, Falsification, HintMethod, OnProgress, Outcome } from '../worker/api';
import { type Activity, idle, newTaskId } from './activity';
import { dataHash, mapHash } from './runInputs';
import type { StudioContext, StudioState } from './studioState';

/** An answer of the engine about a map, with what it is about. */
export interface Studied<T> {
  readonly result: T;
  /** See `studyInputs`; another value now means that the answer is of an earlier map or table. */
  readonly inputs: string;
  readonly projectId: string;
}

/** Questions about the map that are asked of the data on request: is it better than chance, what else would they allow. */
export interface MapStudySlice {
  readonly falsifying: Activity;
  readonly falsification: Studied<Falsification> | null;
  readonly hinting: Activity;
  readonly hints: Studied<ArrowSuggestions> | null;
  readonly hintMethod: HintMethod;
  /** Hints are drawn on the canvas, dashed. */
  readonly areHintsShown: boolean;
  /** A map to compare the one on the canvas with, and what to call it. */
  readonly otherMap: { readonly map: CausalMap; readonly name: string } | null;
  compareWith(other: { readonly map: CausalMap; readonly name: string } | null): void;
  startFalsification(): Promise<void>;
  startHints(): Promise<void>;
  setHintMethod(method: HintMethod): void;
  showHints(areShown: boolean): void;
  cancelMapStudy(): void;
}

/** The map as the study sees it, knowledge included, and the table. */
export function studyInputs({ project }: Pick<StudioState, 'project'>): string {
  const { map, data } = project;
  const knowledge = JSON.stringify([
    map.nodes.map(({ tier }) => tier),
    map.edges.map(({ confidence }) => confidence),
    map.forbidden ?? [],
  ]);
  return [dataHash(data), mapHash(map), knowledge].join('-');
}

/** The answer about the open project; null where there is none. */
export const ofProject = <T>(studied: Studied<T> | null, projectId: string): Studied<T> | null =>
  studied?.projectId === projectId ? studied : null;

export const createMapStudySlice =
  ({ engine }: StudioContext): StateCreator<StudioState, [], [], MapStudySlice> =>
  (set, get) => {
    /** Runs one question; the latest one of its kind wins, and a table that was closed meanwhile takes no answer. */
    const study = async <T>(
      activity: 'falsifying' | 'hinting',
      purpose: string,
      question: (taskId: string, map: CausalMap, report: OnProgress) => Promise<Outcome<T>>,
      keep: (studied: Studied<T>) => void,
    ) => {
      const before = get()[activity];
      if (before.status === 'running') engine.cancel(before.taskId);
      const inputs = studyInputs(get());
      const { map } = get().project;
      const projectId = get().projectId;
      const taskId = newTaskId(purpose);
      const isLatest = () => {
        const now = get()[activity];
        return now.status === 'running' && now.taskId === taskId;
      };
      const write = (value: Activity) =>
        activity === 'falsifying' ? set({ falsifying: value }) : set({ hinting: value });
      write({ status: 'running', taskId, share: 0, phase: 'Asking the data' });
      const outcome = await question(taskId, map, (share, phase) => {
        if (isLatest()) write({ status: 'running', taskId, share, phase });
      });
      if (!isLatest()) return;
      if (outcome.ok || get().projectId !== projectId) {
        write(idle);
        if (outcome.ok) keep({ result: outcome.value, inputs, projectId });
      } else if (outcome.code === 'cancelled') write(idle);
      else write({ status: 'failed', message: outcome.message });
    };
    return {
      falsifying: idle,
      falsification: null,
      hinting: idle,
      hints: null,
      hintMethod: 'boss',
      areHintsShown: false,
      otherMap: null,
      compareWith: (otherMap) => set({ otherMap }),
      startFalsification: () =>
        study(
          'falsifying',
          'falsify',
          (taskId, map, report) => get().ask((e) => e.falsifyMap(taskId, map, report)),
          (falsification) => set({ falsification }),
        ),
      startHints: () =>
        study(
          'hinting',
          'hints',
          (taskId, map, report) => get().ask((e) => e.suggestArrows(taskId, map, get().hintMethod, report)),
          (hints) => set({ hints, areHintsShown: true }),
        ),
      setHintMethod: (hintMethod) => set({ hintMethod }),
      showHints: (areHintsShown) => set({ areHintsShown }),
      cancelMapStudy() {
        for (const activity of [get().falsifying, get().hinting])
          if (activity.status === 'running') engine.cancel(activity.taskId);
      },
    };
  };
