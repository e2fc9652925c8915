import type { WorklistEntry } from '../api/types';

/** An unremarkable entry for tests; its UID is made from the place of arrival. */
export function entry(arrivalPosition: number, change: Partial<WorklistEntry> = {}): WorklistEntry {
  return {
    position: arrivalPosition,
    arrivalPosition,
    studyInstanceUid: `1.2.3.${arrivalPosition}`,
    accessionNumber: `A${arrivalPosition}`,
    patientName: 'DOE^JANE',
    patientId: `P${arrivalPosition}`,
    patientBirthDate: '1959-11-22',
    patientSex: 'F',
    modality: 'DX',
    studyDescription: 'Chest PA',
    receivedAt: '2026-11-22T02:00:00Z',
    orderPriority: 'routine',
    severity: null,
    aiStatus: 'pending',
    aiNotRunReason: null,
    matchStatus: 'matched',
    readingStatus: 'unread',
    topFinding: null,
    analysisIds: [],
    ...change,
  };
}

/** `count` entries in order of arrival; `toTop`, if given, is critical and has overtaken the rest. */
export function night(count: number, toTop: number | null = null): WorklistEntry[] {
  const arrived = Array.from({ length: count }, (_, index) => entry(index + 1));
  if (toTop === null) return arrived;
  const critical = arrived.filter((each) => each.arrivalPosition === toTop);
  const rest = arrived.filter((each) => each.arrivalPosition !== toTop);
  return [...critical, ...rest].map((each, index) => ({
    ...each,
    position: index + 1,
    severity: each.arrivalPosition === toTop ? 'critical' : each.severity,
    aiStatus: each.arrivalPosition === toTop ? 'completed' : each.aiStatus,
  }));
}
