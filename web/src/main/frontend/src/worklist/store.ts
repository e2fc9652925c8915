import { ApiError, asApiError } from '../api/client';
import type { Worklist, WorklistEntry, WorklistEvent } from '../api/types';
import { WorklistStream, type EventSourceLike, type StreamState } from '../api/worklistStream';
import { NO_FILTER, type WorklistFilter } from './filter';
import { reconcile, type Move } from './reconcile';

export interface WorklistSnapshot {
  /** `loading` until the first answer; afterwards the last good list stays shown whatever happens. */
  phase: 'loading' | 'ready' | 'failed';
  entries: WorklistEntry[];
  generatedAt: string | null;
  error: ApiError | null;
  stream: StreamState;
  /** The latest move of each study, shown as a mark for a while. */
  moves: ReadonlyMap<string, Move>;
  /** What a screen reader is told; changes only when something rose. */
  announcement: string;
  /** Whether studies that have been read are listed, after those that wait. */
  includeRead: boolean;
  /** Grows with every event, so that an opened study can look again. */
  events: number;
}

export interface WorklistSource {
  fetch: (includeRead: boolean, signal: AbortSignal) => Promise<Worklist>;
  openEvents: () => EventSourceLike;
}

/** Where the reader was on the list, kept while a study is open. */
export interface ReaderPlace {
  filter: WorklistFilter;
  activeUid: string | null;
  scrollTop: number;
}

const DEBOUNCE_MS = 120;
const LONGEST_WAIT_MS = 600;
const POLL_LIVE_MS = 60_000;
const POLL_BROKEN_MS = 10_000;
const MARK_MS = 20_000;

const EMPTY: WorklistSnapshot = {
  phase: 'loading',
  entries: [],
  generatedAt: null,
  error: null,
  stream: 'connecting',
  moves: new Map(),
  announcement: '',
  includeRead: false,
  events: 0,
};

/**
 * Holds the worklist: fetches it, listens for changes, fetches again (a burst of events once), and
 * keeps showing the last good list while the server is away. Framework-free.
 */
export class WorklistStore {
  private place: ReaderPlace = { filter: NO_FILTER, activeUid: null, scrollTop: 0 };
  private snapshot = EMPTY;
  private readonly listeners = new Set<() => void>();
  private readonly source: WorklistSource;
  private readonly stream: WorklistStream;
  private debounce: ReturnType<typeof setTimeout> | null = null;
  private firstUnanswered: number | null = null;
  private poll: ReturnType<typeof setTimeout> | null = null;
  private readonly markTimers = new Set<ReturnType<typeof setTimeout>>();
  private request: AbortController | null = null;
  private again = false;

  constructor(source: WorklistSource) {
    this.source = source;
    this.stream = new WorklistStream({
      open: source.openEvents,
      onEvent: (event) => this.heard(event),
      onState: (state) => this.streamIs(state),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): WorklistSnapshot => this.snapshot;

  readonly readerPlace = (): ReaderPlace => this.place;

  readonly remember = (change: Partial<ReaderPlace>): void => {
    this.place = { ...this.place, ...change };
  };

  start(): void {
    this.stream.start();
    void this.refresh();
  }

  stop(): void {
    this.stream.stop();
    this.request?.abort();
    for (const timer of [this.debounce, this.poll, ...this.markTimers]) if (timer !== null) clearTimeout(timer);
    this.debounce = null;
    this.poll = null;
    this.markTimers.clear();
    this.set(EMPTY);
  }

  showRead(includeRead: boolean): void {
    this.set({ includeRead });
    void this.refresh();
  }

  /** The network is back or the page is looked at again: connect and fetch without waiting. */
  wake(): void {
    this.stream.retryNow();
    void this.refresh();
  }

  /** Fetches the list; while a fetch is under way one more is remembered, never two. */
  async refresh(): Promise<void> {
    if (this.request !== null) {
      this.again = true;
      return;
    }
    const request = new AbortController();
    this.request = request;
    try {
      this.received(await this.source.fetch(this.snapshot.includeRead, request.signal));
    } catch (cause) {
      if (request.signal.aborted) return;
      this.set({ error: asApiError(cause), phase: this.snapshot.generatedAt === null ? 'failed' : 'ready' });
    } finally {
      if (this.request === request) this.request = null;
    }
    if (this.again) {
      this.again = false;
      await this.refresh();
      return;
    }
    this.schedulePoll();
  }

  private heard(event: WorklistEvent): void {
    this.set({ events: this.snapshot.events + 1 });
    const now = Date.now();
    this.firstUnanswered ??= now;
    if (this.debounce !== null) clearTimeout(this.debounce);
    // A burst is answered once, but never later than LONGEST_WAIT_MS after its first event; what
    // is critical does not wait for the burst to end.
    const left = Math.max(0, this.firstUnanswered + LONGEST_WAIT_MS - now);
    const delay = event.severity === 'critical' ? 0 : Math.min(DEBOUNCE_MS, left);
    this.debounce = setTimeout(() => {
      this.debounce = null;
      this.firstUnanswered = null;
      void this.refresh();
    }, delay);
  }

  private streamIs(state: StreamState): void {
    const wasLive = this.snapshot.stream === 'live';
    this.set({ stream: state });
    // Events were lost while the stream was down.
    if (state === 'live' && !wasLive && this.snapshot.generatedAt !== null) void this.refresh();
    if (state === 'reconnecting') this.schedulePoll();
  }

  private received(list: Worklist): void {
    const first = this.snapshot.generatedAt === null;
    const { entries, movedUp } = reconcile(this.snapshot.entries, list.entries);
    const moves = new Map(this.snapshot.moves);
    for (const move of movedUp) {
      moves.set(move.studyInstanceUid, move);
      this.forgetLater(move);
    }
    this.set({
      phase: 'ready',
      error: null,
      entries,
      generatedAt: list.generatedAt,
      moves: movedUp.length > 0 ? moves : this.snapshot.moves,
      announcement: first ? this.snapshot.announcement : announce(entries, movedUp, this.snapshot.announcement),
    });
  }

  private forgetLater(move: Move): void {
    const timer = setTimeout(() => {
      this.markTimers.delete(timer);
      if (this.snapshot.moves.get(move.studyInstanceUid) !== move) return;
      const moves = new Map(this.snapshot.moves);
      moves.delete(move.studyInstanceUid);
      this.set({ moves });
    }, MARK_MS);
    this.markTimers.add(timer);
  }

  private schedulePoll(): void {
    if (this.poll !== null) clearTimeout(this.poll);
    const delay = this.snapshot.stream === 'live' ? POLL_LIVE_MS : POLL_BROKEN_MS;
    this.poll = setTimeout(() => void this.refresh(), delay);
  }

  private set(change: Partial<WorklistSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }
}

function announce(entries: readonly WorklistEntry[], movedUp: readonly Move[], before: string): string {
  const severityOf = new Map(entries.map((entry) => [entry.studyInstanceUid, entry.severity]));
  const told = movedUp
    .filter((move) => severityOf.get(move.studyInstanceUid) === 'critical')
    .map((move) => `Critical study moved from position ${move.from} to ${move.to}.`);
  return told.length > 0 ? told.join(' ') : before;
}
