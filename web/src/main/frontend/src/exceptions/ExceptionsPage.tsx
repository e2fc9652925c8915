import '../design/table.css';
import { may } from '../shell/roles';
import { useSession } from '../shell/session';
import { Deliveries } from './Deliveries';
import { NightFigures } from './NightFigures';
import { Orders } from './Orders';
import { Quarantine } from './Quarantine';

/** What did not go the ordinary way, so that nothing is lost silently. */
export default function ExceptionsPage() {
  const session = useSession();
  return (
    <main className="page room">
      <h1>Exceptions</h1>
      {may(session, 'night') && <NightFigures />}
      {may(session, 'seeQuarantine') && <Quarantine />}
      {may(session, 'seeOrders') && <Orders />}
      <Deliveries />
    </main>
  );
}
