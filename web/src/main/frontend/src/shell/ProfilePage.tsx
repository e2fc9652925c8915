import { useCallback, useState, type FormEvent } from 'react';
import { asApiError, type ApiError } from '../api/client';
import type { Enrolment } from '../api/types';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { ErrorNotice } from '../design/Notice';
import { QrCode } from '../design/QrCode';
import { Brand } from './Brand';
import { useSession } from './session';

const SELDOM_MS = 600_000;

function logInAgain(): void {
  window.location.reload();
}

function PasswordForm() {
  const [present, setPresent] = useState('');
  const [wanted, setWanted] = useState('');
  const [error, setError] = useState<ApiError | null>(null);
  const [done, setDone] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    try {
      await vigil.changePassword(present, wanted);
      setDone(true);
    } catch (cause) {
      setError(asApiError(cause));
    }
  }

  if (done) {
    return (
      <div className="notice" role="status" data-testid="password-changed">
        <p className="grow">Your password is changed and all your sessions have ended.</p>
        <button type="button" className="button primary" onClick={logInAgain}>
          Log in again
        </button>
      </div>
    );
  }
  return (
    <form className="profile-form" onSubmit={(event) => void submit(event)}>
      <label>
        Present password
        <input className="field" type="password" value={present} required autoComplete="current-password"
          data-testid="password-present" onChange={(e) => setPresent(e.target.value)} />
      </label>
      <label>
        New password, at least 12 characters
        <input className="field" type="password" value={wanted} required minLength={12} autoComplete="new-password"
          data-testid="password-wanted" onChange={(e) => setWanted(e.target.value)} />
      </label>
      {error !== null && <ErrorNotice error={error} />}
      <button type="submit" className="button primary" data-testid="password-change">
        Change password
      </button>
    </form>
  );
}

function SecondFactorForm() {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [code, setCode] = useState('');
  const [recovery, setRecovery] = useState<string[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  async function attempt(work: () => Promise<void>) {
    setError(null);
    try {
      await work();
    } catch (cause) {
      setError(asApiError(cause));
    }
  }

  if (recovery !== null) {
    return (
      <div className="notice" role="status" data-testid="recovery-codes">
        <div className="grow">
          <p>Your second factor is set up. Keep these recovery codes; each serves once, and they are not shown again.</p>
          <ul className="mono">
            {recovery.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
        <button type="button" className="button primary" onClick={logInAgain}>
          Log in again
        </button>
      </div>
    );
  }
  if (enrolment === null) {
    return (
      <>
        {error !== null && <ErrorNotice error={error} />}
        <button type="button" className="button primary" data-testid="second-factor-enrol"
          onClick={() => void attempt(async () => setEnrolment(await vigil.enrol()))}>
          Set up an authenticator app
        </button>
      </>
    );
  }
  return (
    <form className="profile-form"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(async () => setRecovery((await vigil.confirmSecondFactor(code.trim())).recoveryCodes));
      }}>
      <p>
        Scan this with your authenticator app, <a href={enrolment.otpauthUri}>open the app on this device</a>, or enter
        the key below it:
      </p>
      <QrCode text={enrolment.otpauthUri} label="The key for an authenticator app, to scan" />
      <p className="mono" data-testid="second-factor-secret">{enrolment.secret}</p>
      <label>
        The code that the app shows now
        <input className="field" value={code} required inputMode="numeric" autoComplete="one-time-code"
          data-testid="second-factor-code" onChange={(e) => setCode(e.target.value)} />
      </label>
      {error !== null && <ErrorNotice error={error} />}
      <button type="submit" className="button primary" data-testid="second-factor-confirm">
        Confirm
      </button>
    </form>
  );
}

/** One's own password and second factor; all there is while the server asks for one of them first. */
export default function ProfilePage({ onLogout }: { onLogout?: () => void }) {
  const session = useSession();
  const load = useCallback((signal: AbortSignal) => vigil.profile(signal), []);
  const { data, error } = useFetched(load, SELDOM_MS);
  return (
    <main className="page room" data-testid="profile-page" data-restricted={session.restricted ?? undefined}>
      {onLogout !== undefined && <Brand />}
      <h1>{session.displayName}</h1>
      <p className="dim">
        {session.tenantName} · {session.roles.join(', ')}
      </p>
      {session.restricted === 'password' && <p role="alert">Choose a password of your own before you go on.</p>}
      {session.restricted === 'second-factor' && <p role="alert">Your hospital asks for a second factor: set it up before you go on.</p>}
      {error !== null && error.status === 404 && <p>Your account is kept by your hospital’s own log-in.</p>}
      {error !== null && error.status !== 404 && <ErrorNotice error={error} />}
      {data !== null && (
        <>
          <section aria-labelledby="password-title">
            <h2 id="password-title">Password</h2>
            <PasswordForm />
          </section>
          {session.restricted !== 'password' && (
            <section aria-labelledby="second-factor-title">
              <h2 id="second-factor-title">Second factor</h2>
              {data.secondFactor ? <p>An authenticator app is set up.</p> : <SecondFactorForm />}
            </section>
          )}
        </>
      )}
      {onLogout !== undefined && (
        <p>
          <button type="button" className="button" onClick={onLogout} data-testid="logout">
            Log out
          </button>
        </p>
      )}
    </main>
  );
}
