import '../design/table.css';
import { useCallback, useState } from 'react';
import type { Alert, AlertStatus } from '../api/types';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { AskDialog } from '../design/AskDialog';
import { Mark, SeverityMark, type Tone } from '../design/marks';
import type { IconName } from '../design/Icon';
import { ErrorNotice } from '../design/Notice';
import { may, maySee } from '../shell/roles';
import { hrefOf } from '../shell/router';
import { useSession } from '../shell/session';
import { useNow } from '../shell/useNow';
import { ago, fullTime } from '../worklist/format';

const STATUS: Record<AlertStatus, { icon: IconName; word: string; tone: Tone }> = {
  pending: { icon: 'pending', word: 'Waiting to be sent', tone: 'urgent' },
  sent: { icon: 'bell', word: 'Sent, not acknowledged', tone: 'urgent' },
  escalated: { icon: 'up', word: 'Escalated', tone: 'critical' },
  failed: { icon: 'failed', word: 'Not delivered', tone: 'critical' },
  acknowledged: { icon: 'completed', word: 'Acknowledged', tone: 'dim' },
};

const URGENCY: AlertStatus[] = ['escalated', 'failed', 'pending', 'sent', 'acknowledged'];

/** Open alerts first, the most pressing on top; then by age, oldest first. */
function pressing(a: Alert, b: Alert): number {
  return URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status) || a.createdAt.localeCompare(b.createdAt);
}

function AlertRow({ alert, now, onAcknowledge }: { alert: Alert; now: Date; onAcknowledge: ((alert: Alert) => void) | null }) {
  const session = useSession();
  return (
    <tr data-testid="alert-row" data-alert-id={alert.id} data-status={alert.status}>
      <td>
        <Mark {...STATUS[alert.status]} />
        {alert.escalationLevel > 0 && <span className="second">escalation level {alert.escalationLevel}</span>}
      </td>
      <td>
        <SeverityMark severity={alert.severity} />
      </td>
      <td>
        {alert.findingLabel}
        {maySee(session, 'study') && (
          <a className="second" href={hrefOf({ page: 'study', studyUid: alert.studyInstanceUid })}>
            Open the study
          </a>
        )}
      </td>
      <td>{alert.recipient ?? 'Nobody yet'}</td>
      <td className="number nowrap">
        {ago(alert.createdAt, now)}
        <span className="second">{fullTime(alert.createdAt)}</span>
      </td>
      <td className="number nowrap">{fullTime(alert.sentAt)}</td>
      <td>
        {alert.acknowledgedAt === null ? '–' : (alert.acknowledgedBy ?? 'acknowledged')}
        {alert.acknowledgedAt !== null && <span className="second number">{fullTime(alert.acknowledgedAt)}</span>}
      </td>
      <td className="actions">
        {onAcknowledge !== null && alert.status !== 'acknowledged' && (
          <button type="button" className="button primary" data-testid="alert-acknowledge" onClick={() => onAcknowledge(alert)}>
            Acknowledge
          </button>
        )}
      </td>
    </tr>
  );
}

export default function AlertsPage() {
  const session = useSession();
  const now = useNow();
  const load = useCallback((signal: AbortSignal) => vigil.alerts(signal), []);
  const { data, error, reload } = useFetched(load, 10_000);
  const [asked, setAsked] = useState<Alert | null>(null);
  const alerts = [...(data?.alerts ?? [])].sort(pressing);
  const open = alerts.filter((alert) => alert.status !== 'acknowledged').length;
  return (
    <main className="page room">
      <div className="room-head">
        <h1>Alerts</h1>
        {data !== null && <p className="dim">{open === 0 ? 'None is open.' : `${open} not acknowledged`}</p>}
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && alerts.length === 0 && <p className="none">No alert has been raised.</p>}
      {alerts.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['State', 'Severity', 'AI finding', 'Recipient', 'Raised', 'Sent', 'Acknowledged by', ''].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {alerts.map((alert) => (
                <AlertRow key={alert.id} alert={alert} now={now} onAcknowledge={may(session, 'acknowledge') ? setAsked : null} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="dim small">An acknowledgement here does not replace the call record of your hospital.</p>
      {asked !== null && (
        <AskDialog title="Acknowledge the alert" label="Comment (optional)" required={false} confirm="Acknowledge"
          testId="alert" explanation={`${asked.findingLabel}. You take note of it in your own name; that is recorded.`}
          onConfirm={async (comment) => {
            await vigil.acknowledgeAlert(asked.id, comment);
            reload();
          }}
          onClose={() => setAsked(null)} />
      )}
    </main>
  );
}
