import { useCallback, useState } from 'react';
import type { Quarantined } from '../api/types';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { AskDialog } from '../design/AskDialog';
import { MatchMark } from '../design/marks';
import { ErrorNotice } from '../design/Notice';
import { may, maySee } from '../shell/roles';
import { hrefOf } from '../shell/router';
import { useSession } from '../shell/session';
import { useNow } from '../shell/useNow';
import { ago, fullTime, personName } from '../worklist/format';
import { useWorklist, useWorklistStore } from '../worklist/useWorklist';

type Decision = 'release' | 'reject';

const WORDS: Record<Decision, { title: string; confirm: string; explanation: string }> = {
  release: {
    title: 'Release from quarantine',
    confirm: 'Release',
    explanation: 'You have checked that images and order belong to the same patient. The study is analysed and its results are sent.',
  },
  reject: {
    title: 'Reject the match',
    confirm: 'Reject',
    explanation: 'Images and order do not belong together. The study stays without this order, and nothing is sent.',
  },
};

export function Quarantine() {
  const session = useSession();
  const now = useNow();
  const store = useWorklistStore();
  const { entries } = useWorklist();
  const load = useCallback((signal: AbortSignal) => vigil.quarantine(signal), []);
  const { data, error, reload } = useFetched(load);
  const [asked, setAsked] = useState<{ study: Quarantined; decision: Decision } | null>(null);
  const decides = may(session, 'quarantine');
  return (
    <section aria-labelledby="quarantine-title">
      <div className="room-head">
        <h2 id="quarantine-title">Quarantine</h2>
        <p className="dim">Studies whose patient differs from their order's. They alert nobody and send nothing.</p>
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && data.studies.length === 0 && <p className="none">No study is in quarantine.</p>}
      {data !== null && data.studies.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['State', 'Study', 'Differs in', 'Since', ''].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.studies.map((study) => {
                const entry = entries.find((each) => each.studyInstanceUid === study.studyInstanceUid);
                return (
                  <tr key={study.studyInstanceUid} data-testid="quarantine-row" data-study-uid={study.studyInstanceUid}>
                    <td>
                      <MatchMark status="quarantined" />
                    </td>
                    <td>
                      {entry === undefined ? (
                        <span className="uid mono">{study.studyInstanceUid}</span>
                      ) : (
                        <>
                          {personName(entry.patientName)} <span className="dim number">{entry.patientId}</span>
                          <span className="second">
                            {entry.modality} {entry.studyDescription} · {entry.accessionNumber ?? 'no accession number'}
                          </span>
                        </>
                      )}
                      {maySee(session, 'study') && (
                        <a className="second" href={hrefOf({ page: 'study', studyUid: study.studyInstanceUid })}>
                          Open the study
                        </a>
                      )}
                    </td>
                    <td>{study.differences.join(', ')}</td>
                    <td className="number nowrap">
                      {study.since === null ? '–' : ago(study.since, now)}
                      <span className="second">{fullTime(study.since)}</span>
                    </td>
                    <td className="actions">
                      {decides && (
                        <>
                          <button type="button" className="button" data-testid="quarantine-release"
                            onClick={() => setAsked({ study, decision: 'release' })}>
                            Release…
                          </button>
                          <button type="button" className="button danger" data-testid="quarantine-reject"
                            onClick={() => setAsked({ study, decision: 'reject' })}>
                            Reject…
                          </button>
                        </>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {asked !== null && (
        <AskDialog {...WORDS[asked.decision]} label="Reason (required, recorded with your name)" required testId="quarantine"
          onConfirm={async (reason) => {
            await vigil.decide(asked.study.studyInstanceUid, asked.decision, reason);
            reload();
            void store.refresh();
          }}
          onClose={() => setAsked(null)} />
      )}
    </section>
  );
}
