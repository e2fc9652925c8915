/** Shown on every page, the log-in and the printed list included; it cannot be closed. */
export function Disclaimer() {
  return (
    <footer className="disclaimer" role="note" data-testid="disclaimer">
      <strong>AI assistance is not diagnostic.</strong> Final interpretation by a qualified radiologist required.
    </footer>
  );
}
