import { useCallback, useEffect, useState } from 'react';
import { asApiError, type ApiError } from './client';

export interface Fetched<T> {
  data: T | null;
  error: ApiError | null;
  reload: () => void;
}

/**
 * Fetches when mounted, when `load` changes, and every `everyMs`; the last good answer stays while
 * a later one fails. `load` has to be stable (a module function or useCallback).
 */
export function useFetched<T>(load: (signal: AbortSignal) => Promise<T>, everyMs = 20_000): Fetched<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((n) => n + 1), []);

  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal).then(
      (found) => {
        if (abort.signal.aborted) return;
        setData(found);
        setError(null);
      },
      (cause: unknown) => {
        if (!abort.signal.aborted) setError(asApiError(cause));
      },
    );
    const timer = setTimeout(reload, everyMs);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [load, everyMs, asked, reload]);

  return { data, error, reload };
}
