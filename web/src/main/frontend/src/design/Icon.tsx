import type { ReactNode } from 'react';

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.7, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** Drawn for this page on a 20 × 20 grid; shapes differ enough to be told apart without colour. */
const SHAPES = {
  critical: (
    <>
      <path d="M6.5 1.8h7L18.2 6.5v7L13.5 18.2h-7L1.8 13.5v-7z" fill="currentColor" />
      <path d="M10 5.5v5.6M10 14.2v.2" stroke="#1a0607" strokeWidth="2.2" strokeLinecap="round" />
    </>
  ),
  urgent: (
    <>
      <path d="M10 2.2 18.5 17h-17z" {...line} />
      <path d="M10 8v4.2M10 14.5v.1" {...line} />
    </>
  ),
  routine: <circle cx="10" cy="10" r="5" {...line} />,
  none: <path d="M5 10h10" {...line} strokeDasharray="2 3" />,
  pending: (
    <>
      <circle cx="10" cy="10" r="7.5" {...line} />
      <path d="M10 5.5V10l3 2" {...line} />
    </>
  ),
  processing: (
    <>
      <circle cx="10" cy="10" r="7.5" {...line} opacity="0.3" />
      <path d="M10 2.5a7.5 7.5 0 0 1 7.5 7.5" {...line} className="spin" />
    </>
  ),
  completed: <path d="m4 10.5 4 4 8-9" {...line} />,
  failed: (
    <>
      <circle cx="10" cy="10" r="7.5" {...line} />
      <path d="m7 7 6 6m0-6-6 6" {...line} />
    </>
  ),
  notRun: (
    <>
      <circle cx="10" cy="10" r="7.5" {...line} strokeDasharray="3 2.5" />
      <path d="m5 15 10-10" {...line} />
    </>
  ),
  matched: (
    <>
      <path d="M8 12 5.8 14.2a3 3 0 0 1-4.2-4.2L5 6.6a3 3 0 0 1 4.2 0" {...line} />
      <path d="m12 8 2.2-2.2a3 3 0 0 1 4.2 4.2L15 13.4a3 3 0 0 1-4.2 0M7.5 12.5l5-5" {...line} />
    </>
  ),
  unmatched: (
    <>
      <path d="M6.5 13.5a3 3 0 0 1-4.6-3.7L5 6.6" {...line} />
      <path d="M13.5 6.5a3 3 0 0 1 4.6 3.7L15 13.4M8 3v2.5M12 17v-2.5" {...line} />
    </>
  ),
  quarantined: (
    <>
      <rect x="3.5" y="8.5" width="13" height="9" rx="1.5" {...line} />
      <path d="M6.5 8.5V6a3.5 3.5 0 0 1 7 0v2.5M10 12v2" {...line} />
    </>
  ),
  up: <path d="M10 16V4.5M5 9.5l5-5 5 5" {...line} />,
  live: <circle cx="10" cy="10" r="4.5" fill="currentColor" />,
  broken: (
    <>
      <path d="M3 10a7 7 0 0 1 12-5M17 10a7 7 0 0 1-12 5" {...line} />
      <path d="M15 1.5V5h-3.5M5 18.5V15h3.5" {...line} />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="7.5" {...line} />
      <path d="M10 9.2v5M10 6v.1" {...line} />
    </>
  ),
  print: (
    <>
      <path d="M5.5 7V2.5h9V7M5.5 14.5H3V7h14v7.5h-2.5" {...line} />
      <path d="M5.5 12h9v5.5h-9z" {...line} />
    </>
  ),
  search: (
    <>
      <circle cx="8.5" cy="8.5" r="5.5" {...line} />
      <path d="m13 13 4.5 4.5" {...line} />
    </>
  ),
  back: <path d="M16 10H4M9 5l-5 5 5 5" {...line} />,
  bell: <path d="M3.5 14.5h13L15 12V8a5 5 0 0 0-10 0v4zM8 17.5h4" {...line} />,
  eye: (
    <>
      <path d="M1.5 10c4-7 13-7 17 0-4 7-13 7-17 0z" {...line} />
      <circle cx="10" cy="10" r="2.7" {...line} />
    </>
  ),
  eyeOff: (
    <>
      <path d="M1.5 10c4-7 13-7 17 0-4 7-13 7-17 0z" {...line} />
      <path d="m3.5 17 13-14" {...line} />
    </>
  ),
  window: (
    <>
      <circle cx="10" cy="10" r="7.5" {...line} />
      <path d="M10 2.5a7.5 7.5 0 0 1 0 15z" fill="currentColor" />
    </>
  ),
  pan: <path d="M10 2v16M2 10h16M7.5 4.5 10 2l2.5 2.5M7.5 15.5 10 18l2.5-2.5M4.5 7.5 2 10l2.5 2.5M15.5 7.5 18 10l-2.5 2.5" {...line} />,
  zoom: (
    <>
      <circle cx="8.5" cy="8.5" r="5.5" {...line} />
      <path d="m13 13 4.5 4.5M8.5 6v5M6 8.5h5" {...line} />
    </>
  ),
  stack: <path d="m10 2.5 7.5 4-7.5 4-7.5-4zM2.5 10l7.5 4 7.5-4M2.5 13.5l7.5 4 7.5-4" {...line} />,
  invert: (
    <>
      <rect x="2.5" y="2.5" width="15" height="15" rx="2" {...line} />
      <path d="M2.5 17.5v-15h15z" fill="currentColor" />
    </>
  ),
  reset: <path d="M4 3.5V8h4.5M4 8a7 7 0 1 1-.5 4.5" {...line} />,
  rerun: <path d="M16 3.5V8h-4.5M16 8a7 7 0 1 0 .5 4.5" {...line} />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** A decoration beside a word; the word carries the meaning, so it is hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
