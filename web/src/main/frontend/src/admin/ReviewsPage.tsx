import '../design/table.css';
import { useCallback, useState } from 'react';
import type { EmergencyAccess } from '../api/types';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { AskDialog } from '../design/AskDialog';
import { ErrorNotice } from '../design/Notice';
import { may } from '../shell/roles';
import { useSession } from '../shell/session';
import { fullTime } from '../worklist/format';

type Verdict = 'justified' | 'unjustified';

function Emergencies() {
  const load = useCallback((signal: AbortSignal) => vigil.emergencies(signal), []);
  const { data, error, reload } = useFetched(load);
  const [asked, setAsked] = useState<{ access: EmergencyAccess; verdict: Verdict } | null>(null);
  const accesses = data?.accesses ?? [];
  return (
    <section aria-labelledby="emergencies-title">
      <h2 id="emergencies-title">Emergency access</h2>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && accesses.length === 0 && <p className="none">Nobody has taken emergency access.</p>}
      {accesses.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['Who', 'Reason', 'From', 'Until', 'Verdict', ''].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {accesses.map((access) => (
                <tr key={access.id} data-testid="emergency-row" data-verdict={access.verdict ?? 'none'}>
                  <td>{access.username}</td>
                  <td>{access.reason}</td>
                  <td className="number nowrap">{fullTime(access.begunAt)}</td>
                  <td className="number nowrap">{fullTime(access.endsAt)}</td>
                  <td>
                    {access.verdict ?? 'not reviewed'}
                    {access.reviewedBy !== null && <span className="second">{access.reviewedBy}</span>}
                  </td>
                  <td className="actions">
                    {access.verdict === null &&
                      (['justified', 'unjustified'] as const).map((verdict) => (
                        <button key={verdict} type="button" className="button" data-testid={`emergency-${verdict}`}
                          onClick={() => setAsked({ access, verdict })}>
                          {verdict === 'justified' ? 'Justified' : 'Not justified'}
                        </button>
                      ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asked !== null && (
        <AskDialog title={asked.verdict === 'justified' ? 'Justified' : 'Not justified'} label="Comment" required={false}
          confirm="Record" testId="emergency-review"
          explanation={`Emergency access of ${asked.access.username}. Your verdict is recorded in your name.`}
          onConfirm={async (comment) => {
            await vigil.reviewEmergency(asked.access.id, asked.verdict, comment);
            reload();
          }}
          onClose={() => setAsked(null)} />
      )}
    </section>
  );
}

/** Who holds which role, who has not used it, and emergency access that waits for a verdict. */
export default function ReviewsPage() {
  const session = useSession();
  const load = useCallback((signal: AbortSignal) => vigil.accessReview(signal), []);
  const { data, error, reload } = useFetched(load, 300_000);
  return (
    <main className="page room">
      <h1>Reviews</h1>
      {may(session, 'judgeBreakGlass') && <Emergencies />}
      <section aria-labelledby="holders-title">
        <h2 id="holders-title">Who holds which role</h2>
        <p className="dim">
          Areas that nobody used for 90 days are named. <a href="/api/access-review/csv">As CSV</a>
        </p>
        {error !== null && <ErrorNotice error={error} onRetry={reload} />}
        {data !== null && (
          <div className="table-frame">
            <table className="table">
              <thead>
                <tr>
                  {['Who', 'Roles', 'Last log-in', 'Second factor', 'Unused for 90 days'].map((title) => (
                    <th key={title} scope="col">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.holders.map((holder) => (
                  <tr key={holder.userName} data-testid="holder-row">
                    <td>
                      {holder.displayName}
                      <span className="second">
                        {holder.userName}
                        {holder.enabled ? '' : ' (off)'}
                      </span>
                    </td>
                    <td>{holder.roles.join(', ')}</td>
                    <td className="number nowrap">{fullTime(holder.lastLoginAt)}</td>
                    <td>{holder.secondFactor ? 'yes' : 'no'}</td>
                    <td>{holder.unused.join(', ').toLowerCase()}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </main>
  );
}
