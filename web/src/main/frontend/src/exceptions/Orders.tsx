import { useCallback } from 'react';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { ErrorNotice } from '../design/Notice';
import { useNow } from '../shell/useNow';
import { ago, fullTime, personName } from '../worklist/format';

/** Orders that wait for images which have not come. */
export function Orders() {
  const now = useNow();
  const load = useCallback((signal: AbortSignal) => vigil.awaitingOrders(signal), []);
  const { data, error, reload } = useFetched(load);
  return (
    <section aria-labelledby="orders-title">
      <div className="room-head">
        <h2 id="orders-title">Orders without a study</h2>
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && data.orders.length === 0 && <p className="none">Every order has its study.</p>}
      {data !== null && data.orders.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['Patient', 'Procedure', 'Accession / placer number', 'Priority', 'Ordered by', 'Received'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.orders.map((order) => (
                <tr key={order.id} data-testid="order-row" data-order-id={order.id}>
                  <td>
                    {personName(order.patientName ?? '')}
                    <span className="second number">{order.patientId}</span>
                  </td>
                  <td>
                    {order.modality} {order.procedureText}
                  </td>
                  <td className="number">
                    {order.accessionNumber ?? '–'}
                    <span className="second">{order.placerOrderNumber}</span>
                  </td>
                  <td>{order.priority ?? '–'}</td>
                  <td>{order.orderingProviderName ?? '–'}</td>
                  <td className="number nowrap">
                    {ago(order.receivedAt, now)}
                    <span className="second">{fullTime(order.receivedAt)}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
