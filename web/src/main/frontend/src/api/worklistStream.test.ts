import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorklistEvent } from './types';
import { backOff, WorklistStream, type EventSourceLike, type StreamState } from './worklistStream';

class FakeSource implements EventSourceLike {
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  closed = false;
  private listener: ((event: MessageEvent<string>) => void) | null = null;

  addEventListener(_type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listener = listener;
  }
  close(): void {
    this.closed = true;
  }
  say(data: string): void {
    this.listener?.(new MessageEvent('worklist', { data }));
  }
  opens(): void {
    this.onopen?.(new Event('open'));
  }
  fails(): void {
    this.onerror?.(new Event('error'));
  }
}

function setUp() {
  const sources: FakeSource[] = [];
  const states: [StreamState, number | null][] = [];
  const events: WorklistEvent[] = [];
  const stream = new WorklistStream({
    open: () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    onEvent: (event) => events.push(event),
    onState: (state, delay) => states.push([state, delay]),
    random: () => 1,
  });
  return { sources, states, events, stream, last: () => sources[sources.length - 1] as FakeSource };
}

describe('backOff', () => {
  it('doubles up to half a minute and is spread by a fifth', () => {
    expect([0, 1, 2, 3, 4, 5, 9].map((n) => backOff(n, 1))).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    expect(backOff(0, 0)).toBe(800);
  });
});

describe('WorklistStream', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('hands events on', () => {
    const { stream, events, last } = setUp();
    stream.start();
    last().opens();
    last().say('{"studyInstanceUid":"1.2","severity":"critical","reason":"analysed"}');
    expect(events).toEqual([{ studyInstanceUid: '1.2', severity: 'critical', reason: 'analysed' }]);
  });

  it('ignores what it cannot read', () => {
    const { stream, events, last } = setUp();
    stream.start();
    last().say('not json');
    last().say('{"other":1}');
    expect(events).toEqual([]);
  });

  it('reconnects with growing delays and starts over once it was live', () => {
    const { stream, sources, states, last } = setUp();
    stream.start();
    last().fails();
    expect(states.at(-1)).toEqual(['reconnecting', 1000]);
    vi.advanceTimersByTime(999);
    expect(sources).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(2);
    expect(sources[0]?.closed).toBe(true);
    last().fails();
    expect(states.at(-1)).toEqual(['reconnecting', 2000]);
    vi.advanceTimersByTime(2000);
    last().opens();
    expect(states.at(-1)).toEqual(['live', null]);
    last().fails();
    expect(states.at(-1)).toEqual(['reconnecting', 1000]);
  });

  it('tries at once when woken, and only while it waits', () => {
    const { stream, sources, last } = setUp();
    stream.start();
    last().opens();
    stream.retryNow();
    expect(sources).toHaveLength(1);
    last().fails();
    stream.retryNow();
    expect(sources).toHaveLength(2);
  });

  it('stays silent once stopped', () => {
    const { stream, sources, states, last } = setUp();
    stream.start();
    const source = last();
    stream.stop();
    source.fails();
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
    expect(states.at(-1)).toEqual(['closed', null]);
  });
});
