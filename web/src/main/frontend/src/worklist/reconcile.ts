import type { WorklistEntry } from '../api/types';

/** A study that went up the list between two fetches. */
export interface Move {
  studyInstanceUid: string;
  from: number;
  to: number;
}

export interface Reconciled {
  entries: WorklistEntry[];
  /** Studies that have overtaken others; those that merely slid down are not listed. */
  movedUp: Move[];
  /** Studies that were not on the list before. */
  arrived: string[];
}

/** Reading order: the server's position; the order of arrival decides where two claim the same. */
export function inReadingOrder(entries: readonly WorklistEntry[]): WorklistEntry[] {
  return [...entries].sort((a, b) => a.position - b.position || a.arrivalPosition - b.arrivalPosition);
}

function same(a: WorklistEntry, b: WorklistEntry): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Merges a fetched list into the shown one. Entries that did not change keep their identity, so
 * that only changed rows are drawn again.
 */
export function reconcile(shown: readonly WorklistEntry[], fetched: readonly WorklistEntry[]): Reconciled {
  const before = new Map(shown.map((entry) => [entry.studyInstanceUid, entry]));
  const movedUp: Move[] = [];
  const arrived: string[] = [];
  const entries = inReadingOrder(fetched).map((entry) => {
    const old = before.get(entry.studyInstanceUid);
    if (old === undefined) {
      arrived.push(entry.studyInstanceUid);
      return entry;
    }
    if (entry.position < old.position && overtakes(entry, shown, old, fetched)) {
      movedUp.push({ studyInstanceUid: entry.studyInstanceUid, from: old.position, to: entry.position });
    }
    return same(old, entry) ? old : entry;
  });
  return { entries, movedUp, arrived };
}

/** Whether a study that stood before `entry` now stands behind it (rather than having left the list). */
function overtakes(
  entry: WorklistEntry,
  shown: readonly WorklistEntry[],
  old: WorklistEntry,
  fetched: readonly WorklistEntry[],
): boolean {
  const now = new Map(fetched.map((other) => [other.studyInstanceUid, other.position]));
  return shown.some((other) => {
    if (other.position >= old.position) return false;
    const position = now.get(other.studyInstanceUid);
    return position !== undefined && position > entry.position;
  });
}
