import '../design/table.css';
import { useCallback } from 'react';
import type { Model } from '../api/types';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { Mark } from '../design/marks';
import { ErrorNotice } from '../design/Notice';

function ModelRow({ model }: { model: Model }) {
  return (
    <tr data-testid="model-row" data-model-id={model.id}>
      <td>
        <strong>{model.name ?? model.id}</strong>
        <span className="second number">
          {model.id} {model.version}
        </span>
        {model.notForClinicalUse && <Mark icon="urgent" word="Not for clinical use" tone="urgent" />}
      </td>
      <td>
        {model.intendedUse ?? '–'}
        {model.modelCard !== null && model.modelCard !== '' && (
          <details>
            <summary className="dim">Model card</summary>
            <pre className="card-text">{model.modelCard}</pre>
          </details>
        )}
      </td>
      <td>
        {model.modalities.join(', ')}
        <span className="second">{model.bodyParts.join(', ')}</span>
      </td>
      <td>{model.labels.join(', ')}</td>
      <td>
        {model.enabled ? <Mark icon="completed" word="Enabled" tone="routine" /> : <Mark icon="notRun" word="Disabled" tone="notrun" />}
      </td>
      <td className="mono uid" title={model.sha256}>
        {model.sha256.slice(0, 16)}…
      </td>
    </tr>
  );
}

export default function ModelsPage() {
  const load = useCallback((signal: AbortSignal) => vigil.models(signal), []);
  const { data, error, reload } = useFetched(load, 60_000);
  return (
    <main className="page room">
      <div className="room-head">
        <h1>Models</h1>
        <p className="dim">Deployed for your hospital.</p>
      </div>
      {error !== null && <ErrorNotice error={error} onRetry={reload} />}
      {data !== null && data.models.length === 0 && (
        <p className="none">No model is deployed. Every study is listed as "AI not run".</p>
      )}
      {data !== null && data.models.length > 0 && (
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {['Model', 'Intended use', 'Accepts', 'Looks for', 'State', 'SHA-256'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.models.map((model) => (
                <ModelRow key={`${model.id} ${model.version}`} model={model} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </main>
  );
}
