import type { ReadingStatus, Study, WorklistEntry } from '../api/types';
import { Icon } from '../design/Icon';
import { MatchMark, READING, SeverityMark } from '../design/marks';
import { hrefOf } from '../shell/router';
import { age, personName, plainDate } from '../worklist/format';

interface StudyHeaderProps {
  study: Study;
  entry: WorklistEntry | null;
  reading: ReadingStatus;
  /** Null where the reader's role does not read studies. */
  onReading: ((status: ReadingStatus) => void) | null;
  busy: boolean;
}

/** Whose images these are: identity first, large, and never scrolled away. */
export function StudyHeader({ study, entry, reading, onReading, busy }: StudyHeaderProps) {
  return (
    <header className="study-header">
      <a className="button quiet" href={hrefOf({ page: 'worklist' })} data-testid="study-back" title="Back to the worklist (Esc)">
        <Icon name="back" />
        Worklist
      </a>
      <div className="study-who" data-testid="study-patient">
        <h1>{personName(study.patientName)}</h1>
        <p className="number">
          {study.patientId} <span className="dim">·</span> {study.patientSex ?? 'sex ?'} <span className="dim">·</span>{' '}
          {age(study.patientBirthDate, new Date())} <span className="dim">({plainDate(study.patientBirthDate)})</span>
        </p>
      </div>
      <div className="study-what">
        <p>
          {study.modality.replaceAll('\\', ', ')} <span className="dim">·</span> {study.studyDescription ?? 'No description'}
        </p>
        <p className="dim number small">
          {study.accessionNumber ?? 'No accession number'} · {plainDate(study.studyDate)}
        </p>
      </div>
      <div className="study-marks">
        {entry !== null && (
          <SeverityMark severity={entry.severity} waiting={entry.aiStatus === 'pending' || entry.aiStatus === 'processing'} />
        )}
        {study.matchStatus !== 'matched' && <MatchMark status={study.matchStatus} />}
      </div>
      <div className="study-reading" data-testid="reading-status" data-status={reading}>
        <span className="dim">{READING[reading]}</span>
        {onReading !== null && reading === 'unread' && (
          <button type="button" className="button" disabled={busy} onClick={() => onReading('reading')} data-testid="start-reading">
            Start reading
          </button>
        )}
        {onReading !== null && reading !== 'read' && (
          <button type="button" className="button primary" disabled={busy} onClick={() => onReading('read')} data-testid="mark-read">
            Mark read
          </button>
        )}
        {onReading !== null && reading === 'read' && (
          <button type="button" className="button" disabled={busy} onClick={() => onReading('unread')} data-testid="mark-unread">
            Mark unread
          </button>
        )}
      </div>
    </header>
  );
}
