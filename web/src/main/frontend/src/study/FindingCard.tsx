import { useState } from 'react';
import { asApiError, type ApiError } from '../api/client';
import type { Feedback, Finding } from '../api/types';
import { SeverityMark } from '../design/marks';
import { ErrorNotice } from '../design/Notice';
import { percent } from '../worklist/format';
import { FEEDBACK_WORD } from './words';

const CHOICES: Feedback[] = ['true_positive', 'false_positive', 'uncertain'];

interface FindingCardProps {
  finding: Finding;
  selected: boolean;
  onSelect: (findingId: string) => void;
  /** Null where the reader's role gives no feedback. */
  onFeedback: ((finding: Finding, feedback: Feedback, comment: string) => Promise<void>) | null;
}

function FeedbackForm({ finding, onFeedback }: { finding: Finding; onFeedback: NonNullable<FindingCardProps['onFeedback']> }) {
  const [comment, setComment] = useState(finding.radiologistComments ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  async function give(feedback: Feedback) {
    setBusy(true);
    setError(null);
    try {
      await onFeedback(finding, feedback, comment.trim());
    } catch (cause) {
      setError(asApiError(cause));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="feedback">
      <div role="group" aria-label={`Your judgement of ${finding.label}`} className="feedback-choices">
        {CHOICES.map((choice) => (
          <button key={choice} type="button" className="button" disabled={busy} data-testid={`feedback-${choice}`}
            aria-pressed={finding.radiologistFeedback === choice} onClick={() => void give(choice)}>
            {FEEDBACK_WORD[choice]}
          </button>
        ))}
      </div>
      <input className="field" value={comment} placeholder="Comment, sent with the judgement" maxLength={2000}
        aria-label={`Comment on ${finding.label}`} data-testid="feedback-comment" onChange={(e) => setComment(e.target.value)} />
      {finding.radiologistFeedback !== null && (
        <p className="dim small" role="status" data-testid="feedback-saved" data-feedback={finding.radiologistFeedback}>
          Recorded: {FEEDBACK_WORD[finding.radiologistFeedback]}
          {finding.radiologistComments ? `, "${finding.radiologistComments}"` : ''}
        </p>
      )}
      {error !== null && <ErrorNotice error={error} />}
    </div>
  );
}

export function FindingCard({ finding, selected, onSelect, onFeedback }: FindingCardProps) {
  return (
    <li className={`finding severity-${finding.severity}${selected ? ' selected' : ''}`} data-testid="finding"
      data-finding-id={finding.id} data-severity={finding.severity} data-positive={finding.positive}>
      <button type="button" className="finding-head" onClick={() => onSelect(finding.id)} aria-pressed={selected}
        title={finding.boundingBox === null ? 'This finding has no place in the image' : 'Show in the image'}>
        <span className="finding-label">{finding.label}</span>
        <span className="number finding-score">{percent(finding.confidenceScore)}</span>
        <SeverityMark severity={finding.severity} />
        <span className="dim small number">
          {finding.operatingPoint === null ? 'confidence' : `flagged from ${percent(finding.operatingPoint)}`}
          {finding.boundingBox === null && ', no place given'}
        </span>
      </button>
      {finding.description !== null && finding.description !== '' && <p className="dim small">{finding.description}</p>}
      {onFeedback !== null && <FeedbackForm finding={finding} onFeedback={onFeedback} />}
    </li>
  );
}
