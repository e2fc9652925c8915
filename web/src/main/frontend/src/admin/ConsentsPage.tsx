import '../design/table.css';
import './features.css';
import { useCallback, useState, type FormEvent } from 'react';
import { asApiError, type ApiError } from '../api/client';
import type { Consent, ConsentScope } from '../api/types';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { Mark } from '../design/marks';
import { ErrorNotice } from '../design/Notice';
import { may } from '../shell/roles';
import { useSession } from '../shell/session';
import { fullTime } from '../worklist/format';

const SCOPES: Record<ConsentScope, string> = {
  ai_analysis: 'AI analysis',
  export: 'Sending AI results to PACS, RIS and EHR',
};

function Form({ onSaved }: { onSaved: () => void }) {
  const [patientId, setPatientId] = useState('');
  const [issuer, setIssuer] = useState('');
  const [scope, setScope] = useState<ConsentScope>('ai_analysis');
  const [optedOut, setOptedOut] = useState(true);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await vigil.recordConsent({
        patientId: patientId.trim(), issuer: issuer.trim() === '' ? null : issuer.trim(), scope, optedOut, reason: reason.trim(),
      });
      setPatientId('');
      setReason('');
      onSaved();
    } catch (cause) {
      setError(asApiError(cause));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="consent-form" onSubmit={(event) => void submit(event)} data-testid="consent-form">
      <label>
        Patient ID
        <input className="field" value={patientId} maxLength={64} required autoComplete="off" data-testid="consent-patient"
          onChange={(e) => setPatientId(e.target.value)} />
      </label>
      <label>
        Issuer (if there are several)
        <input className="field" value={issuer} maxLength={64} autoComplete="off" data-testid="consent-issuer"
          onChange={(e) => setIssuer(e.target.value)} />
      </label>
      <label>
        For
        <select className="field" value={scope} data-testid="consent-scope"
          onChange={(e) => setScope(e.target.value as ConsentScope)}>
          {Object.entries(SCOPES).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        The patient
        <select className="field" value={optedOut ? 'out' : 'in'} data-testid="consent-choice"
          onChange={(e) => setOptedOut(e.target.value === 'out')}>
          <option value="out">opts out</option>
          <option value="in">agrees (again)</option>
        </select>
      </label>
      <label className="wide">
        Reason (required, recorded with your name)
        <input className="field" value={reason} maxLength={500} required data-testid="consent-reason"
          onChange={(e) => setReason(e.target.value)} />
      </label>
      <button type="submit" className="button primary" disabled={busy} data-testid="consent-save">
        Record
      </button>
      {error !== null && <ErrorNotice error={error} />}
    </form>
  );
}

function Row({ consent }: { consent: Consent }) {
  return (
    <tr data-testid="consent-row" data-scope={consent.scope} data-opted-out={consent.optedOut}>
      <td className="mono">
        {consent.patientId}
        {consent.issuer !== null && <span className="second">{consent.issuer}</span>}
      </td>
      <td>{SCOPES[consent.scope]}</td>
      <td>
        {consent.optedOut ? <Mark icon="notRun" word="Opted out" tone="notrun" /> : <Mark icon="completed" word="Agrees" tone="routine" />}
      </td>
      <td>{consent.reason}</td>
      <td>
        {consent.changedBy}
        <span className="second number">{fullTime(consent.changedAt)}</span>
      </td>
    </tr>
  );
}

/** What patients let be done with their data; looking at it is recorded too. */
export default function ConsentsPage() {
  const session = useSession();
  const [patient, setPatient] = useState('');
  const [asked, setAsked] = useState('');
  const load = useCallback((signal: AbortSignal) => vigil.consents(asked, signal), [asked]);
  // Each look is audited: no renewal by itself.
  const { data, error, reload } = useFetched(load, 3_600_000);
  return (
    <main className="page room">
      <div className="room-head">
        <h1>Consent</h1>
        <p className="dim">
          A patient who said nothing has not objected. An objection counts from now on: for studies yet to be analysed and
          results yet to be sent.
        </p>
      </div>
      {may(session, 'changeConsent') && <Form onSaved={reload} />}
      <form className="pager" onSubmit={(event) => { event.preventDefault(); setAsked(patient.trim()); }}>
        <label className="check">
          Patient ID
          <input className="field" value={patient} maxLength={64} autoComplete="off" onChange={(e) => setPatient(e.target.value)} />
        </label>
        <button type="submit" className="button" data-testid="consent-find">
          Find
        </button>
      </form>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && data.consents.length === 0 && <p className="none">Nothing is on record.</p>}
      {data !== null && data.consents.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['Patient', 'For', 'State', 'Reason', 'Recorded by'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.consents.map((consent) => (
                <Row key={`${consent.patientId}|${consent.issuer}|${consent.scope}`} consent={consent} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </main>
  );
}
