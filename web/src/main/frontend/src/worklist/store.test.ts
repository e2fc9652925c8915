import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/client';
import type { Severity, WorklistEntry } from '../api/types';
import type { EventSourceLike } from '../api/worklistStream';
import { night } from './sample';
import { WorklistStore } from './store';

function setUp() {
  let list: WorklistEntry[] = night(47);
  let failure: ApiError | null = null;
  const listeners: ((event: MessageEvent<string>) => void)[] = [];
  const opened: EventSourceLike[] = [];
  const fetch = vi.fn(async () => {
    if (failure !== null) throw failure;
    return { generatedAt: '2026-11-22T02:17:00Z', disclaimer: '', entries: list };
  });
  const store = new WorklistStore({
    fetch,
    openEvents: () => {
      const source: EventSourceLike = {
        onopen: null,
        onerror: null,
        addEventListener: (_type, listener) => listeners.push(listener),
        close: () => undefined,
      };
      opened.push(source);
      return source;
    },
  });
  return {
    store,
    fetch,
    serve: (entries: WorklistEntry[]) => (list = entries),
    fail: (error: ApiError | null) => (failure = error),
    say: (severity: Severity | null) =>
      listeners.at(-1)?.(
        new MessageEvent('worklist', {
          data: JSON.stringify({ studyInstanceUid: '1.2.3.31', severity, reason: 'analysed' }),
        }),
      ),
    open: () => opened.at(-1)?.onopen?.(new Event('open')),
    breakOff: () => opened.at(-1)?.onerror?.(new Event('error')),
  };
}

describe('WorklistStore', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('moves the critical study to the top as soon as it hears of it', async () => {
    const { store, serve, say, open } = setUp();
    store.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    serve(night(47, 31));
    say('critical');
    await vi.advanceTimersByTimeAsync(0);
    expect(store.get().entries[0]?.arrivalPosition).toBe(31);
    expect(store.get().moves.get('1.2.3.31')).toEqual({ studyInstanceUid: '1.2.3.31', from: 31, to: 1 });
    expect(store.get().announcement).toBe('Critical study moved from position 31 to 1.');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(store.get().moves.size).toBe(0);
    store.stop();
  });

  it('answers a burst of events with one fetch, and a long burst without waiting for its end', async () => {
    const { store, fetch, say, open } = setUp();
    store.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    fetch.mockClear();
    for (let n = 0; n < 5; n += 1) say('routine');
    await vi.advanceTimersByTimeAsync(200);
    expect(fetch).toHaveBeenCalledTimes(1);
    for (let n = 0; n < 20; n += 1) {
      say('routine');
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(fetch.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(fetch.mock.calls.length).toBeLessThanOrEqual(4);
    store.stop();
  });

  it('keeps the last list while the server is away and fetches what it missed', async () => {
    const { store, serve, fail, open, breakOff } = setUp();
    store.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    fail(new ApiError('away', 'NETWORK', 0));
    breakOff();
    expect(store.get().stream).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.get().phase).toBe('ready');
    expect(store.get().error?.code).toBe('NETWORK');
    expect(store.get().entries).toHaveLength(47);
    fail(null);
    serve(night(47, 31));
    open();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.get().stream).toBe('live');
    expect(store.get().error).toBeNull();
    expect(store.get().entries[0]?.arrivalPosition).toBe(31);
    store.stop();
  });

  it('says so when there never was a list', async () => {
    const { store, fail } = setUp();
    fail(new ApiError('broken', 'WEB-0500', 500));
    store.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.get().phase).toBe('failed');
    store.stop();
  });
});
