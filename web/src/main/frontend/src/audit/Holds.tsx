import '../admin/features.css';
import { useCallback, useState, type FormEvent } from 'react';
import type { HoldWish, LegalHold } from '../api/auditTypes';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { AskDialog } from '../design/AskDialog';
import { ErrorNotice } from '../design/Notice';
import { fullTime } from '../worklist/format';
import { instant } from './instant';
import { Table } from './Table';
import { useWork } from './useWork';

const NOTHING: HoldWish = { patientId: '', studyInstanceUid: '', from: '', to: '', reason: '' };

function Form({ onPlaced }: { onPlaced: () => void }) {
  const [hold, setHold] = useState<HoldWish>(NOTHING);
  const { busy, error, run } = useWork();
  const field = (name: keyof HoldWish, label: string, testId: string, type = 'text') => (
    <label className={name === 'reason' ? 'wide' : undefined}>
      {label}
      <input className="field" type={type} value={hold[name]} required={name === 'reason'}
        maxLength={type === 'text' ? 500 : undefined} autoComplete="off" data-testid={testId}
        onChange={(e) => setHold({ ...hold, [name]: e.target.value })} />
    </label>
  );
  async function submit(event: FormEvent) {
    event.preventDefault();
    const placed = await run(() =>
      vigil.placeHold({
        patientId: hold.patientId.trim(), studyInstanceUid: hold.studyInstanceUid.trim(),
        from: instant(hold.from), to: instant(hold.to), reason: hold.reason.trim(),
      }),
    );
    if (placed) {
      setHold(NOTHING);
      onPlaced();
    }
  }
  return (
    <form className="consent-form" onSubmit={(event) => void submit(event)} data-testid="hold-form" aria-label="Place a hold">
      {field('patientId', 'Patient ID (empty: everybody)', 'hold-patient')}
      {field('studyInstanceUid', 'Study UID', 'hold-study')}
      {field('from', 'From (empty: since ever)', 'hold-from', 'datetime-local')}
      {field('to', 'To (empty: for ever)', 'hold-to', 'datetime-local')}
      {field('reason', 'Reason (required, recorded with your name)', 'hold-reason')}
      <button type="submit" className="button primary" disabled={busy} data-testid="hold-place">
        Place the hold
      </button>
      {error !== null && <ErrorNotice error={error} />}
    </form>
  );
}

function covered(hold: LegalHold): string {
  if (hold.patientId !== null) return `Patient ${hold.patientId}`;
  if (hold.studyInstanceUid !== null) return `Study ${hold.studyInstanceUid}`;
  return 'Everything';
}

function span(hold: LegalHold): string {
  if (hold.from === null && hold.to === null) return 'always';
  const from = hold.from === null ? '' : `from ${fullTime(hold.from)}`;
  return hold.to === null ? from : `${from} to ${fullTime(hold.to)}`.trim();
}

/** What must not be deleted, whatever the policy says. */
export function Holds() {
  const load = useCallback((signal: AbortSignal) => vigil.legalHolds(signal), []);
  const { data, error, reload } = useFetched(load, 3_600_000);
  const [lifting, setLifting] = useState<LegalHold | null>(null);
  return (
    <section aria-labelledby="holds-title">
      <h2 id="holds-title">Legal holds</h2>
      <p className="dim">While a hold is in force, no month of the trail that it covers is deleted, and the hospital cannot be erased.</p>
      <Form onPlaced={reload} />
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && data.holds.length === 0 && <p className="none">Nothing is held.</p>}
      {data !== null && data.holds.length > 0 && (
        <Table titles={['Covers', 'Span', 'Reason', 'Placed', 'Lifted', '']}>
          {data.holds.map((hold) => (
            <tr key={hold.id} data-testid="hold-row" data-in-force={hold.liftedAt === null}>
              <td className="uid">{covered(hold)}</td>
              <td className="number">{span(hold)}</td>
              <td>{hold.reason}</td>
              <td>
                {hold.setBy}
                <span className="second number">{fullTime(hold.setAt)}</span>
              </td>
              <td>
                {hold.liftedAt === null ? 'in force' : hold.liftedBy}
                {hold.liftedAt !== null && (
                  <span className="second">
                    {fullTime(hold.liftedAt)}: {hold.liftReason}
                  </span>
                )}
              </td>
              <td className="actions">
                {hold.liftedAt === null && (
                  <button type="button" className="button" data-testid="hold-lift" aria-label={`Lift the hold: ${covered(hold)}`}
                    onClick={() => setLifting(hold)}>
                    Lift
                  </button>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {lifting !== null && (
        <AskDialog title="Lift the hold" label="Reason" required confirm="Lift" testId="lift"
          explanation={`${covered(lifting)}, ${span(lifting)}. Afterwards the policy may delete it. Recorded in your name.`}
          onConfirm={async (reason) => {
            await vigil.liftHold(lifting.id, reason);
            reload();
          }}
          onClose={() => setLifting(null)} />
      )}
    </section>
  );
}
