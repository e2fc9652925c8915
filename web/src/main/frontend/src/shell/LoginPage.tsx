import { useEffect, useState, type FormEvent } from 'react';
import { ApiError, asApiError } from '../api/client';
import type { Session } from '../api/types';
import { vigil } from '../api/vigil';
import { Icon } from '../design/Icon';
import { Brand } from './Brand';

const LAST_HOSPITAL = 'vigil.hospital';

/** After the last letter of the hospital's id. */
const ASK_AFTER_MS = 400;

interface LoginPageProps {
  /** The session ended while the page was open, as opposed to a first log-in. */
  expired: boolean;
  onLogin: (session: Session) => void;
}

/** What the provider's log-in ended with, from the address it sent the browser back to. */
function refusedByProvider(): string | null {
  return /^#\/log-in-refused\/([A-Z]+-\d{4})$/.exec(window.location.hash)?.[1] ?? null;
}

function explain(error: ApiError): string {
  if (error.code === 'IDENTITY-0007') return 'Now the code that your authenticator app shows.';
  if (error.code === 'IDENTITY-0008') return 'The code is not right, or was used before. Wait for the next one.';
  if (error.status === 401) return 'Hospital, user or password is not right. Check all three and try again.';
  return error.message;
}

/** Only the hospital's id is remembered on a shared reading-room machine, never the user. */
export function LoginPage({ expired, onLogin }: LoginPageProps) {
  const [tenant, setTenant] = useState(() => window.localStorage.getItem(LAST_HOSPITAL) ?? '');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<ApiError | null>(null);
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [provider, setProvider] = useState(false);
  const [refused] = useState(refusedByProvider);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!/^[a-z][a-z0-9-]{1,31}$/.test(tenant.trim())) return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      vigil.openId(tenant.trim()).then(
        (answer) => !gone && setProvider(answer.available),
        // A hospital that does not exist has no provider either: the log-in itself will say so.
        () => !gone && setProvider(false),
      );
    }, ASK_AFTER_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [tenant]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const session = await vigil.login({ tenant: tenant.trim(), username: username.trim(), password, ...(asksCode && code !== '' ? { code: code.trim() } : {}) });
      window.localStorage.setItem(LAST_HOSPITAL, session.tenant);
      onLogin(session);
    } catch (cause) {
      const problem = asApiError(cause);
      setError(problem);
      setCode('');
      if (problem.code === 'IDENTITY-0007' || problem.code === 'IDENTITY-0008') setAsksCode(true);
      else setPassword('');
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
        {asksCode && (
          <label>
            Code of your authenticator app, or a recovery code
            <input className="field" name="code" value={code} onChange={(e) => setCode(e.target.value)}
              autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} required autoFocus data-testid="login-code" />
          </label>
        )}
        {error === null && refused !== null && (
          <p className="login-error tone-critical" role="alert" data-testid="login-error" data-code={refused}>
            <Icon name="failed" />
            <span>
              The log-in with your hospital’s account was refused. <span className="dim mono">{refused}</span>
            </span>
          </p>
        )}
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
        {provider && (
          <a className="button" href={vigil.openIdUrl(tenant.trim())} data-testid="login-openid">
            Log in with your hospital’s account
          </a>
        )}
      </form>
    </main>
  );
}
