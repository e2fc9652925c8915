import { useCallback, useEffect, useState } from 'react';
import { asApiError, onUnauthorized, type ApiError } from '../api/client';
import type { Session } from '../api/types';
import { vigil } from '../api/vigil';
import { ErrorNotice } from '../design/Notice';
import { Disclaimer } from './Disclaimer';
import { LoginPage } from './LoginPage';
import ProfilePage from './ProfilePage';
import { SessionContext } from './session';
import { Workplace } from './Workplace';

type State =
  | { kind: 'asking' }
  | { kind: 'out'; expired: boolean }
  | { kind: 'in'; session: Session }
  | { kind: 'unreachable'; error: ApiError };

/** Decides between the log-in and the workplace; the disclaimer stands below both. */
export function App() {
  const [state, setState] = useState<State>({ kind: 'asking' });

  const ask = useCallback(async () => {
    try {
      const session = await vigil.me();
      setState({ kind: 'in', session });
    } catch (cause) {
      const error = asApiError(cause);
      setState(error.status === 401 ? { kind: 'out', expired: false } : { kind: 'unreachable', error });
    }
  }, []);

  useEffect(() => {
    onUnauthorized(() => setState((now) => (now.kind === 'in' ? { kind: 'out', expired: true } : now)));
    // The first look for a session is an outside call; its answer sets the state later.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    void ask();
  }, [ask]);

  async function logout() {
    try {
      await vigil.logout();
    } catch (cause) {
      const error = asApiError(cause);
      if (error.status !== 401) {
        setState({ kind: 'unreachable', error });
        return;
      }
    }
    setState({ kind: 'out', expired: false });
  }

  return (
    <div className="app">
      {state.kind === 'asking' && <main className="login" aria-busy="true" />}
      {state.kind === 'unreachable' && (
        <main className="login">
          <ErrorNotice error={state.error} onRetry={() => void ask()} />
        </main>
      )}
      {state.kind === 'out' && (
        <LoginPage expired={state.expired} onLogin={(session) => setState({ kind: 'in', session })} />
      )}
      {state.kind === 'in' && (
        <SessionContext.Provider value={state.session}>
          {state.session.restricted === null ? (
            <Workplace onLogout={() => void logout()} />
          ) : (
            <ProfilePage onLogout={() => void logout()} />
          )}
        </SessionContext.Provider>
      )}
      <Disclaimer />
    </div>
  );
}
