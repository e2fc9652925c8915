import { useCallback, useState } from 'react';
import type { Anomaly } from '../api/auditTypes';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { AskDialog } from '../design/AskDialog';
import { ErrorNotice } from '../design/Notice';
import { fullTime } from '../worklist/format';
import { Table } from './Table';

const RULES: Record<string, string> = {
  UNUSUAL_VOLUME: 'More patients than usual',
  UNUSUAL_HOUR: 'At an unusual hour',
  WATCHED_PATIENT: 'A watched record',
  OWN_RECORD: 'Own or a relative’s record',
  SAME_NAME: 'Patient of the same name',
  MANY_REFUSALS: 'Many refusals',
};

/** Unusual access, until somebody says what came of it. */
export function Anomalies() {
  const [openOnly, setOpenOnly] = useState(true);
  const load = useCallback((signal: AbortSignal) => vigil.anomalies(openOnly, signal), [openOnly]);
  const { data, error, reload } = useFetched(load, 3_600_000);
  const [settling, setSettling] = useState<Anomaly | null>(null);
  return (
    <section aria-labelledby="anomalies-title">
      <h2 id="anomalies-title">Unusual access</h2>
      <label className="check">
        <input type="checkbox" checked={openOnly} data-testid="anomaly-open-only"
          onChange={(e) => setOpenOnly(e.target.checked)} />{' '}
        Only what is not settled
      </label>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && data.anomalies.length === 0 && <p className="none">{openOnly ? 'Everything is settled.' : 'Nothing unusual was found.'}</p>}
      {data !== null && data.anomalies.length > 0 && (
        <Table titles={['When', 'What', 'Who', 'Patient', 'Evidence', 'Settled', '']}>
          {data.anomalies.map((each) => (
            <tr key={each.id} data-testid="anomaly-row" data-rule={each.rule} data-open={each.reviewedAt === null}>
              <td className="number nowrap">{fullTime(each.eventAt)}</td>
              <td>
                {RULES[each.rule] ?? each.rule}
                <span className="second">event {each.event}</span>
              </td>
              <td>{each.actorName}</td>
              <td className="mono">{each.patientId ?? '–'}</td>
              <td>{Object.entries(each.evidence).map(([name, value]) => `${name}: ${value}`).join('; ') || '–'}</td>
              <td>
                {each.reviewedBy ?? 'no'}
                {each.reviewedAt !== null && (
                  <span className="second">
                    {fullTime(each.reviewedAt)}: {each.reviewComment}
                  </span>
                )}
              </td>
              <td className="actions">
                {each.reviewedAt === null && (
                  <button type="button" className="button" data-testid="anomaly-review"
                    aria-label={`Settle: ${RULES[each.rule] ?? each.rule}, ${each.actorName}`} onClick={() => setSettling(each)}>
                    Settle
                  </button>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {settling !== null && (
        <AskDialog title="Settle" label="What came of it" required confirm="Record" testId="settle"
          explanation={`${RULES[settling.rule] ?? settling.rule}: ${settling.actorName}. Your note is recorded in your name.`}
          onConfirm={async (comment) => {
            await vigil.reviewAnomaly(settling.id, comment);
            reload();
          }}
          onClose={() => setSettling(null)} />
      )}
    </section>
  );
}
