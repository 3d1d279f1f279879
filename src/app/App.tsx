// Styles of libraries and of the kit come first, so that features can outrank them.
import '@xyflow/react/dist/base.css';
import '../ui/ui.css';
import './app.css';

import { Suspense, use } from 'react';
import { openIdbStorage } from '../state/idbStorage';
import { createMemoryStorage } from '../state/memoryStorage';
import { browserLocks } from '../state/projectLock';
import { StudioProvider } from '../state/StudioProvider';
import { createStudioStore, type StudioStore } from '../state/store';
import { connectEngine } from '../worker/client';
import { Shell } from './Shell';

/** Once a page: the engine in its worker, the storage, and the state on both. */
async function openStudio(): Promise<StudioStore> {
  let failure: unknown = null;
  const storage = await openIdbStorage().catch((error: unknown) => {
    failure = error;
    return createMemoryStorage();
  });
  const store = createStudioStore(connectEngine(), storage, browserLocks());
  if (failure !== null) store.getState().reportStorageFailure(failure);
  // Work of the last 300 ms is not saved yet when the tab is hidden, closed or killed in the background.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void store.getState().saveNow();
  });
  addEventListener('pagehide', () => store.getState().keepAtOnce());
  void store.getState().start();
  return store;
}

const studio = openStudio();

export function App() {
  return (
    <Suspense>
      <Studio />
    </Suspense>
  );
}

function Studio() {
  return (
    <StudioProvider store={use(studio)}>
      <Shell />
    </StudioProvider>
  );
}
