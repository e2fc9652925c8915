import type { WorklistEvent } from './types';

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'closed';

/** The part of EventSource that the stream uses, so that tests can play the server. */
export interface EventSourceLike {
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface WorklistStreamOptions {
  open: () => EventSourceLike;
  onEvent: (event: WorklistEvent) => void;
  onState: (state: StreamState, retryInMs: number | null) => void;
  /** 0..1; spreads the reconnection of many reading rooms after a server restart. */
  random?: () => number;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** Delay before the n-th attempt (0-based): doubling from 1 s to 30 s, of which a fifth is random. */
export function backOff(attempt: number, random: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
  return Math.round(full * (0.8 + 0.2 * random));
}

/**
 * Listens to `/api/worklist/events` and comes back by itself with back-off. The browser's own
 * reconnection is not used: it gives up for good on an HTTP error such as a 503 during a restart.
 */
export class WorklistStream {
  private source: EventSourceLike | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private attempt = 0;
  private stopped = true;
  private readonly options: WorklistStreamOptions;

  constructor(options: WorklistStreamOptions) {
    this.options = options;
  }

  start(): void {
    this.stopped = false;
    this.options.onState('connecting', null);
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.drop();
    this.options.onState('closed', null);
  }

  /** Tries again at once, for example when the network has come back or the tab is looked at again. */
  retryNow(): void {
    if (this.stopped || this.timer === null) return;
    this.attempt = 0;
    this.drop();
    this.connect();
  }

  private connect(): void {
    const source = this.options.open();
    this.source = source;
    source.onopen = () => {
      if (this.source !== source) return;
      this.attempt = 0;
      this.options.onState('live', null);
    };
    source.onerror = () => {
      if (this.source !== source) return;
      this.reconnectLater();
    };
    source.addEventListener('worklist', (message) => {
      if (this.source !== source) return;
      const event = parse(message.data);
      if (event !== null) this.options.onEvent(event);
    });
  }

  private reconnectLater(): void {
    this.drop();
    const delay = backOff(this.attempt, (this.options.random ?? Math.random)());
    this.attempt += 1;
    this.options.onState('reconnecting', delay);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.connect();
    }, delay);
  }

  private drop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.source?.close();
    this.source = null;
  }
}

/** The event, or null when its data is not what the contract says; a refetch is then left to the poll. */
function parse(data: string): WorklistEvent | null {
  try {
    const event = JSON.parse(data) as WorklistEvent;
    return typeof event.studyInstanceUid === 'string' ? event : null;
  } catch {
    return null;
  }
}
