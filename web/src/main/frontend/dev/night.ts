/** The invented night of the mock hospital: 47 studies, the 31st of which turns out critical. */

export interface MockStudy {
  uid: string;
  arrival: number;
  patientName: string;
  patientId: string;
  birthDate: string | null;
  sex: string | null;
  modality: string;
  description: string;
  accession: string | null;
  receivedAt: string;
  orderPriority: 'stat' | 'urgent' | 'routine' | null;
  severity: 'critical' | 'urgent' | 'routine' | null;
  aiStatus: 'pending' | 'processing' | 'completed' | 'failed' | 'not_run';
  notRunReason: string | null;
  matchStatus: 'matched' | 'unmatched' | 'quarantined';
  readingStatus: 'unread' | 'reading' | 'read';
  frames: number;
}

const FAMILY = ['ALDERSON', 'BRANDT', 'CASTELLO', 'DUVAL', 'EKSTRÖM', 'FARKAS', 'GRUBER', 'HALVORSEN', 'IVANOVA', 'JANSEN', 'KOWALSKI', 'LINDQVIST', 'MORETTI', 'NAKAMURA', 'OYELARAN', 'PETROV', 'QUINTERO', 'ROSSI', 'SANTOS-FERREIRA', 'TANAKA'];
const GIVEN = ['ANNA', 'BORIS', 'CLARA', 'DAVID', 'ELENA', 'FINN', 'GRETA', 'HUGO', 'INES', 'JONAS', 'KATARZYNA MARIA', 'LEO', 'MIRA'];
const KINDS: [string, string, number][] = [
  ['DX', 'Chest PA and lateral', 2],
  ['DX', 'Chest AP portable', 1],
  ['CR', 'Chest PA', 1],
  ['DX', 'Chest PA', 1],
  ['CT', 'CT abdomen and pelvis with contrast', 24],
];

export const CRITICAL_ARRIVAL = 31;

export function theNight(now: number): MockStudy[] {
  return Array.from({ length: 47 }, (_, index) => {
    const n = index + 1;
    const [modality, description, frames] = KINDS[(n * 7) % 5 === 4 && n !== CRITICAL_ARRIVAL ? 4 : n % 4] ?? ['DX', 'Chest PA', 1];
    const year = 1931 + ((n * 37) % 90);
    const study: MockStudy = {
      uid: `1.2.826.0.1.3680043.10.9999.${1000 + n}`,
      arrival: n,
      patientName: `${FAMILY[(n * 7) % FAMILY.length]}^${GIVEN[(n * 5) % GIVEN.length]}`,
      patientId: `SA-${String(200417 + n * 733).padStart(6, '0')}`,
      birthDate: n === 9 ? null : `${year}-0${1 + (n % 9)}-1${n % 10}`,
      sex: n === 9 ? null : n % 2 === 0 ? 'F' : 'M',
      modality,
      description,
      accession: `A26-${String(11800 + n)}`,
      receivedAt: new Date(now - (47 - n) * 97_000 - 20_000).toISOString(),
      orderPriority: n === 12 ? 'stat' : n % 11 === 5 ? 'urgent' : 'routine',
      severity: null,
      aiStatus: 'pending',
      notRunReason: null,
      matchStatus: 'matched',
      readingStatus: 'unread',
      frames,
    };
    if (modality === 'CT') {
      study.aiStatus = 'not_run';
      study.notRunReason = 'No enabled model accepts CT of the abdomen.';
    }
    if (n === 8) {
      Object.assign(study, { matchStatus: 'quarantined', aiStatus: 'not_run', notRunReason: 'The patient of the images differs from the patient of the order.', severity: null });
    }
    if (n === 17) Object.assign(study, { matchStatus: 'unmatched', orderPriority: null, accession: null });
    return study;
  });
}

/** The outcome of the AI for the n-th study. */
export function outcomeOf(study: MockStudy): void {
  if (study.aiStatus === 'not_run') return;
  if (study.arrival === 22) {
    study.aiStatus = 'failed';
    return;
  }
  study.aiStatus = 'completed';
  study.severity =
    study.arrival === CRITICAL_ARRIVAL ? 'critical' : study.arrival % 13 === 6 ? 'urgent' : 'routine';
}

const RANK = { critical: 0, urgent: 1, routine: 2 };

export function inOrder(studies: readonly MockStudy[]): MockStudy[] {
  const rank = (study: MockStudy) => (study.severity === null ? 2 : RANK[study.severity]);
  return [...studies].sort((a, b) => rank(a) - rank(b) || a.arrival - b.arrival);
}
