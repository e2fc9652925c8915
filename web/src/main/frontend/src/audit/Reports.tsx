import { useState, type FormEvent } from 'react';
import { vigil } from '../api/vigil';
import { ErrorNotice } from '../design/Notice';
import { useWork } from './useWork';

/** A quarter's figures as a PDF. */
export function Reports() {
  const [now] = useState(() => new Date());
  const [year, setYear] = useState(String(now.getUTCFullYear()));
  const [quarter, setQuarter] = useState(String(Math.floor(now.getUTCMonth() / 3) + 1));
  const { busy, error, run } = useWork();
  function submit(event: FormEvent) {
    event.preventDefault();
    void run(() => vigil.quarterlyReport(Number(year), Number(quarter)));
  }
  return (
    <section aria-labelledby="report-title">
      <h2 id="report-title">Quarterly report</h2>
      <p className="dim">Events by kind and person, refusals, unusual access, holds, deletions and the state of the chain.</p>
      <form className="consent-form" onSubmit={submit}>
        <label>
          Year
          <input className="field" type="number" min={2020} max={2100} value={year} required data-testid="report-year"
            onChange={(e) => setYear(e.target.value)} />
        </label>
        <label>
          Quarter
          <select className="field" value={quarter} data-testid="report-quarter" onChange={(e) => setQuarter(e.target.value)}>
            {['1', '2', '3', '4'].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <button type="submit" className="button" disabled={busy} data-testid="report-download">
          Download PDF
        </button>
      </form>
      {error !== null && <ErrorNotice error={error} />}
    </section>
  );
}
