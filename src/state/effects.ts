import type { StoreApi } from 'zustand';
import { isMapCheckStale, mapCheckInputs } from './checks';
import { dataHash } from './runInputs';
import type { StudioState } from './studioState';

const autosaveMs = 300;
const mapCheckMs = 250;

/**
 * What follows from a change without anyone asking: saving, reading the table again after its reading was changed (or
 * undone), checking map and rules, refreshing histograms. Returns the function that stops it.
 */
export function attachEffects(store: StoreApi<StudioState>): () => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const later = (name: string, ms: number, act: () => void) => {
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(act, ms));
  };

  const detach = store.subscribe((now, before) => {
    const { project } = now;
    const isTableReady = now.table.status === 'ready';

    if (now.projectId !== before.projectId) now.claimProject();

    const isSaved =
      project === before.project &&
      now.activeRunId === before.activeRunId &&
      now.comparisonRunId === before.comparisonRunId &&
      now.tests === before.tests &&
      now.theme === before.theme &&
      now.dockHeight === before.dockHeight &&
      now.isDockOpen === before.isDockOpen;
    if (!isSaved) later('save', autosaveMs, () => void store.getState().saveNow());

    // Only edits and undo lead here: opening a project reads its file itself.
    if (project.data !== before.project.data && now.projectId === before.projectId && now.loadedData !== null) {
      if (project.data === null || dataHash(project.data) !== now.loadedData)
        later('read', 0, () => void store.getState().readOwnFile());
      else if (now.table.status === 'failed') store.getState().dismissImportFailure();
    }

    if (project.demo !== before.project.demo || project.data !== before.project.data)
      later('truth', 0, () => void store.getState().refreshTruth());

    if (
      project.map !== before.project.map ||
      project.target !== before.project.target ||
      project.design !== before.project.design ||
      now.loadedData !== before.loadedData
    ) {
      if (isTableReady && isMapCheckStale(now)) later('map', mapCheckMs, () => void store.getState().startMapCheck());
      else if (mapCheckInputs(now) === null && now.mapCheck)
        later('map', 0, () => void store.getState().startMapCheck());
    }

    if (
      project.rules !== before.project.rules ||
      project.target !== before.project.target ||
      now.loadedData !== before.loadedData
    )
      if (isTableReady) later('rules', mapCheckMs, () => void store.getState().startRuleCheck());

    if (
      now.marks.length > 0 &&
      (now.activeRunId !== before.activeRunId ||
        now.comparisonRunId !== before.comparisonRunId ||
        now.otherRunId !== before.otherRunId ||
        now.runs !== before.runs)
    )
      later('marks', 0, () => store.getState().dropStaleMarks());

    if (
      now.loadedData !== before.loadedData ||
      project.target !== before.project.target ||
      now.activeRunId !== before.activeRunId ||
      (now.activeRunId !== null && now.runs[now.activeRunId] !== before.runs[now.activeRunId])
    )
      if (isTableReady) later('columns', 0, () => void store.getState().refreshColumns());
  });

  return () => {
    detach();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
