import { useState } from 'react';
import { asApiError, type ApiError } from '../api/client';
import type { Delivery } from '../api/types';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { Mark } from '../design/marks';
import { ErrorNotice } from '../design/Notice';
import { may } from '../shell/roles';
import { useSession } from '../shell/session';
import { fullTime, personName } from '../worklist/format';
import { useWorklist } from '../worklist/useWorklist';

const KINDS: Record<string, string> = {
  dicom_sr: 'DICOM report to the PACS',
  dicom_sc: 'DICOM heat map to the PACS',
  hl7_oru: 'HL7 result to the RIS',
  fhir_bundle: 'FHIR bundle to the EHR',
};

async function undelivered(signal: AbortSignal): Promise<Delivery[]> {
  const [failed, retrying] = await Promise.all([
    vigil.deliveries('failed', signal),
    vigil.deliveries('retrying', signal),
  ]);
  return [...failed.deliveries, ...retrying.deliveries];
}

/** Results that did not reach their receiver. */
export function Deliveries() {
  const session = useSession();
  const { entries } = useWorklist();
  const { data, error, reload } = useFetched(undelivered);
  const [failure, setFailure] = useState<ApiError | null>(null);

  async function retry(delivery: Delivery) {
    setFailure(null);
    try {
      await vigil.retryDelivery(delivery.id);
      reload();
    } catch (cause) {
      setFailure(asApiError(cause));
    }
  }

  return (
    <section aria-labelledby="deliveries-title">
      <div className="room-head">
        <h2 id="deliveries-title">Results not delivered</h2>
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {failure !== null && <ErrorNotice error={failure} />}
      {data !== null && data.length === 0 && <p className="none">Every result has reached its receiver.</p>}
      {data !== null && data.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['State', 'What', 'Study', 'Attempts', 'Last error', 'Next attempt', ''].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.map((delivery) => {
                const entry = entries.find((each) => each.studyInstanceUid === delivery.studyInstanceUid);
                return (
                  <tr key={delivery.id} data-testid="delivery-row" data-delivery-id={delivery.id} data-status={delivery.status}>
                    <td>
                      {delivery.status === 'failed' ? (
                        <Mark icon="failed" word="Failed" tone="critical" />
                      ) : (
                        <Mark icon="broken" word="Retrying" tone="urgent" />
                      )}
                    </td>
                    <td>{KINDS[delivery.kind] ?? delivery.kind}</td>
                    <td>
                      {entry === undefined ? (
                        <span className="mono uid">{delivery.studyInstanceUid}</span>
                      ) : (
                        <>
                          {personName(entry.patientName)}
                          <span className="second number">{entry.accessionNumber}</span>
                        </>
                      )}
                    </td>
                    <td className="number">{delivery.attempts}</td>
                    <td>{delivery.lastError ?? '–'}</td>
                    <td className="number nowrap">{fullTime(delivery.nextAttemptAt)}</td>
                    <td className="actions">
                      {may(session, 'retryDelivery') && (
                        <button type="button" className="button" data-testid="delivery-retry" onClick={() => void retry(delivery)}>
                          Retry now
                        </button>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
