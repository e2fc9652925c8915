import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent, type Ref } from 'react';
import type { WorklistEntry } from '../api/types';
import { goTo } from '../shell/router';
import type { Move } from './reconcile';
import { CLICK_GUARD_MS, useStableRows } from './useStableRows';
import { rowId, WorklistRow } from './WorklistRow';

const COLUMNS: [string, string][] = [
  ['position', 'No.'],
  ['arrival', 'Arrival'],
  ['severity', 'Severity'],
  ['ai', 'AI status'],
  ['patient', 'Patient / ID'],
  ['sex', 'Sex, age'],
  ['modality', 'Mod.'],
  ['description', 'Description / accession'],
  ['received', 'Received'],
  ['waiting', 'Waiting'],
  ['match', 'Order match'],
];

const PAGE_ROWS = 10;

interface WorklistTableProps {
  entries: WorklistEntry[];
  moves: ReadonlyMap<string, Move>;
  activeUid: string | null;
  onActive: (studyUid: string) => void;
  phase: string;
  gridRef: Ref<HTMLTableElement>;
  /** Whether the reader's role opens studies. */
  opens: boolean;
  scrollTop: number;
  onScroll: (scrollTop: number, headHeight: number) => void;
}

/**
 * The list as an ARIA grid. The focus stays on the grid itself and the active study is named by
 * aria-activedescendant: rows can change places without anybody losing the focus, and Enter always
 * opens the study that is marked, wherever it has gone.
 */
export function WorklistTable(props: WorklistTableProps) {
  const { entries, moves, activeUid, onActive, phase, gridRef, opens, scrollTop, onScroll } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const changedAt = useStableRows(scroller, entries, activeUid);
  const restoreTo = useRef(scrollTop);

  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = restoreTo.current;
  }, []);

  const byKeyboard = useRef(false);
  useEffect(() => {
    if (!byKeyboard.current || activeUid === null) return;
    byKeyboard.current = false;
    document.getElementById(rowId(activeUid))?.scrollIntoView({ block: 'nearest' });
  }, [activeUid]);

  function keyDown(event: KeyboardEvent) {
    const at = entries.findIndex((entry) => entry.studyInstanceUid === activeUid);
    const last = entries.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + PAGE_ROWS,
      PageUp: at - PAGE_ROWS,
      Home: 0,
      End: last,
    };
    if (event.key === 'Enter' && opens && activeUid !== null && at >= 0) {
      event.preventDefault();
      goTo({ page: 'study', studyUid: activeUid });
      return;
    }
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = entries[Math.max(0, Math.min(last, step))];
    if (next === undefined) return;
    byKeyboard.current = true;
    onActive(next.studyInstanceUid);
  }

  function clicked(event: MouseEvent) {
    const target = event.target as Element;
    const uid = target.closest('tr')?.dataset['studyUid'];
    if (uid === undefined) return;
    // The list moved under the pointer: show what was hit instead of opening it.
    const tooSoon = performance.now() - changedAt.current < CLICK_GUARD_MS;
    if (tooSoon && target.closest('a') !== null) event.preventDefault();
    onActive(uid);
    if (event.detail === 2 && opens && !tooSoon) goTo({ page: 'study', studyUid: uid });
  }

  return (
    <div className="worklist-scroll" ref={scroller}
      onScroll={(e) => {
        const head = e.currentTarget.querySelector('thead')?.getBoundingClientRect().height ?? 0;
        onScroll(e.currentTarget.scrollTop, head);
      }}>
      <table ref={gridRef} className="worklist" role="grid" aria-label="Worklist in reading order" aria-rowcount={entries.length}
        tabIndex={0} aria-activedescendant={activeUid === null ? undefined : rowId(activeUid)}
        onKeyDown={keyDown} onClick={clicked} data-testid="worklist-table" data-phase={phase}>
        <colgroup>
          {COLUMNS.map(([name]) => (
            <col key={name} className={`col-${name}`} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {COLUMNS.map(([name, title]) => (
              <th key={name} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <WorklistRow
              key={entry.studyInstanceUid}
              entry={entry}
              opens={opens}
              active={entry.studyInstanceUid === activeUid}
              movedFrom={moves.get(entry.studyInstanceUid)?.from ?? null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
