import type { Analysis, Feedback, Finding } from '../api/types';
import { Icon } from '../design/Icon';
import { percent } from '../worklist/format';
import { FindingCard } from './FindingCard';

interface AnalysisViewProps {
  analysis: Analysis;
  selected: string | null;
  onSelect: (findingId: string) => void;
  onFeedback: ((finding: Finding, feedback: Feedback, comment: string) => Promise<void>) | null;
}

const RANK = { critical: 0, urgent: 1, routine: 2 };

/** Most severe first, then most confident. */
export function bySeverity(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity] || b.confidenceScore - a.confidenceScore;
}

/** One model's revealed result. */
export function AnalysisView({ analysis, selected, onSelect, onFeedback }: AnalysisViewProps) {
  const positive = analysis.findings.filter((finding) => finding.positive).sort(bySeverity);
  const below = analysis.findings.filter((finding) => !finding.positive).sort((a, b) => b.confidenceScore - a.confidenceScore);
  return (
    <section className="analysis" data-testid="analysis" data-analysis-id={analysis.analysisId} data-status={analysis.status}>
      <h3 data-testid="analysis-model">
        {analysis.modelName ?? analysis.modelId} <span className="dim number">{analysis.modelVersion}</span>
      </h3>
      {analysis.notForClinicalUse && (
        <p className="not-clinical" data-testid="not-for-clinical-use">
          <Icon name="urgent" />
          Not for clinical use
        </p>
      )}
      {analysis.intendedUse !== null && analysis.intendedUse !== '' && (
        <p className="dim small">{analysis.intendedUse}</p>
      )}
      {positive.length === 0 && (
        <p>This model flags nothing on these images. That does not exclude disease.</p>
      )}
      <ul className="findings">
        {positive.map((finding) => (
          <FindingCard key={finding.id} finding={finding} selected={finding.id === selected} onSelect={onSelect}
            onFeedback={onFeedback} />
        ))}
      </ul>
      {below.length > 0 && (
        <details className="below">
          <summary className="dim">{below.length} below the operating point</summary>
          <ul>
            {below.map((finding) => (
              <li key={finding.id} className="number" data-testid="finding" data-finding-id={finding.id}
                data-severity={finding.severity} data-positive={false}>
                <span>{finding.label}</span>
                <span className="dim">
                  {percent(finding.confidenceScore)}
                  {finding.operatingPoint !== null && ` of ${percent(finding.operatingPoint)}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {analysis.processingTimeMs !== null && (
        <p className="dim small number">Computed in {analysis.processingTimeMs} ms</p>
      )}
    </section>
  );
}
