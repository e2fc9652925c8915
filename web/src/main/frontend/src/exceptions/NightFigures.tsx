import { useCallback } from 'react';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { ErrorNotice } from '../design/Notice';

/** The night in figures, as the database counts them. */
export function NightFigures() {
  const load = useCallback((signal: AbortSignal) => vigil.nightSummary(signal), []);
  const { data, error, reload } = useFetched(load);
  if (error !== null && data === null) return <ErrorNotice error={error} onRetry={reload} />;
  if (data === null) return null;
  const figures: [string, number][] = [
    ['studies', data.studies],
    ['analysed', data.analysed],
    ['AI waiting', data.pending],
    ['AI not run', data.notRun],
    ['AI failed', data.failed],
    ['quarantined', data.quarantined],
    ['without order', data.unmatched],
    ['orders waiting', data.awaitingOrders],
    ['alerts', data.alerts],
  ];
  return (
    <section aria-label="The night in figures" data-testid="night-summary">
      <div className="figures">
        {figures.map(([word, count]) => (
          <div key={word} className="figure">
            <b className="number">{count}</b>
            <span className="dim">{word}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
