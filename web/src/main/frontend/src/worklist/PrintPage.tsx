import './print.css';
import { READING } from '../design/marks';
import { Icon } from '../design/Icon';
import { hrefOf } from '../shell/router';
import { useSession } from '../shell/session';
import { useNow } from '../shell/useNow';
import { age, fullTime, percent, personName } from './format';
import { useWorklist } from './useWorklist';

/**
 * The critical studies on paper, for the hours in which Vigil is down. It prints the list that the
 * page holds, so it works although the server no longer answers; the time of the list is on it.
 */
export default function PrintPage() {
  const session = useSession();
  const now = useNow();
  const { entries, generatedAt, phase } = useWorklist();
  const criticals = entries.filter((entry) => entry.severity === 'critical');
  const unread = entries.filter((entry) => entry.severity !== 'critical' && entry.readingStatus !== 'read');
  return (
    <main className="page print-page" data-testid="print-list">
      <div className="print-tools">
        <a className="button" href={hrefOf({ page: 'worklist' })}>
          <Icon name="back" />
          Worklist
        </a>
        <button type="button" className="button primary" onClick={() => window.print()} disabled={phase !== 'ready'}
          data-testid="print-now">
          <Icon name="print" />
          Print
        </button>
      </div>
      <h1>Critical studies, {session.tenantName}</h1>
      <p>
        List as of {fullTime(generatedAt)}, printed {fullTime(now.toISOString())} by {session.displayName}.
      </p>
      <table className="print-table">
        <thead>
          <tr>
            {['No.', 'Severity', 'Patient', 'ID', 'Born (age), sex', 'Study', 'Accession', 'Received', 'AI finding', 'Reading', 'Told to / time'].map((t) => (
              <th key={t} scope="col">{t}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {criticals.map((entry) => (
            <tr key={entry.studyInstanceUid} data-testid="print-row" data-study-uid={entry.studyInstanceUid}>
              <td>{entry.position}</td>
              <td>CRITICAL</td>
              <td>{personName(entry.patientName)}</td>
              <td>{entry.patientId}</td>
              <td>
                {entry.patientBirthDate ?? '?'} ({age(entry.patientBirthDate, new Date(entry.receivedAt))}), {entry.patientSex ?? '?'}
              </td>
              <td>
                {entry.modality} {entry.studyDescription}
              </td>
              <td>{entry.accessionNumber ?? '–'}</td>
              <td>{fullTime(entry.receivedAt)}</td>
              <td>
                {entry.topFinding === null
                  ? '–'
                  : `${entry.topFinding.label} ${percent(entry.topFinding.confidence)}`}
              </td>
              <td>{READING[entry.readingStatus]}</td>
              <td className="write" />
            </tr>
          ))}
        </tbody>
      </table>
      {phase === 'ready' && criticals.length === 0 && (
        <p>No study on this list is critical by the AI. That does not mean that none is.</p>
      )}
      <p>
        {unread.length} other unread {unread.length === 1 ? 'study is' : 'studies are'} on the list;{' '}
        {unread.filter((entry) => entry.severity === null).length} of them without an AI result, which is not a negative
        result.
      </p>
    </main>
  );
}
