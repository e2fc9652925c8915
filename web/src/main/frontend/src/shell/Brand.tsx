/** The name with its sign: an eye that stays open. */
export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" focusable="false">
        <path d="M3 16c5-9 21-9 26 0-5 9-21 9-26 0z" fill="none" stroke="currentColor" strokeWidth="2.4" />
        <circle cx="16" cy="16" r="4" fill="currentColor" />
      </svg>
      Vigil
    </span>
  );
}
