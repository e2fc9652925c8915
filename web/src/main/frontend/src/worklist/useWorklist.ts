import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import { vigil } from '../api/vigil';
import { WorklistStore, type WorklistSnapshot } from './store';

export function openStore(): WorklistStore {
  return new WorklistStore({
    fetch: (includeRead, signal) => vigil.worklist(includeRead, signal),
    openEvents: () => new EventSource('/api/worklist/events', { withCredentials: true }),
  });
}

export const WorklistContext = createContext<WorklistStore | null>(null);

export function useWorklistStore(): WorklistStore {
  const store = useContext(WorklistContext);
  if (store === null) throw new Error('the worklist is used outside a logged-in page');
  return store;
}

export function useWorklist(): WorklistSnapshot {
  const store = useWorklistStore();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Runs the store while mounted, and wakes it when the tab is looked at or the network returns. */
export function useRunning(store: WorklistStore, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const wake = () => {
      if (document.visibilityState === 'visible') store.wake();
    };
    store.start();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      store.stop();
    };
  }, [store, enabled]);
}
