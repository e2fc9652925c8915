import './worklist.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Icon } from '../design/Icon';
import { Empty, ErrorNotice } from '../design/Notice';
import { maySee } from '../shell/roles';
import { useSession } from '../shell/session';
import { useKeys } from '../shell/useKeys';
import { Filters } from './Filters';
import { countBySeverity, hiddenCriticals, isFiltering, modalitiesOf, NO_FILTER, passes, type WorklistFilter } from './filter';
import { clockTime } from './format';
import { useWorklist, useWorklistStore } from './useWorklist';
import { WorklistTable } from './WorklistTable';

export function WorklistPage() {
  const store = useWorklistStore();
  const session = useSession();
  const { entries, phase, error, generatedAt, moves, announcement, stream, includeRead } = useWorklist();
  const [filter, setFilter] = useState(() => store.readerPlace().filter);
  const [activeUid, setActiveUid] = useState(() => store.readerPlace().activeUid);
  const [scrolled, setScrolled] = useState(() => store.readerPlace().scrollTop > 0);
  const [initialScroll] = useState(() => store.readerPlace().scrollTop);
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLTableElement>(null);

  const shown = useMemo(() => entries.filter((entry) => passes(entry, filter)), [entries, filter]);
  const counts = useMemo(() => countBySeverity(entries), [entries]);
  const modalities = useMemo(() => modalitiesOf(entries), [entries]);
  const hidden = useMemo(() => hiddenCriticals(entries, filter), [entries, filter]);

  const change = useCallback(
    (next: WorklistFilter) => {
      store.remember({ filter: next });
      setFilter(next);
    },
    [store],
  );
  const activate = useCallback(
    (uid: string) => {
      store.remember({ activeUid: uid });
      setActiveUid(uid);
    },
    [store],
  );
  const scroll = useCallback(
    (scrollTop: number) => {
      store.remember({ scrollTop });
      setScrolled(scrollTop > 40);
    },
    [store],
  );

  useEffect(() => grid.current?.focus({ preventScroll: true }), []);
  /** The first arrow key moves the mark too, wherever the focus was. */
  function intoList(event: KeyboardEvent) {
    if (grid.current === null || document.activeElement === grid.current) return;
    grid.current.focus();
    grid.current.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, bubbles: true, cancelable: true }));
  }
  useKeys({
    '/': () => search.current?.focus(),
    ArrowDown: intoList,
    ArrowUp: intoList,
  });

  const roseCritical = [...moves.values()].some((move) =>
    shown.some((e) => e.studyInstanceUid === move.studyInstanceUid && e.severity === 'critical'),
  );

  function toTop() {
    grid.current?.parentElement?.scrollTo({ top: 0 });
    const first = shown[0];
    if (first !== undefined) activate(first.studyInstanceUid);
    grid.current?.focus({ preventScroll: true });
  }

  return (
    <main className="worklist-page">
      <h1 className="visually-hidden">Worklist</h1>
      <Filters filter={filter} onChange={change} counts={counts} modalities={modalities} shown={shown.length}
        total={entries.length} includeRead={includeRead}
        onIncludeRead={(show) => store.showRead(show)} searchRef={search} onLeaveSearch={() => grid.current?.focus()} />
      <p className="visually-hidden" aria-live="assertive" data-testid="announcer">
        {announcement}
      </p>
      {hidden.length > 0 && (
        <div className="banner" role="alert" data-testid="filter-hidden-critical">
          <span className="mark tone-critical">
            <Icon name="critical" />
            {hidden.length === 1 ? '1 critical study is' : `${hidden.length} critical studies are`} hidden by the filter.
          </span>
          <button type="button" className="button" onClick={() => change(NO_FILTER)}>
            Show everything
          </button>
        </div>
      )}
      {phase === 'ready' && (error !== null || stream === 'reconnecting') && (
        <div className="banner" role="status" data-testid="stale-list" data-code={error?.code}>
          <span className="mark tone-urgent">
            <Icon name="broken" />
            {error === null ? 'Live updates are interrupted.' : 'The list cannot be renewed.'} Shown as of{' '}
            {generatedAt === null ? '?' : clockTime(generatedAt, new Date())}; reading can go on.
          </span>
          {error !== null && <span className="dim mono">{error.code}</span>}
        </div>
      )}
      <div className="worklist-frame">
        {phase === 'failed' && error !== null && (
          <div className="page">
            <ErrorNotice error={error} onRetry={() => void store.refresh()} />
          </div>
        )}
        {phase !== 'failed' && (
          <WorklistTable entries={shown} moves={moves} activeUid={activeUid} onActive={activate} phase={phase}
            gridRef={grid} opens={maySee(session, 'study')} scrollTop={initialScroll} onScroll={scroll} />
        )}
        {phase === 'loading' && <Empty title="Fetching the worklist…" />}
        {phase === 'ready' && shown.length === 0 && (
          <Empty title={isFiltering(filter) ? 'No study passes the filter.' : 'No studies are waiting.'}>
            {isFiltering(filter) ? 'Clear the filter to see the whole list.' : 'New studies appear here by themselves.'}
          </Empty>
        )}
        {scrolled && roseCritical && (
          <button type="button" className="button above" data-testid="critical-above" onClick={toTop}>
            <span className="mark tone-critical">
              <Icon name="up" />
              Critical study at the top
            </span>
          </button>
        )}
      </div>
    </main>
  );
}
