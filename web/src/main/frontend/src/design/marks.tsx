import type { AiStatus, MatchStatus, ReadingStatus, Severity } from '../api/types';
import { Icon, type IconName } from './Icon';

export type Tone = 'critical' | 'urgent' | 'routine' | 'notrun' | 'quarantine' | 'accent' | 'dim';

interface MarkProps {
  icon: IconName;
  word: string;
  tone: Tone;
  pill?: boolean;
}

/** An icon and a word; the colour only repeats what both already say. */
export function Mark({ icon, word, tone, pill = false }: MarkProps) {
  return (
    <span className={`mark ${tone === 'dim' ? 'dim' : `tone-${tone}`}${pill ? ' pill' : ''}`}>
      <Icon name={icon} />
      {word}
    </span>
  );
}

const SEVERITIES: Record<Severity, MarkProps> = {
  critical: { icon: 'critical', word: 'Critical', tone: 'critical', pill: true },
  urgent: { icon: 'urgent', word: 'Urgent', tone: 'urgent', pill: true },
  routine: { icon: 'routine', word: 'Routine', tone: 'routine', pill: true },
};

/** Severity by the tenant's policy. Without one, nothing is claimed: the word is "Not assessed". */
export function SeverityMark({ severity, waiting = false }: { severity: Severity | null; waiting?: boolean }) {
  if (severity !== null) return <Mark {...SEVERITIES[severity]} />;
  return <Mark icon="none" word={waiting ? 'Not yet known' : 'Not assessed'} tone="dim" />;
}

export const AI_STATUS: Record<AiStatus, MarkProps> = {
  pending: { icon: 'pending', word: 'AI waiting', tone: 'dim' },
  processing: { icon: 'processing', word: 'AI running', tone: 'accent' },
  completed: { icon: 'completed', word: 'AI done', tone: 'dim' },
  failed: { icon: 'failed', word: 'AI failed', tone: 'critical' },
  not_run: { icon: 'notRun', word: 'AI not run', tone: 'notrun', pill: true },
};

export function AiStatusMark({ status }: { status: AiStatus }) {
  return <Mark {...AI_STATUS[status]} />;
}

const MATCHES: Record<MatchStatus, MarkProps> = {
  matched: { icon: 'matched', word: 'Matched', tone: 'dim' },
  unmatched: { icon: 'unmatched', word: 'No order', tone: 'urgent' },
  quarantined: { icon: 'quarantined', word: 'Quarantined', tone: 'quarantine', pill: true },
};

export function MatchMark({ status }: { status: MatchStatus }) {
  return <Mark {...MATCHES[status]} />;
}

export const READING: Record<ReadingStatus, string> = { unread: 'Unread', reading: 'Being read', read: 'Read' };
