import type { ReactNode } from 'react';
import type { ApiError } from '../api/client';
import { Icon } from './Icon';

/** What was refused, with its code, and what can be done about it. */
export function ErrorNotice({ error, onRetry, children }: { error: ApiError; onRetry?: () => void; children?: ReactNode }) {
  return (
    <div className="notice error" role="alert" data-testid="error-notice" data-code={error.code}>
      <span className="tone-critical">
        <Icon name="failed" />
      </span>
      <div className="grow">
        <p>{error.message}</p>
        {error.details !== null && <p className="dim">{error.details}</p>}
        <p className="dim small">
          Code <span className="mono">{error.code}</span>
        </p>
        {children}
      </div>
      {onRetry !== undefined && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p>{title}</p>
      {children !== undefined && <p className="dim">{children}</p>}
    </div>
  );
}
