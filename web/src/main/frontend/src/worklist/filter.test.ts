import { describe, expect, it } from 'vitest';
import { countBySeverity, hiddenCriticals, isFiltering, NO_FILTER, passes } from './filter';
import { entry, night } from './sample';

describe('passes', () => {
  it('wants every word, anywhere, in any case', () => {
    const study = entry(1, { patientName: 'MÜLLER^JÖRG', accessionNumber: 'A26-1' });
    expect(passes(study, { ...NO_FILTER, text: 'müller a26' })).toBe(true);
    expect(passes(study, { ...NO_FILTER, text: 'jörg b77' })).toBe(false);
  });
  it('keeps studies without an AI result apart from routine ones', () => {
    const notRun = entry(1, { aiStatus: 'not_run' });
    expect(passes(notRun, { ...NO_FILTER, severities: ['routine'] })).toBe(false);
    expect(passes(notRun, { ...NO_FILTER, severities: ['none'] })).toBe(true);
  });
  it('filters by modality and status', () => {
    const study = entry(1, { modality: 'CT', aiStatus: 'failed', readingStatus: 'read' });
    expect(passes(study, { ...NO_FILTER, modality: 'CT', status: 'failed' })).toBe(true);
    expect(passes(study, { ...NO_FILTER, modality: 'DX' })).toBe(false);
    expect(passes(study, { ...NO_FILTER, status: 'quarantined' })).toBe(false);
  });
});

describe('a filter', () => {
  it('never hides an unread critical study silently', () => {
    const list = night(5, 3);
    expect(hiddenCriticals(list, { ...NO_FILTER, severities: ['routine'] })).toHaveLength(1);
    expect(hiddenCriticals(list, NO_FILTER)).toHaveLength(0);
  });
  it('counts by severity', () => {
    expect(countBySeverity(night(5, 3))).toEqual({ critical: 1, urgent: 0, routine: 0, none: 4 });
  });
  it('knows when it does nothing', () => {
    expect(isFiltering({ ...NO_FILTER, text: '  ' })).toBe(false);
    expect(isFiltering({ ...NO_FILTER, status: 'failed' })).toBe(true);
  });
});
