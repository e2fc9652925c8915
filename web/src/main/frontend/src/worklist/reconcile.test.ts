import { describe, expect, it } from 'vitest';
import { inReadingOrder, reconcile } from './reconcile';
import { entry, night } from './sample';

describe('inReadingOrder', () => {
  it('follows the server and lets arrival decide a tie', () => {
    const list = [entry(3, { position: 1 }), entry(1, { position: 2 }), entry(2, { position: 1 })];
    expect(inReadingOrder(list).map((each) => each.arrivalPosition)).toEqual([2, 3, 1]);
  });
});

describe('reconcile', () => {
  it('tells the one that rose from the thirty that slid down', () => {
    const { entries, movedUp } = reconcile(night(47), night(47, 31));
    expect(movedUp).toEqual([{ studyInstanceUid: '1.2.3.31', from: 31, to: 1 }]);
    expect(entries[0]?.studyInstanceUid).toBe('1.2.3.31');
    expect(entries).toHaveLength(47);
  });

  it('keeps the identity of entries that did not change', () => {
    const shown = night(47);
    const { entries } = reconcile(shown, night(47, 31));
    expect(entries[40]).toBe(shown[40]);
    expect(entries[5]).not.toBe(shown[5]);
  });

  it('does not call it a rise when those in front have merely left', () => {
    const shown = night(5);
    const left = shown.slice(2).map((each, index) => ({ ...each, position: index + 1 }));
    expect(reconcile(shown, left).movedUp).toEqual([]);
  });

  it('names what has arrived', () => {
    const { arrived, movedUp } = reconcile(night(2), night(3));
    expect(arrived).toEqual(['1.2.3.3']);
    expect(movedUp).toEqual([]);
  });
});
