import '../design/table.css';
import { useCallback, useState } from 'react';
import type { AuditEntry } from '../api/types';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { ErrorNotice } from '../design/Notice';
import { fullTime } from '../worklist/format';

function AuditRow({ entry }: { entry: AuditEntry }) {
  const details = Object.entries(entry.details ?? {});
  return (
    <tr data-testid="audit-row" data-audit-id={entry.id}>
      <td className="number nowrap">{fullTime(entry.occurredAt)}</td>
      <td className="mono">{entry.action}</td>
      <td>{entry.outcome.toLowerCase()}</td>
      <td>
        {entry.actorName ?? '–'}
        <span className="second">
          {entry.actorKind?.toLowerCase()} {entry.actorAddress}
        </span>
      </td>
      <td className="mono uid">
        {entry.studyInstanceUid ?? entry.entity ?? '–'}
        {entry.patientId !== null && <span className="second">patient {entry.patientId}</span>}
      </td>
      <td className="uid">{details.map(([name, value]) => `${name}: ${value}`).join('; ') || '–'}</td>
    </tr>
  );
}

/** From `datetime-local` (the reader's own time) to the instant that the server is asked for. */
function instant(local: string): string {
  return local === '' ? '' : new Date(local).toISOString();
}

export default function AuditPage() {
  const [page, setPage] = useState(1);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const load = useCallback((signal: AbortSignal) => vigil.audit(page, instant(from), instant(to), signal), [page, from, to]);
  // Reading the trail is itself audited: no renewal by itself.
  const { data, error, reload } = useFetched(load, 3_600_000);
  const pages = data === null ? 1 : Math.max(1, Math.ceil(data.total / data.limit));
  return (
    <main className="page room">
      <div className="room-head">
        <h1>Audit trail</h1>
        {data !== null && <p className="dim number">{data.total} events. Reading them is recorded too.</p>}
      </div>
      <div className="pager">
        <label className="check">
          From
          <input className="field" type="datetime-local" value={from} onChange={(e) => { setPage(1); setFrom(e.target.value); }} />
        </label>
        <label className="check">
          To
          <input className="field" type="datetime-local" value={to} onChange={(e) => { setPage(1); setTo(e.target.value); }} />
        </label>
        <button type="button" className="button" onClick={reload}>
          Look again
        </button>
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && (
        <>
          <div className="table-frame">
            <table className="table">
              <thead>
                <tr>
                  {['Time', 'Action', 'Outcome', 'Who', 'What', 'Details'].map((title) => (
                    <th key={title} scope="col">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.events.map((entry) => (
                  <AuditRow key={entry.id} entry={entry} />
                ))}
              </tbody>
            </table>
          </div>
          <div className="pager">
            <button type="button" className="button" disabled={page <= 1} data-testid="audit-previous" onClick={() => setPage(page - 1)}>
              Newer
            </button>
            <span className="dim number">
              Page {page} of {pages}
            </span>
            <button type="button" className="button" disabled={page >= pages} data-testid="audit-next" onClick={() => setPage(page + 1)}>
              Older
            </button>
          </div>
        </>
      )}
    </main>
  );
}
