import { type TemporalState, temporal } from 'zundo';
import { createStore, type StoreApi } from 'zustand';
import type { EngineApi } from '../worker/api';
import { createChecksSlice } from './checks';
import { createDataSlice } from './data';
import { createDemosSlice } from './demos';
import { createDiagnosisSlice } from './diagnosis';
import { createDocumentSlice } from './document';
import { attachEffects } from './effects';
import { createExportingSlice } from './exporting';
import { createGenerationSlice } from './generation';
import { createInspectSlice } from './inspect';
import { createMapSlice } from './map';
import { createMapStudySlice } from './mapStudy';
import { createPersistenceSlice } from './persistence';
import { createPreviewSlice } from './preview';
import { noLocks, type ProjectLocks } from './projectLock';
import { createRulesSlice } from './rules';
import type { StudioStorage } from './storage';
import type { History, StudioState } from './studioState';
import { createTemplatesSlice } from './templates';
import { createTestingSlice } from './testing';
import { createUiSlice } from './ui';

/** What undo goes back to: the document, with the label of the edit that made it. */
type Remembered = Pick<StudioState, 'project' | 'editLabel'>;

export interface StudioStore extends StoreApi<StudioState> {
  /** Ends the store's own reactions (autosave, live checks). */
  detach(): void;
}

/** The studio's state on an engine and a storage; call `getState().start()` once it is on screen. */
export function createStudioStore(
  engine: EngineApi,
  storage: StudioStorage,
  locks: ProjectLocks = noLocks,
): StudioStore {
  let remembered: () => TemporalState<Remembered>;
  const labelOf = (state: Partial<Remembered> | undefined) => state?.editLabel ?? '';
  const history: History = {
    pause: () => remembered().pause(),
    resume: () => remembered().resume(),
    undo: () => remembered().undo(),
    redo: () => remembered().redo(),
    clear: () => remembered().clear(),
    labels: () => ({
      undo: remembered().pastStates.length > 0 ? store.getState().editLabel : null,
      redo: remembered().futureStates.length > 0 ? labelOf(remembered().futureStates.at(-1)) : null,
    }),
  };
  const context = { engine, storage, locks, history };
  const store = createStore<StudioState>()(
    temporal(
      (set, get, api) => ({
        ...createDocumentSlice(context)(set, get, api),
        ...createMapSlice(context)(set, get, api),
        ...createDataSlice(context)(set, get, api),
        ...createDemosSlice(context)(set, get, api),
        ...createChecksSlice(context)(set, get, api),
        ...createMapStudySlice(context)(set, get, api),
        ...createDiagnosisSlice(context)(set, get, api),
        ...createRulesSlice(context)(set, get, api),
        ...createGenerationSlice(context)(set, get, api),
        ...createPreviewSlice(context)(set, get, api),
        ...createInspectSlice(context)(set, get, api),
        ...createTestingSlice(context)(set, get, api),
        ...createTemplatesSlice(context)(set, get, api),
        ...createExportingSlice(context)(set, get, api),
        ...createUiSlice(context)(set, get, api),
        ...createPersistenceSlice(context)(set, get, api),
      }),
      {
        partialize: ({ project, editLabel }): Remembered => ({ project, editLabel }),
        equality: (a, b) => a.project === b.project,
      },
    ),
  );
  remembered = () => store.temporal.getState();
  return Object.assign(store, { detach: attachEffects(store) });
}
