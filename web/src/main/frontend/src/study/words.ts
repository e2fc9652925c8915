import type { AnalysisStatus, Feedback, Severity } from '../api/types';

export const SEVERITY_WORD: Record<Severity, string> = { critical: 'Critical', urgent: 'Urgent', routine: 'Routine' };

export const FEEDBACK_WORD: Record<Feedback, string> = {
  true_positive: 'Agree',
  false_positive: 'Disagree',
  uncertain: 'Uncertain',
};

export const ANALYSIS_WORD: Record<AnalysisStatus, string> = {
  pending: 'AI waiting',
  processing: 'AI running',
  completed: 'AI done',
  failed: 'AI failed',
  cancelled: 'AI cancelled',
};
