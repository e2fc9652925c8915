import { describe, expect, it } from 'vitest';
import { age, ago, arrival, duration, percent, personName, plainDate } from './format';

describe('personName', () => {
  it('reads the components of a DICOM person name', () => {
    expect(personName('DOE^JANE^M')).toBe('DOE, JANE M');
    expect(personName('YAMADA^TARO=山田^太郎')).toBe('YAMADA, TARO');
    expect(personName('DOE')).toBe('DOE');
    expect(personName('^JANE')).toBe('JANE');
  });
  it('says so when there is no name', () => {
    expect(personName('')).toBe('Name not given');
    expect(personName('^^')).toBe('Name not given');
  });
});

describe('age', () => {
  const at = new Date('2026-11-22T02:17:00Z');
  it('counts days, then months, then years', () => {
    expect(age('2026-11-20', at)).toBe('2 d');
    expect(age('2026-01-30', at)).toBe('9 mo');
    expect(age('1959-11-23', at)).toBe('66 y');
    expect(age('1959-11-22', at)).toBe('67 y');
    expect(age('19591122', at)).toBe('67 y');
  });
  it('does not guess', () => {
    expect(age(null, at)).toBe('?');
    expect(age('2027-01-01', at)).toBe('?');
    expect(age('unknown', at)).toBe('?');
  });
});

describe('times', () => {
  it('grow from seconds to days', () => {
    expect(duration(40_000)).toBe('40 s');
    expect(duration(14 * 60_000)).toBe('14 min');
    expect(duration(185 * 60_000)).toBe('3 h 05');
    expect(duration(52 * 3_600_000)).toBe('2 d 4 h');
  });
  it('are never negative when the clocks differ', () => {
    expect(duration(-3_000)).toBe('0 s');
    expect(ago('2026-11-22T02:17:10Z', new Date('2026-11-22T02:17:00Z'))).toBe('just now');
  });
  it('show dates in one form', () => {
    expect(plainDate('19850307')).toBe('1985-03-07');
    expect(plainDate(null)).toBe('–');
  });
});

describe('arrival', () => {
  it('shows where a study came from', () => {
    expect(arrival(31, 1)).toBe('31 → 1');
    expect(arrival(7, 7)).toBe('7');
  });
});

describe('percent', () => {
  it('never claims certainty', () => {
    expect(percent(0.874)).toBe('87%');
    expect(percent(0.9999)).toBe('>99%');
    expect(percent(1)).toBe('>99%');
    expect(percent(0.004)).toBe('<1%');
    expect(percent(0)).toBe('0%');
  });
});
