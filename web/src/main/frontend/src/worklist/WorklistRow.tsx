import { memo } from 'react';
import type { WorklistEntry } from '../api/types';
import { Icon } from '../design/Icon';
import { AiStatusMark, MatchMark, READING, SeverityMark } from '../design/marks';
import { hrefOf } from '../shell/router';
import { useNow } from '../shell/useNow';
import { age, ago, arrival, clockTime, duration, fullTime, personName } from './format';

interface RowProps {
  entry: WorklistEntry;
  active: boolean;
  opens: boolean;
  /** Position before the latest rise, while that is news. */
  movedFrom: number | null;
}

export function rowId(studyUid: string): string {
  return `row-${studyUid}`;
}

function Received({ entry }: { entry: WorklistEntry }) {
  const now = useNow();
  return (
    <>
      <td data-testid="row-received" title={fullTime(entry.receivedAt)}>
        <span className="number">{clockTime(entry.receivedAt, now)}</span>
        <span className="second number">{ago(entry.receivedAt, now)}</span>
      </td>
      <td className="number" data-testid="row-waiting">
        {entry.readingStatus === 'read' ? '–' : duration(now.getTime() - new Date(entry.receivedAt).getTime())}
        <span className="second">{READING[entry.readingStatus]}</span>
      </td>
    </>
  );
}

function Arrival({ entry, movedFrom }: { entry: WorklistEntry; movedFrom: number | null }) {
  const rose = entry.position < entry.arrivalPosition;
  return (
    <td className="number arrival" data-testid="row-arrival"
      title={`Arrived as number ${entry.arrivalPosition}, now at position ${entry.position}`}>
      <span className={`mark ${rose && entry.severity !== 'routine' ? 'tone-accent' : 'dim'}`}>
        {rose && entry.severity !== null && entry.severity !== 'routine' && <Icon name="up" />}
        {arrival(entry.arrivalPosition, entry.position)}
      </span>
      {movedFrom !== null && <span className="second tone-accent">moved up</span>}
    </td>
  );
}

function AiStatusCell({ entry }: { entry: WorklistEntry }) {
  const reason =
    entry.aiStatus === 'not_run'
      ? (entry.aiNotRunReason ?? 'No reason was given.')
      : entry.aiStatus === 'failed'
        ? 'No AI result. Not negative.'
        : null;
  return (
    <td data-testid="row-ai-status">
      <AiStatusMark status={entry.aiStatus} />
      {reason !== null && (
        <span className="second reason" title={reason} data-testid="row-ai-reason">
          {reason}
        </span>
      )}
    </td>
  );
}

function rowClass(entry: WorklistEntry, active: boolean, moved: boolean): string {
  const names = [`severity-${entry.severity ?? 'none'}`];
  if (active) names.push('active');
  if (moved) names.push('moved');
  if (entry.matchStatus === 'quarantined') names.push('quarantined');
  if (entry.readingStatus === 'read') names.push('read');
  return names.join(' ');
}

/** One study. The name is the link that opens it; a click elsewhere only selects. */
export const WorklistRow = memo(function WorklistRow({ entry, active, opens, movedFrom }: RowProps) {
  const waiting = entry.aiStatus === 'pending' || entry.aiStatus === 'processing';
  return (
    <tr
      id={rowId(entry.studyInstanceUid)}
      className={rowClass(entry, active, movedFrom !== null)}
      aria-selected={active}
      data-testid="worklist-row"
      data-study-uid={entry.studyInstanceUid}
      data-position={entry.position}
      data-arrival-position={entry.arrivalPosition}
      data-severity={entry.severity ?? 'none'}
      data-ai-status={entry.aiStatus}
      data-match-status={entry.matchStatus}
      data-reading-status={entry.readingStatus}
      data-moved={movedFrom !== null}
      data-active={active}
    >
      <td className="number position" data-testid="row-position">
        {entry.position}
      </td>
      <Arrival entry={entry} movedFrom={movedFrom} />
      <td data-testid="row-severity">
        <SeverityMark severity={entry.severity} waiting={waiting} />
        {entry.orderPriority === 'stat' && <span className="second tone-urgent">ordered STAT</span>}
        {entry.orderPriority === 'urgent' && <span className="second">ordered urgent</span>}
      </td>
      <AiStatusCell entry={entry} />
      <td>
        {opens ? (
          <a className="patient" href={hrefOf({ page: 'study', studyUid: entry.studyInstanceUid })} tabIndex={-1}
            data-testid="row-patient">
            {personName(entry.patientName)}
          </a>
        ) : (
          <span className="patient" data-testid="row-patient">
            {personName(entry.patientName)}
          </span>
        )}
        <span className="second number" data-testid="row-patient-id">
          {entry.patientId}
        </span>
      </td>
      <td className="number" data-testid="row-sex-age">
        {entry.patientSex ?? '?'}
        <span className="second">{age(entry.patientBirthDate, new Date(entry.receivedAt))}</span>
      </td>
      <td data-testid="row-modality">{entry.modality}</td>
      <td>
        <span className="clip" title={entry.studyDescription ?? undefined} data-testid="row-description">
          {entry.studyDescription ?? 'No description'}
        </span>
        <span className="second number" data-testid="row-accession">
          {entry.accessionNumber ?? 'No accession number'}
        </span>
      </td>
      <Received entry={entry} />
      <td data-testid="row-match">
        <MatchMark status={entry.matchStatus} />
        {entry.matchStatus === 'quarantined' && <span className="second">Identity open</span>}
      </td>
    </tr>
  );
});
