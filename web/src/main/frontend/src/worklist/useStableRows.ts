import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { WorklistEntry } from '../api/types';
import { rowId } from './WorklistRow';

const RISE_MS = 700;
const SLIDE_MS = 350;
/** A click this soon after rows changed places may have been meant for another row. */
export const CLICK_GUARD_MS = 500;

interface Before {
  tops: Map<string, number>;
  order: string;
}

function measure(scroller: HTMLElement, entries: readonly WorklistEntry[]): Map<string, number> {
  const tops = new Map<string, number>();
  const origin = scroller.getBoundingClientRect().top;
  for (const { studyInstanceUid } of entries) {
    const row = document.getElementById(rowId(studyInstanceUid));
    if (row !== null) tops.set(studyInstanceUid, row.getBoundingClientRect().top - origin);
  }
  return tops;
}

/** The row whose place on the screen is kept: the active one while it is seen, else the first seen. */
function anchorOf(before: Before, activeUid: string | null, head: number, height: number): string | null {
  const seen = (top: number | undefined) => top !== undefined && top >= head - 1 && top < height;
  if (activeUid !== null && seen(before.tops.get(activeUid))) return activeUid;
  for (const [uid, top] of before.tops) if (seen(top)) return uid;
  return null;
}

/**
 * Keeps the view still while the list reorders: a reader who has scrolled down keeps the same rows
 * under the eye, one who is at the top sees what comes to the top. Rows glide from their old
 * places unless the reader prefers reduced motion. Returns when rows last changed places.
 */
export function useStableRows(
  scroller: RefObject<HTMLDivElement | null>,
  entries: readonly WorklistEntry[],
  activeUid: string | null,
): RefObject<number> {
  const before = useRef<Before>({ tops: new Map(), order: '' });
  const scrolledTo = useRef(0);
  const changedAt = useRef(0);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const order = entries.map((entry) => entry.studyInstanceUid).join(' ');
    const old = before.current;
    if (old.order === order) return;
    if (old.order !== '') {
      changedAt.current = performance.now();
      settle(element, old, entries, activeUid, scrolledTo.current);
    }
    before.current = { order, tops: measure(element, entries) };
    scrolledTo.current = element.scrollTop;
  }, [entries, scroller, activeUid]);

  // Where rows are changes with every scroll; the measure has to follow.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    let frame = 0;
    const follow = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const by = element.scrollTop - scrolledTo.current;
        scrolledTo.current = element.scrollTop;
        for (const [uid, top] of before.current.tops) before.current.tops.set(uid, top - by);
      });
    };
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', follow);
    };
  }, [scroller]);

  return changedAt;
}

function settle(
  element: HTMLElement,
  old: Before,
  entries: readonly WorklistEntry[],
  activeUid: string | null,
  scrollTop: number,
): void {
  const head = element.querySelector('thead')?.getBoundingClientRect().height ?? 0;
  const height = element.clientHeight;
  let now = measure(element, entries);
  const anchor = scrollTop > 4 ? anchorOf(old, activeUid, head, height) : null;
  const was = anchor === null ? undefined : old.tops.get(anchor);
  const is = anchor === null ? undefined : now.get(anchor);
  if (was !== undefined && is !== undefined && was !== is) {
    element.scrollTop += is - was;
    now = measure(element, entries);
  }
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const [uid, top] of now) {
    const from = old.tops.get(uid);
    if (from === undefined || Math.abs(from - top) < 1) continue;
    const near = (y: number) => y > -height && y < 2 * height;
    if (!near(from) && !near(top)) continue;
    glide(uid, from - top);
  }
}

function glide(uid: string, by: number): void {
  const row = document.getElementById(rowId(uid));
  // A rising row starts from at most a screen below, so that it is seen and not merely there.
  const offset = Math.min(by, window.innerHeight);
  row?.animate([{ transform: `translateY(${offset}px)` }, { transform: 'none' }], {
    duration: by > 0 ? RISE_MS : SLIDE_MS,
    easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)',
  });
}
