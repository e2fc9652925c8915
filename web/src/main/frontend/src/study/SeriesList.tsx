import type { Series } from '../api/types';

/** Objects without pixels: reports, presentation states, key object notes. */
export function hasImages(series: Series): boolean {
  return series.instances.some((instance) => (instance.rows ?? 0) > 0);
}

interface SeriesListProps {
  series: Series[];
  chosen: string | null;
  onChoose: (seriesInstanceUid: string) => void;
}

export function SeriesList({ series, chosen, onChoose }: SeriesListProps) {
  return (
    <nav className="series-list" aria-label="Series" data-testid="series-list">
      <h2>Series</h2>
      <ul>
        {series.map((each) => {
          const frames = each.instances.reduce((sum, instance) => sum + (instance.numberOfFrames ?? 1), 0);
          return (
            <li key={each.seriesInstanceUid}>
              <button type="button" className="series" aria-current={each.seriesInstanceUid === chosen}
                disabled={!hasImages(each)} data-testid="series-item" data-series-uid={each.seriesInstanceUid}
                data-origin={each.origin} onClick={() => onChoose(each.seriesInstanceUid)}>
                <span className="series-modality">{each.modality}</span>
                <span className="series-text">
                  {each.seriesDescription ?? 'No description'}
                  <span className="dim small number">
                    {hasImages(each) ? `${frames} ${frames === 1 ? 'image' : 'images'}` : 'No image in it'}
                    {each.origin === 'vigil' && ', made by AI'}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
