import { useCallback, useEffect, useRef, useState } from 'react';
import { asApiError, type ApiError } from '../api/client';
import type { Study } from '../api/types';
import { vigil } from '../api/vigil';
import { useWorklist } from '../worklist/useWorklist';

export interface StudyState {
  study: Study | null;
  error: ApiError | null;
  reload: () => void;
}

/** How often a study is fetched again of which a prior is on its way. */
const PRIORS_EVERY_MS = 15_000;

/**
 * The study, fetched when opened and again whenever the worklist says that something changed, which
 * it does not when a prior comes.
 */
export function useStudy(studyUid: string): StudyState {
  const { events } = useWorklist();
  const [study, setStudy] = useState<Study | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [asked, setAsked] = useState(0);
  const shown = useRef('');

  useEffect(() => {
    const abort = new AbortController();
    vigil.study(studyUid, abort.signal).then(
      (found) => {
        setError(null);
        // The same answer keeps the same object, so that the viewer does not start again.
        const text = JSON.stringify(found);
        if (text === shown.current) return;
        shown.current = text;
        setStudy((old) => (old === null ? found : keepSeries(old, found)));
      },
      (cause: unknown) => {
        if (!abort.signal.aborted) setError(asApiError(cause));
      },
    );
    return () => abort.abort();
  }, [studyUid, asked, events]);

  const waits = study?.priors.some((prior) => prior.state === 'wanted') ?? false;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(() => setAsked((n) => n + 1), PRIORS_EVERY_MS);
    return () => clearInterval(timer);
  }, [waits]);

  const reload = useCallback(() => setAsked((n) => n + 1), []);
  return { study, error, reload };
}

function keepSeries(old: Study, found: Study): Study {
  const series = found.series.map((each) => {
    const before = old.series.find((other) => other.seriesInstanceUid === each.seriesInstanceUid);
    return before !== undefined && JSON.stringify(before) === JSON.stringify(each) ? before : each;
  });
  return { ...found, series };
}
