import type { AiStatus, Severity, WorklistEntry } from '../api/types';

/** `none`: no severity, because no AI result exists (which says nothing about the study). */
export type SeverityChoice = Severity | 'none';

export interface WorklistFilter {
  severities: SeverityChoice[];
  modality: string;
  status: AiStatus | 'quarantined' | '';
  text: string;
}

export const NO_FILTER: WorklistFilter = { severities: [], modality: '', status: '', text: '' };

export function isFiltering(filter: WorklistFilter): boolean {
  return (
    filter.severities.length > 0 ||
    filter.modality !== '' ||
    filter.status !== '' ||
    filter.text.trim() !== ''
  );
}

function searchable(entry: WorklistEntry): string {
  return [
    entry.patientName.replaceAll('^', ' '),
    entry.patientId,
    entry.accessionNumber ?? '',
    entry.studyDescription ?? '',
    entry.modality,
  ]
    .join(' ')
    .toLocaleLowerCase();
}

/** Whether the entry passes; every word of the text has to occur somewhere in it. */
export function passes(entry: WorklistEntry, filter: WorklistFilter): boolean {
  if (filter.severities.length > 0 && !filter.severities.includes(entry.severity ?? 'none')) return false;
  if (filter.modality !== '' && entry.modality !== filter.modality) return false;
  if (filter.status === 'quarantined') {
    if (entry.matchStatus !== 'quarantined') return false;
  } else if (filter.status !== '' && entry.aiStatus !== filter.status) {
    return false;
  }
  const words = filter.text.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return true;
  const haystack = searchable(entry);
  return words.every((word) => haystack.includes(word));
}

/** Unread critical studies that the filter keeps from being seen. */
export function hiddenCriticals(entries: readonly WorklistEntry[], filter: WorklistFilter): WorklistEntry[] {
  return entries.filter(
    (entry) => entry.severity === 'critical' && entry.readingStatus !== 'read' && !passes(entry, filter),
  );
}

/** How many entries have each severity. */
export function countBySeverity(entries: readonly WorklistEntry[]): Record<SeverityChoice, number> {
  const counts: Record<SeverityChoice, number> = { critical: 0, urgent: 0, routine: 0, none: 0 };
  for (const entry of entries) counts[entry.severity ?? 'none'] += 1;
  return counts;
}

export function modalitiesOf(entries: readonly WorklistEntry[]): string[] {
  return [...new Set(entries.map((entry) => entry.modality))].sort();
}
