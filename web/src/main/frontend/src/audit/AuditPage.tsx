import '../admin/features.css';
import '../design/table.css';
import { useState, type ReactNode } from 'react';
import type { Session } from '../api/types';
import { may, type Act } from '../shell/roles';
import { useSession } from '../shell/session';
import { Anomalies } from './Anomalies';
import { Holds } from './Holds';
import { Integrity } from './Integrity';
import { Reports } from './Reports';
import { Trail } from './Trail';

interface Tab {
  name: string;
  title: string;
  /** Null: whoever may see the page. */
  needs: Act | null;
  content: ReactNode;
}

const TABS: readonly Tab[] = [
  { name: 'trail', title: 'Trail', needs: null, content: <Trail /> },
  { name: 'anomalies', title: 'Unusual access', needs: 'seeAnomalies', content: <Anomalies /> },
  { name: 'integrity', title: 'Integrity', needs: 'verifyAudit', content: <Integrity /> },
  { name: 'holds', title: 'Legal holds', needs: 'holdRecords', content: <Holds /> },
  { name: 'reports', title: 'Reports', needs: 'exportAudit', content: <Reports /> },
];

function tabsFor(session: Session): readonly Tab[] {
  return TABS.filter((tab) => tab.needs === null || may(session, tab.needs));
}

/** The auditor's place: the trail, whether it is whole, what is unusual in it, what must be kept. */
export default function AuditPage() {
  const session = useSession();
  const tabs = tabsFor(session);
  const [open, setOpen] = useState('trail');
  return (
    <main className="page room">
      <div className="room-head">
        <h1>Audit</h1>
        <p className="dim">Whatever you do here is recorded too.</p>
      </div>
      {tabs.length > 1 && (
        <div className="pager" role="group" aria-label="Parts of this page">
          {tabs.map((tab) => (
            <button key={tab.name} type="button" className="button" aria-pressed={tab.name === open}
              data-testid={`audit-tab-${tab.name}`} onClick={() => setOpen(tab.name)}>
              {tab.title}
            </button>
          ))}
        </div>
      )}
      {tabs.find((tab) => tab.name === open)?.content}
    </main>
  );
}
