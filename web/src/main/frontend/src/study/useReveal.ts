import { useCallback, useEffect, useState } from 'react';
import { asApiError, type ApiError } from '../api/client';
import type { Analysis, AnalysisSummary } from '../api/types';
import { vigil } from '../api/vigil';

export interface Reveal {
  revealed: boolean;
  busy: boolean;
  analyses: Analysis[];
  error: ApiError | null;
  toggle: () => void;
  /** Fetches the revealed results again, for example after feedback. */
  renew: () => Promise<void>;
}

/** What exists to be revealed: results, and failures with their reason. */
function completed(summaries: readonly AnalysisSummary[]): string[] {
  return summaries.filter((each) => each.status === 'completed').map((each) => each.analysisId);
}

/**
 * The switch between the reader's own look and the AI's. It is off whenever a study is opened;
 * findings are not even fetched before it is turned on, and turning it on is recorded by the
 * server first: where that fails, nothing is revealed. `recorded` is false for those who do not
 * read the study (a referring clinician): there is no first look to keep apart.
 */
export function useReveal(summaries: readonly AnalysisSummary[], recorded: boolean): Reveal {
  const [revealed, setRevealed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [analyses, setAnalyses] = useState<Analysis[]>([]);
  const [error, setError] = useState<ApiError | null>(null);
  const ids = completed(summaries).join(' ');

  const fetchAll = useCallback(async () => {
    const wanted = ids === '' ? [] : ids.split(' ');
    return Promise.all(wanted.map((id) => vigil.analysis(id)));
  }, [ids]);

  const turnOn = useCallback(async () => {
    setBusy(true);
    setError(null);
    try {
      const wanted = ids === '' ? [] : ids.split(' ');
      if (recorded) await Promise.all(wanted.map((id) => vigil.reveal(id)));
      setAnalyses(await fetchAll());
      setRevealed(true);
    } catch (cause) {
      setError(asApiError(cause));
    } finally {
      setBusy(false);
    }
  }, [ids, recorded, fetchAll]);

  const renew = useCallback(async () => {
    setAnalyses(await fetchAll());
  }, [fetchAll]);

  // A result that arrives while the AI is revealed (a re-run) has to be revealed, and recorded, too.
  const shownIds = analyses.map((each) => each.analysisId).join(' ');
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect
    if (revealed && !busy && error === null && ids !== shownIds) void turnOn();
  }, [revealed, busy, error, ids, shownIds, turnOn]);

  const toggle = useCallback(() => {
    if (busy) return;
    if (revealed) setRevealed(false);
    else void turnOn();
  }, [busy, revealed, turnOn]);

  return { revealed, busy, analyses, error, toggle, renew };
}
