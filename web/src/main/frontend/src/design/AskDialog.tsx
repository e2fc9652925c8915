import { useEffect, useRef, useState, type FormEvent } from 'react';
import { asApiError, type ApiError } from '../api/client';
import { ErrorNotice } from './Notice';

interface AskDialogProps {
  title: string;
  explanation: string;
  label: string;
  required: boolean;
  confirm: string;
  testId: string;
  onConfirm: (text: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for a reason or a comment before something that is recorded; stays open when it is refused. */
export function AskDialog({ title, explanation, label, required, confirm, testId, onConfirm, onClose }: AskDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      await onConfirm(text.trim());
      onClose();
    } catch (cause) {
      setError(asApiError(cause));
      setBusy(false);
    }
  }

  return (
    <dialog ref={dialog} className="dialog" onClose={onClose} aria-labelledby="ask-title">
      <form className="dialog-body" onSubmit={(event) => void submit(event)}>
        <h1 id="ask-title">{title}</h1>
        <p className="dim">{explanation}</p>
        <label className="ask-label">
          {label}
          <textarea className="field" rows={3} value={text} required={required} maxLength={2000} autoFocus
            data-testid={`${testId}-reason`} onChange={(e) => setText(e.target.value)} />
        </label>
        {error !== null && <ErrorNotice error={error} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={busy || (required && text.trim() === '')}
            data-testid={`${testId}-confirm`}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
