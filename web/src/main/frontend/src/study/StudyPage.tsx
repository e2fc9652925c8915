import './study.css';
import { lazy, Suspense, useMemo, useState } from 'react';
import { asApiError, type ApiError } from '../api/client';
import type { Feedback, Finding, ReadingStatus, Study } from '../api/types';
import { vigil } from '../api/vigil';
import { Empty, ErrorNotice } from '../design/Notice';
import { may } from '../shell/roles';
import { goTo } from '../shell/router';
import { useSession } from '../shell/session';
import { useKeys } from '../shell/useKeys';
import { useWorklist, useWorklistStore } from '../worklist/useWorklist';
import { AiPanel } from './AiPanel';
import { Priors } from './Priors';
import { hasImages, SeriesList } from './SeriesList';
import { StudyHeader } from './StudyHeader';
import { useReveal } from './useReveal';
import { useStudy } from './useStudy';

const Viewport = lazy(() => import('./viewer/Viewport'));

export default function StudyPage({ studyUid }: { studyUid: string }) {
  const { study, error, reload } = useStudy(studyUid);
  if (study === null) {
    return (
      <main className="page" data-testid="study-page" data-study-uid={studyUid} aria-busy={error === null}>
        {error === null ? <Empty title="Opening the study…" /> : <ErrorNotice error={error} onRetry={reload} />}
      </main>
    );
  }
  return <OpenStudy study={study} error={error} reload={reload} />;
}

function OpenStudy({ study, error, reload }: { study: Study; error: ApiError | null; reload: () => void }) {
  const session = useSession();
  const store = useWorklistStore();
  const { entries, phase } = useWorklist();
  const entry = entries.find((each) => each.studyInstanceUid === study.studyInstanceUid) ?? null;
  const reveal = useReveal(study.analyses, may(session, 'reveal'));
  const [chosen, setChosen] = useState<string | null>(null);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [heat, setHeat] = useState({ on: false, opacity: 0.45 });
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  // What Vigil made of the AI result would give it away: it is listed only once the AI is revealed.
  const series = useMemo(
    () => study.series.filter((each) => reveal.revealed || each.origin === 'acquired'),
    [study.series, reveal.revealed],
  );
  const shown = series.find((each) => each.seriesInstanceUid === chosen) ?? series.find(hasImages) ?? null;
  const findings = useMemo(
    () => (reveal.revealed ? reveal.analyses.flatMap((analysis) => analysis.findings).filter((f) => f.positive) : []),
    [reveal.revealed, reveal.analyses],
  );
  const selected = findings.find((finding) => finding.id === selectedId) ?? null;
  const heated = reveal.revealed && heat.on && shown?.origin === 'acquired' ? reveal.analyses.find((a) => a.heatMap) : undefined;
  const heatMap = heated === undefined ? null : { url: vigil.heatMapUrl(heated.analysisId), opacity: heat.opacity };

  async function attempt(act: () => Promise<unknown>) {
    setBusy(true);
    setFailure(null);
    try {
      await act();
    } catch (cause) {
      setFailure(asApiError(cause));
    } finally {
      setBusy(false);
    }
  }

  function read(status: ReadingStatus) {
    void attempt(async () => {
      await vigil.setReadingStatus(study.studyInstanceUid, status);
      await store.refresh();
    });
  }

  async function judge(finding: Finding, feedback: Feedback, comment: string) {
    const analysis = reveal.analyses.find((each) => each.findings.some((other) => other.id === finding.id));
    if (analysis === undefined) return;
    await vigil.feedback(analysis.analysisId, finding.id, feedback, comment);
    await reveal.renew();
  }

  function select(findingId: string) {
    setSelectedId(findingId);
    const finding = findings.find((each) => each.id === findingId);
    const home = study.series.find((each) =>
      each.instances.some((instance) => instance.sopInstanceUid === finding?.sopInstanceUid),
    );
    if (home !== undefined) setChosen(home.seriesInstanceUid);
  }

  useKeys({
    r: () => {
      if (may(session, 'seeAi') && study.analyses.some((each) => each.status === 'completed')) reveal.toggle();
    },
    n: () => {
      const next = entries.find((each) => each.readingStatus === 'unread' && each.studyInstanceUid !== study.studyInstanceUid);
      if (next !== undefined) goTo({ page: 'study', studyUid: next.studyInstanceUid });
    },
  });

  return (
    <main className="study-page" data-testid="study-page" data-study-uid={study.studyInstanceUid}>
      <StudyHeader study={study} entry={entry} reading={entry?.readingStatus ?? (phase === 'ready' ? 'read' : 'unread')} busy={busy} onReading={may(session, 'read') ? read : null} />
      {study.matchStatus === 'quarantined' && (
        <p className="banner tone-quarantine" role="alert">
          Quarantined: the patient of these images is not confirmed. Check the identity before anything is reported.
        </p>
      )}
      {(failure ?? error) !== null && (
        <div className="study-failure">
          <ErrorNotice error={(failure ?? error) as ApiError} onRetry={failure === null ? reload : () => setFailure(null)} />
        </div>
      )}
      <div className="study-body">
        <div className="study-side">
          <SeriesList series={series} chosen={shown?.seriesInstanceUid ?? null} onChoose={setChosen} />
          <Priors priors={study.priors} />
        </div>
        {shown === null ? (
          <section className="viewer">
            <Empty title="This study holds no image that can be shown." />
          </section>
        ) : (
          <Suspense fallback={<section className="viewer" aria-busy="true" />}>
            <Viewport studyUid={study.studyInstanceUid} series={shown} findings={findings} selected={selected}
              onSelect={select} heatMap={heatMap} />
          </Suspense>
        )}
        <AiPanel unavailable={study.aiUnavailable ?? null} summaries={study.analyses} entry={entry} reveal={reveal} mayReveal={may(session, 'seeAi')} recorded={may(session, 'reveal')}
          selected={selectedId} onSelect={select} onFeedback={may(session, 'feedback') ? judge : null}
          onRerun={may(session, 'rerun') ? () => void attempt(() => vigil.rerun(study.studyInstanceUid).then(reload)) : null}
          heat={heat} onHeat={setHeat} />
      </div>
    </main>
  );
}
