import { useCallback, useState } from 'react';
import type { TrailVerification } from '../api/auditTypes';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { Mark } from '../design/marks';
import { ErrorNotice } from '../design/Notice';
import { fullTime } from '../worklist/format';
import { Table } from './Table';
import { useWork } from './useWork';

function Result({ found }: { found: TrailVerification }) {
  return (
    <div role="status" data-testid="verify-result" data-intact={found.intact}>
      <p>
        {found.intact ? (
          <Mark icon="completed" word="Intact" tone="routine" pill />
        ) : (
          <Mark icon="critical" word="Tampered with" tone="critical" pill />
        )}{' '}
        <span className="number">
          {found.events} events in {found.seals} seals, {found.pending} not sealed yet, {found.deleted} deleted by policy,{' '}
          {found.anchors} anchors
        </span>
      </p>
      {!found.intact && (
        <Table titles={['Finding', 'Event', 'Time', 'Seal', 'What']}>
          {found.findings.map((each, index) => (
            <tr key={index} data-testid="verify-finding">
              <td className="mono">{each.kind}</td>
              <td className="number">{each.event ?? '–'}</td>
              <td className="number nowrap">{fullTime(each.occurredAt)}</td>
              <td className="number">{each.seal ?? '–'}</td>
              <td>{each.what}</td>
            </tr>
          ))}
        </Table>
      )}
      {found.wrong > found.findings.length && <p>{found.wrong} findings in all.</p>}
    </div>
  );
}

function Verification() {
  const [found, setFound] = useState<TrailVerification | null>(null);
  const { busy, error, run } = useWork();
  return (
    <section aria-labelledby="verify-title">
      <h2 id="verify-title">Is the trail whole?</h2>
      <p className="dim">
        Every event is compared with its seal, and the chain with the heads and anchors that this server keeps outside the
        database. Who does not trust the server runs <span className="mono">./vigil audit verify</span>.
      </p>
      <div className="pager">
        <button type="button" className="button primary" disabled={busy} data-testid="verify-run"
          onClick={() => void run(async () => setFound(await vigil.verifyAudit()))}>
          {busy ? 'Checking…' : 'Check the whole trail'}
        </button>
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {found !== null && <Result found={found} />}
    </section>
  );
}

function Anchors() {
  const load = useCallback((signal: AbortSignal) => vigil.anchors(signal), []);
  // Each look is audited: no renewal by itself.
  const { data, error, reload } = useFetched(load, 3_600_000);
  const { busy, error: failed, run } = useWork();
  return (
    <section aria-labelledby="anchors-title">
      <h2 id="anchors-title">Anchored days</h2>
      <p className="dim">Kept somewhere else, an anchor shows later that nothing up to its day was changed.</p>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {failed !== null && <ErrorNotice error={failed} />}
      {data !== null && data.anchors.length === 0 && <p className="none">No day is anchored yet: the first one is when it is over (UTC).</p>}
      {data !== null && data.anchors.length > 0 && (
        <Table titles={['Up to', 'Seals', 'Events so far', 'Anchored', '']}>
          {data.anchors.map((anchor) => (
            <tr key={anchor.day} data-testid="anchor-row" data-day={anchor.day}>
              <td className="number nowrap">{anchor.day}</td>
              <td className="number">
                {anchor.firstSeal} to {anchor.lastSeal}
              </td>
              <td className="number">{anchor.events}</td>
              <td className="number nowrap">{fullTime(anchor.anchoredAt)}</td>
              <td className="actions">
                <button type="button" className="button" disabled={busy} data-testid="anchor-download"
                  aria-label={`Download the anchor of ${anchor.day}`} onClick={() => void run(() => vigil.anchor(anchor.day))}>
                  Download
                </button>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

/** Whether the trail is whole, and the anchors that prove it later. */
export function Integrity() {
  return (
    <>
      <Verification />
      <Anchors />
    </>
  );
}
