import type { WorklistSnapshot } from '../worklist/store';
import { Icon } from '../design/Icon';
import { Brand } from './Brand';
import { pagesFor } from './roles';
import { hrefOf, type PageName } from './router';
import { useSession } from './session';

const TITLES: Record<PageName, string> = {
  worklist: 'Worklist',
  study: 'Study',
  alerts: 'Alerts',
  exceptions: 'Exceptions',
  models: 'Models',
  features: 'AI features',
  consents: 'Consent',
  audit: 'Audit',
  print: 'Printable list',
  reviews: 'Reviews',
  profile: 'Your account',
};

const STREAM: Record<WorklistSnapshot['stream'], string> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  closed: 'Not connected',
};

/** Whether the list on the screen is kept current by the server. */
export function StreamState({ state }: { state: WorklistSnapshot['stream'] }) {
  const tone = state === 'live' ? 'tone-routine' : 'tone-urgent';
  return (
    <span className={`mark stream ${tone}`} role="status" data-testid="stream-state" data-state={state}>
      <Icon name={state === 'live' ? 'live' : 'broken'} />
      {STREAM[state]}
    </span>
  );
}

interface TopBarProps {
  page: PageName;
  stream: WorklistSnapshot['stream'] | null;
  onHelp: () => void;
  onLogout: () => void;
}

export function TopBar({ page, stream, onHelp, onLogout }: TopBarProps) {
  const session = useSession();
  const current = page === 'study' || page === 'print' ? 'worklist' : page;
  return (
    <header className="topbar" data-testid="topbar">
      <Brand />
      <nav aria-label="Pages">
        {pagesFor(session).map((each) => (
          <a key={each} href={hrefOf({ page: each } as Parameters<typeof hrefOf>[0])} data-testid={`nav-${each}`}
            aria-current={each === current ? 'page' : undefined}>
            {TITLES[each]}
          </a>
        ))}
      </nav>
      {stream !== null && <StreamState state={stream} />}
      <span className="topbar-user" data-testid="session-user">
        <a href={hrefOf({ page: 'profile' })} data-testid="nav-profile">
          {session.displayName}
        </a>
        <span className="dim small">{session.tenantName}</span>
      </span>
      <button type="button" className="button quiet" onClick={onHelp} title="Keyboard help (?)">
        <kbd>?</kbd>
        <span className="visually-hidden">Keyboard help</span>
      </button>
      <button type="button" className="button" onClick={onLogout} data-testid="logout">
        Log out
      </button>
    </header>
  );
}
