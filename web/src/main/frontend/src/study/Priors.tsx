import type { Prior, PriorState } from '../api/types';
import { Mark, type Tone } from '../design/marks';
import type { IconName } from '../design/Icon';
import { hrefOf } from '../shell/router';
import { plainDate } from '../worklist/format';

const STATES: Record<PriorState, { icon: IconName; word: string; tone: Tone }> = {
  stored: { icon: 'completed', word: 'Here', tone: 'dim' },
  wanted: { icon: 'pending', word: 'On its way', tone: 'accent' },
  failed: { icon: 'failed', word: 'Not fetched', tone: 'urgent' },
};

/** The server names the circumstances in braces. */
function inWords(problem: string): string {
  return problem.replace(/ \{(.*)\}$/, ' ($1)').replaceAll('=', ': ');
}

/** What a prior is, in one line: modality and description. */
function What({ prior }: { prior: Prior }) {
  return (
    <>
      {plainDate(prior.studyDate)} <span className="dim">·</span> {prior.modality.replaceAll('\\', ', ')}
      <span className="prior-description">{prior.studyDescription ?? 'No description'}</span>
    </>
  );
}

function PriorItem({ prior }: { prior: Prior }) {
  return (
    <li className="prior" data-testid="prior" data-study-uid={prior.studyInstanceUid} data-state={prior.state}>
      {prior.instances > 0 ? (
        <a href={hrefOf({ page: 'study', studyUid: prior.studyInstanceUid })} data-testid="prior-open">
          <What prior={prior} />
        </a>
      ) : (
        <p>
          <What prior={prior} />
        </p>
      )}
      <p className="small prior-state" data-testid="prior-state">
        <Mark {...STATES[prior.state]} />
        {prior.instances > 0 && (
          <span className="dim number">
            {' '}
            {prior.instances} {prior.instances === 1 ? 'object' : 'objects'}
          </span>
        )}
      </p>
      {prior.problem !== null && (
        <p className="small dim" data-testid="prior-problem">
          {inWords(prior.problem)}
        </p>
      )}
    </li>
  );
}

/** The patient's earlier studies: what there is to compare with, and what is missing and why. */
export function Priors({ priors }: { priors: Prior[] }) {
  return (
    <section className="priors" aria-labelledby="priors-title" data-testid="priors">
      <h2 id="priors-title">Prior studies</h2>
      {priors.length === 0 && <p className="small dim none-known">None known.</p>}
      {priors.length > 0 && (
        <ul aria-live="polite">
          {priors.map((prior) => (
            <PriorItem key={prior.studyInstanceUid} prior={prior} />
          ))}
        </ul>
      )}
    </section>
  );
}
