import { useState, type FormEvent } from 'react';
import { ApiError, asApiError } from '../api/client';
import type { Session } from '../api/types';
import { vigil } from '../api/vigil';
import { Icon } from '../design/Icon';
import { Brand } from './Brand';

const LAST_HOSPITAL = 'vigil.hospital';

interface LoginPageProps {
  /** The session ended while the page was open, as opposed to a first log-in. */
  expired: boolean;
  onLogin: (session: Session) => void;
}

function explain(error: ApiError): string {
  if (error.status === 401) return 'Hospital, user or password is not right. Check all three and try again.';
  return error.message;
}

/** Only the hospital's id is remembered on a shared reading-room machine, never the user. */
export function LoginPage({ expired, onLogin }: LoginPageProps) {
  const [tenant, setTenant] = useState(() => window.localStorage.getItem(LAST_HOSPITAL) ?? '');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const session = await vigil.login({ tenant: tenant.trim(), username: username.trim(), password });
      window.localStorage.setItem(LAST_HOSPITAL, session.tenant);
      onLogin(session);
    } catch (cause) {
      setError(asApiError(cause));
      setPassword('');
      setBusy(false);
    }
  }

  return (
    <main className="login">
      <form className="login-card" onSubmit={(event) => void submit(event)} data-testid="login-form">
        <Brand />
        <h1>{expired ? 'Your session has ended' : 'Log in'}</h1>
        {expired && <p className="dim">Log in again to go on where you were.</p>}
        <label>
          Hospital
          <input className="field" name="tenant" value={tenant} onChange={(e) => setTenant(e.target.value)}
            placeholder="st-agnes" autoComplete="organization" autoCapitalize="none" spellCheck={false}
            required autoFocus={tenant === ''} data-testid="login-tenant" />
        </label>
        <label>
          User
          <input className="field" name="username" value={username} onChange={(e) => setUsername(e.target.value)}
            autoComplete="username" autoCapitalize="none" spellCheck={false} required
            autoFocus={tenant !== ''} data-testid="login-username" />
        </label>
        <label>
          Password
          <input className="field" name="password" type="password" value={password}
            onChange={(e) => setPassword(e.target.value)} autoComplete="current-password" required
            data-testid="login-password" />
        </label>
        {error !== null && (
          <p className="login-error tone-critical" role="alert" data-testid="login-error" data-code={error.code}>
            <Icon name="failed" />
            <span>
              {explain(error)} <span className="dim mono">{error.code}</span>
            </span>
          </p>
        )}
        <button type="submit" className="button primary" disabled={busy} data-testid="login-submit">
          {busy ? 'Logging in…' : 'Log in'}
        </button>
      </form>
    </main>
  );
}
