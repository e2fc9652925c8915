import { useCallback, useState } from 'react';
import { asApiError, type ApiError } from '../api/client';

export interface Work {
  busy: boolean;
  error: ApiError | null;
  /** Runs it and says whether it went well. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** Something that a button sets going: one at a time, and what went wrong is kept to be shown. */
export function useWork(): Work {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = useCallback(async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (cause) {
      setError(asApiError(cause));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, error, run };
}
