import type { StateCreator } from 'zustand';
import type { CausalMap } from '../engine/graph/causalMap';
import type { DemoCard, WorldTruth } from '../worker/api';
import type { StudioContext, StudioState } from './studioState';

/** The built-in demos, and what is known of the one that is open. */
export interface DemosSlice {
  /** Null until the engine has listed them. */
  readonly demos: readonly DemoCard[] | null;
  /** What is true of the world the table was simulated from; null where that is not known. */
  readonly truth: WorldTruth | null;
  listDemos(): Promise<void>;
  /** Started by the store itself whenever the table changes. */
  refreshTruth(): Promise<void>;
}

/** The demo world that the project's table is a sample of; null for any other table. */
const demoWorldId = ({ project: { demo, data } }: Pick<StudioState, 'project'>): string | null =>
  demo && data?.hash === demo.fileHash ? demo.id : null;

/** The map that the project's rows were simulated by; null for any table that is no demo. */
export const trueMap = (state: Pick<StudioState, 'project' | 'demos'>): CausalMap | null => {
  const id = demoWorldId(state);
  return (id !== null && state.demos?.find((demo) => demo.id === id)?.map) || null;
};

export const createDemosSlice =
  (_: StudioContext): StateCreator<StudioState, [], [], DemosSlice> =>
  (set, get) => ({
    demos: null,
    truth: null,
    async listDemos() {
      const outcome = await get().ask((e) => e.listDemos());
      if (outcome.ok) set({ demos: outcome.value });
      else get().notify('error', outcome.message);
    },
    async refreshTruth() {
      const id = demoWorldId(get());
      if (id === (get().truth?.id ?? null)) return;
      const outcome = id === null ? null : await get().ask((e) => e.worldTruth(id));
      // Another table may have come while the engine answered.
      if (demoWorldId(get()) === id) set({ truth: outcome?.ok ? outcome.value : null });
    },
  });
