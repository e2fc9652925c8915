/** Person name (PS3.5 §6.2.1) as it is read: `DOE^JANE^M` becomes `DOE, JANE M`. */
export function personName(value: string): string {
  const alphabetic = value.split('=')[0] ?? '';
  if (!alphabetic.includes('^')) return alphabetic.trim() === '' ? 'Name not given' : alphabetic.trim();
  const [family = '', given = '', middle = ''] = alphabetic.split('^').map((component) => component.trim());
  const rest = [given, middle].filter((component) => component !== '').join(' ');
  if (family === '') return rest === '' ? 'Name not given' : rest;
  return rest === '' ? family : `${family}, ${rest}`;
}

/** Accepts `2026-11-22` and the DICOM form `20261122`; null when it is neither. */
export function calendarDate(value: string | null): Date | null {
  const parts = value === null ? null : /^(\d{4})-?(\d{2})-?(\d{2})/.exec(value);
  if (parts === null) return null;
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Age at `at`: days under 8 weeks, months under 2 years, then years; `?` when the birth date is unknown. */
export function age(birthDate: string | null, at: Date): string {
  const born = calendarDate(birthDate);
  if (born === null || born > at) return '?';
  const days = Math.floor((at.getTime() - born.getTime()) / 86_400_000);
  if (days < 56) return `${days} d`;
  let months = (at.getUTCFullYear() - born.getUTCFullYear()) * 12 + at.getUTCMonth() - born.getUTCMonth();
  if (at.getUTCDate() < born.getUTCDate()) months -= 1;
  return months < 24 ? `${months} mo` : `${Math.floor(months / 12)} y`;
}

export function sexAndAge(sex: string | null, birthDate: string | null, at: Date): string {
  return `${sex === null || sex === '' ? '?' : sex} · ${age(birthDate, at)}`;
}

/** `40 s`, `14 min`, `3 h 05`, `2 d 4 h`; never negative, whatever the two clocks say. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function ago(instant: string, now: Date): string {
  const milliseconds = now.getTime() - new Date(instant).getTime();
  if (Number.isNaN(milliseconds)) return '';
  return milliseconds < 5_000 ? 'just now' : `${duration(milliseconds)} ago`;
}

/** Local wall-clock time, with the date when it is not today. */
export function clockTime(instant: string, now: Date): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '?';
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
  const today = at.toDateString() === now.toDateString();
  return today ? time : `${pad(at.getDate())} ${at.toLocaleString('en', { month: 'short' })} ${time}`;
}

/** Unambiguous local date and time: `2026-11-22 02:17:05`. */
export function fullTime(instant: string | null): string {
  if (instant === null) return '–';
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '?';
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

/** `1985-03-07` whatever form the date came in. */
export function plainDate(value: string | null): string {
  return calendarDate(value)?.toISOString().slice(0, 10) ?? '–';
}

/** A model's score in whole percent; the ends of the scale are left open, for no score is a certainty. */
export function percent(fraction: number): string {
  if (fraction > 0.99) return '>99%';
  if (fraction > 0 && fraction < 0.01) return '<1%';
  return `${Math.round(fraction * 100)}%`;
}

/** `31 → 1` when the study has left its place of arrival, else the place alone. */
export function arrival(arrivalPosition: number, position: number): string {
  return arrivalPosition === position ? String(position) : `${arrivalPosition} → ${position}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
