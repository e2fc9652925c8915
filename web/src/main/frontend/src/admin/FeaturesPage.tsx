import '../design/table.css';
import './features.css';
import { useCallback, useState } from 'react';
import type { AiFeature } from '../api/types';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { AskDialog } from '../design/AskDialog';
import { Mark } from '../design/marks';
import { ErrorNotice } from '../design/Notice';
import { fullTime } from '../worklist/format';

interface Asked {
  feature: AiFeature;
  modality: string | null;
  enabled: boolean;
}

function State({ enabled }: { enabled: boolean }) {
  return enabled ? <Mark icon="completed" word="On" tone="routine" /> : <Mark icon="notRun" word="Off" tone="notrun" />;
}

function FeatureRow({ feature, onAsk }: { feature: AiFeature; onAsk: (asked: Asked) => void }) {
  return (
    <tr data-testid="feature" data-feature-key={feature.featureKey} data-enabled={feature.enabled}>
      <td>
        <strong>{feature.featureName}</strong>
        <span className="second">{feature.description}</span>
      </td>
      <td>
        <State enabled={feature.enabled} />
        {feature.decision === null ? (
          <span className="second">as installed</span>
        ) : (
          <span className="second">
            {feature.decision.changedBy}, {fullTime(feature.decision.changedAt)}: {feature.decision.reason}
          </span>
        )}
      </td>
      <td>
        <button type="button" className="button" data-testid="feature-switch"
          onClick={() => onAsk({ feature, modality: null, enabled: !feature.enabled })}>
          {feature.enabled ? 'Switch off…' : 'Switch on…'}
        </button>
      </td>
      <td>
        <div className="modalities">
          {feature.modalities.map((each) => (
            <button key={each.modality} type="button" className="button quiet" aria-pressed={each.enabled}
              data-testid="feature-modality" data-modality={each.modality} data-enabled={each.enabled}
              title={each.decision === null ? 'As for all modalities' : `${each.decision.changedBy}: ${each.decision.reason}`}
              onClick={() => onAsk({ feature, modality: each.modality, enabled: !each.enabled })}>
              {each.modality} {each.enabled ? 'on' : 'off'}
              {each.decision !== null && <span aria-hidden="true"> •</span>}
            </button>
          ))}
        </div>
      </td>
    </tr>
  );
}

function Log({ version }: { version: number }) {
  // The version makes a new request after each switch.
  const load = useCallback((signal: AbortSignal) => vigil.featureLog(signal), [version]); // eslint-disable-line react-hooks/exhaustive-deps
  const { data, error, reload } = useFetched(load, 60_000);
  return (
    <section aria-labelledby="log-title">
      <div className="room-head">
        <h2 id="log-title">Who decided what</h2>
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && data.auditLog.length === 0 && <p className="none">Nothing has been switched yet.</p>}
      {data !== null && data.auditLog.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['Time', 'Feature', 'Modality', 'Action', 'Who', 'Reason'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.auditLog.map((entry, index) => (
                <tr key={`${entry.performedAt} ${index}`} data-testid="feature-log-row">
                  <td className="number nowrap">{fullTime(entry.performedAt)}</td>
                  <td className="mono">{entry.featureKey}</td>
                  <td>{entry.modality ?? 'all'}</td>
                  <td>{entry.action}</td>
                  <td>{entry.performedBy}</td>
                  <td>{entry.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** What AI may do in this hospital; every switch needs a reason and is recorded. */
export default function FeaturesPage() {
  const load = useCallback((signal: AbortSignal) => vigil.features(signal), []);
  const { data, error, reload } = useFetched(load, 60_000);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [version, setVersion] = useState(0);
  return (
    <main className="page room">
      <div className="room-head">
        <h1>AI features</h1>
        <p className="dim">
          A switch holds at once, also for studies that wait. Results from before stay readable. A switch for all modalities
          replaces those for single ones.
        </p>
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['Feature', 'State', 'All modalities', 'Single modalities'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.features.map((feature) => (
                <FeatureRow key={feature.featureKey} feature={feature} onAsk={setAsked} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Log version={version} />
      {asked !== null && (
        <AskDialog
          title={`${asked.enabled ? 'Switch on' : 'Switch off'}: ${asked.feature.featureName}`}
          explanation={`For ${asked.modality ?? 'all modalities'}, in your whole hospital, at once.`}
          label="Reason (required, recorded with your name)" required confirm={asked.enabled ? 'Switch on' : 'Switch off'}
          testId="feature"
          onConfirm={async (reason) => {
            await vigil.switchFeature(asked.feature.featureKey, asked.modality, asked.enabled, reason);
            reload();
            setVersion((now) => now + 1);
          }}
          onClose={() => setAsked(null)} />
      )}
    </main>
  );
}
