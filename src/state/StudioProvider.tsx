import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { StudioStore } from './store';
import type { StudioState } from './studioState';

const StudioContext = createContext<StudioStore | null>(null);

/** Gives the store to everything below; tests give their own. */
export function StudioProvider({ store, children }: { readonly store: StudioStore; readonly children: ReactNode }) {
  return <StudioContext value={store}>{children}</StudioContext>;
}

/** The store itself, for reading the newest state inside event handlers without subscribing to it. */
export function useStudioStore(): StudioStore {
  const store = useContext(StudioContext);
  if (!store) throw new Error('useStudio needs a StudioProvider above it.');
  return store;
}

/** Subscribes to a part of the state. Select values or stable references; wrap computed objects in `useShallow`. */
export const useStudio = <T,>(selector: (state: StudioState) => T): T => useStore(useStudioStore(), selector);
