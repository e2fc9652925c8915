import { useCallback, useState } from 'react';
import type { FormEvent } from 'react';
import type { AuditEntry, AuditSearch } from '../api/auditTypes';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { ErrorNotice } from '../design/Notice';
import { may } from '../shell/roles';
import { useSession } from '../shell/session';
import { fullTime } from '../worklist/format';
import { instant } from './instant';
import { useWork } from './useWork';

const ANY: AuditSearch = { from: '', to: '', patientId: '', user: '', study: '', action: '', outcome: '' };

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

function SearchForm({ onSearch }: { onSearch: (search: AuditSearch) => void }) {
  const [form, setForm] = useState<AuditSearch>(ANY);
  const field = (name: keyof AuditSearch, label: string, type = 'text') => (
    <label>
      {label}
      <input
        className="field"
        type={type}
        value={form[name]}
        data-testid={`audit-${name}`}
        onChange={(e) => setForm({ ...form, [name]: e.target.value })}
      />
    </label>
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch({ ...form, from: instant(form.from), to: instant(form.to), action: form.action.trim().toLowerCase() });
  };
  return (
    <form className="consent-form" onSubmit={submit} role="search" aria-label="Audit trail">
      {field('from', 'From', 'datetime-local')}
      {field('to', 'To', 'datetime-local')}
      {field('patientId', 'Patient ID')}
      {field('user', 'User')}
      {field('study', 'Study UID')}
      {field('action', 'Action')}
      <label>
        Outcome
        <select
          className="field"
          value={form.outcome}
          data-testid="audit-outcome"
          onChange={(e) => setForm({ ...form, outcome: e.target.value })}
        >
          <option value="">any</option>
          <option value="success">success</option>
          <option value="refused">refused</option>
          <option value="failure">failure</option>
        </select>
      </label>
      <button type="submit" className="button" data-testid="audit-search">
        Search
      </button>
    </form>
  );
}

const FORMATS = { csv: 'CSV', fhir: 'FHIR AuditEvent', dicom: 'DICOM audit messages' } as const;

/** Everything that was searched for, as a file. */
function Exports({ search }: { search: AuditSearch }) {
  const { busy, error, run } = useWork();
  return (
    <div className="pager" role="group" aria-label="Take what was found away as a file">
      <span className="dim">All that was found, as a file:</span>
      {(Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map((format) => (
        <button key={format} type="button" className="button" disabled={busy} data-testid={`audit-export-${format}`}
          onClick={() => void run(() => vigil.exportAudit(format, search))}>
          {FORMATS[format]}
        </button>
      ))}
      {error !== null && <ErrorNotice error={error} />}
    </div>
  );
}

/** Who did what: searched by patient, person, study, action and time. */
export function Trail() {
  const session = useSession();
  const [search, setSearch] = useState<AuditSearch>(ANY);
  // Where each page up to the one shown begins; the newest begins nowhere.
  const [begins, setBegins] = useState<string[]>(['']);
  const load = useCallback(
    (signal: AbortSignal) => vigil.audit(search, begins[begins.length - 1] ?? '', signal),
    [search, begins],
  );
  // Reading the trail is itself audited: no renewal by itself.
  const { data, error, reload } = useFetched(load, 3_600_000);
  return (
    <section aria-labelledby="trail-title">
      <h2 id="trail-title">Search the trail</h2>
      <SearchForm
        onSearch={(wanted) => {
          setBegins(['']);
          setSearch(wanted);
        }}
      />
      {may(session, 'exportAudit') && <Exports search={search} />}
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
            <button
              type="button"
              className="button"
              disabled={begins.length <= 1}
              data-testid="audit-previous"
              onClick={() => setBegins(begins.slice(0, -1))}
            >
              Newer
            </button>
            <span className="dim number">Page {begins.length}</span>
            <button
              type="button"
              className="button"
              disabled={data.next === null}
              data-testid="audit-next"
              onClick={() => setBegins([...begins, data.next ?? ''])}
            >
              Older
            </button>
          </div>
        </>
      )}
    </section>
  );
}
