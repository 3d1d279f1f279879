import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { viewSource } from '../../state/inspect';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import type { ViewSource } from '../../worker/inspectApi';

/** Which rows the views are of: the same object as long as it is the same rows. Null without table or target. */
export function useViewSource(): ViewSource | null {
  const store = useStudioStore();
  const target = useStudio((s) => s.project.target);
  const loaded = useStudio((s) => s.loadedData);
  const ids = useStudio(useShallow((s) => Object.entries(viewSource(s)?.runs ?? {}).flat()));
  // biome-ignore lint/correctness/useExhaustiveDependencies: ids and target are what the source is made of
  return useMemo(() => (loaded === null ? null : viewSource(store.getState())), [store, target, loaded, ids]);
}
