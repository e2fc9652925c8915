import type { Analysis, AnalysisSummary, Feedback, Finding, Study, WorklistEntry } from '../api/types';
import { Icon } from '../design/Icon';
import { AiStatusMark, Mark } from '../design/marks';
import { ErrorNotice } from '../design/Notice';
import { AnalysisView } from './AnalysisView';
import type { Reveal } from './useReveal';
import { ANALYSIS_WORD } from './words';

interface AiPanelProps {
  summaries: AnalysisSummary[];
  /** Why AI would not be run on this study now, or null. */
  unavailable: Study['aiUnavailable'];
  entry: WorklistEntry | null;
  reveal: Reveal;
  mayReveal: boolean;
  /** Whether revealing is recorded: for whoever reads the study. */
  recorded: boolean;
  selected: string | null;
  onSelect: (findingId: string) => void;
  onFeedback: ((finding: Finding, feedback: Feedback, comment: string) => Promise<void>) | null;
  onRerun: (() => void) | null;
  heat: { on: boolean; opacity: number };
  onHeat: (heat: { on: boolean; opacity: number }) => void;
}

function Switch({ reveal, disabled }: { reveal: Reveal; disabled: boolean }) {
  return (
    <button type="button" role="switch" aria-checked={reveal.revealed} className="switch" disabled={disabled || reveal.busy}
      onClick={reveal.toggle} data-testid="reveal-switch" title="Reveal or hide the AI result (R)">
      <span className="switch-track" aria-hidden="true">
        <span className="switch-knob" />
      </span>
      <Icon name={reveal.revealed ? 'eye' : 'eyeOff'} />
      {reveal.busy ? 'Revealing…' : reveal.revealed ? 'AI revealed' : 'Reveal AI'}
    </button>
  );
}

/** Analyses without a result: their state and, where one failed, its code. Never a negative. */
function Unfinished({ summary }: { summary: AnalysisSummary }) {
  return (
    <div className="unfinished" data-testid="analysis" data-analysis-id={summary.analysisId} data-status={summary.status}>
      <p>
        <Mark icon={summary.status === 'failed' ? 'failed' : summary.status === 'cancelled' ? 'notRun' : summary.status === 'processing' ? 'processing' : 'pending'}
          word={ANALYSIS_WORD[summary.status]} tone={summary.status === 'failed' ? 'critical' : 'accent'} />{' '}
        <span className="dim">
          {summary.modelId} {summary.modelVersion}
        </span>
      </p>
      {summary.status === 'failed' && (
        <p>
          {summary.errorMessage ?? 'The analysis failed.'} There is no AI result; that is not a negative result.{' '}
          {summary.errorCode !== null && <span className="mono dim">{summary.errorCode}</span>}
        </p>
      )}
    </div>
  );
}

function HeatControls({ analyses, heat, onHeat }: { analyses: Analysis[]; heat: AiPanelProps['heat']; onHeat: AiPanelProps['onHeat'] }) {
  if (!analyses.some((analysis) => analysis.heatMap)) return null;
  return (
    <div className="heat">
      <label className="check">
        <input type="checkbox" checked={heat.on} data-testid="heatmap-toggle"
          onChange={(e) => onHeat({ ...heat, on: e.target.checked })} />
        Heat map
      </label>
      <input type="range" min="5" max="100" step="5" value={Math.round(heat.opacity * 100)} disabled={!heat.on}
        aria-label="Heat map opacity in percent" data-testid="heatmap-opacity"
        onChange={(e) => onHeat({ ...heat, opacity: Number(e.target.value) / 100 })} />
      <span className="dim number">{Math.round(heat.opacity * 100)}%</span>
    </div>
  );
}

export function AiPanel(props: AiPanelProps) {
  const { summaries, unavailable, entry, reveal, mayReveal, recorded, selected, onSelect, onFeedback, onRerun, heat, onHeat } = props;
  const ready = summaries.filter((each) => each.status === 'completed').length;
  const notRun = summaries.length === 0;
  return (
    <aside className="ai-panel" aria-label="AI result" data-testid="ai-panel" data-revealed={reveal.revealed}>
      <div className="ai-head">
        <h2>AI result</h2>
        {onRerun !== null && unavailable === null && (
          <button type="button" className="button quiet" onClick={onRerun} data-testid="rerun" title="Run the models on this study again">
            <Icon name="rerun" />
            Re-run
          </button>
        )}
      </div>
      {unavailable !== null && (
        <div className="ai-hidden" role="status" data-testid="ai-unavailable" data-code={unavailable.code}>
          <p>
            <strong>AI analysis not available.</strong>
          </p>
          <p>{unavailable.reason}</p>
          <p className="dim">
            {ready > 0 ? 'What was found before stays readable below.' : 'That says nothing about the images.'}{' '}
            <span className="mono">{unavailable.code}</span>
          </p>
        </div>
      )}
      {notRun && unavailable === null && (
        <div className="ai-hidden" data-testid="ai-not-run">
          <AiStatusMark status="not_run" />
          <p>{entry?.aiNotRunReason ?? 'No model has read this study.'}</p>
          <p className="dim">That says nothing about the images.</p>
        </div>
      )}
      {ready > 0 && mayReveal && <Switch reveal={reveal} disabled={false} />}
      {ready > 0 && !mayReveal && <p className="dim">AI results are revealed by the radiologist who reads the study.</p>}
      {reveal.error !== null && <ErrorNotice error={reveal.error} />}
      {ready > 0 && mayReveal && !reveal.revealed && (
        <div className="ai-hidden">
          <p>
            {ready === 1 ? 'One model has' : `${ready} models have`} read this study. Look first; then compare.
          </p>
          {recorded && <p className="dim small">Revealing is recorded.</p>}
        </div>
      )}
      {reveal.revealed && (
        <>
          <HeatControls analyses={reveal.analyses} heat={heat} onHeat={onHeat} />
          {reveal.analyses.map((analysis) => (
            <AnalysisView key={analysis.analysisId} analysis={analysis} selected={selected} onSelect={onSelect}
              onFeedback={onFeedback} />
          ))}
        </>
      )}
      {summaries
        .filter((each) => each.status !== 'completed')
        .map((each) => (
          <Unfinished key={each.analysisId} summary={each} />
        ))}
    </aside>
  );
}
