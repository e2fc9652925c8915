import type { Ref } from 'react';
import type { AiStatus } from '../api/types';
import { Icon } from '../design/Icon';
import { AI_STATUS, Mark } from '../design/marks';
import { hrefOf } from '../shell/router';
import { isFiltering, NO_FILTER, type SeverityChoice, type WorklistFilter } from './filter';

const SEVERITY_CHOICES: { value: SeverityChoice; word: string; icon: 'critical' | 'urgent' | 'routine' | 'none' }[] = [
  { value: 'critical', word: 'Critical', icon: 'critical' },
  { value: 'urgent', word: 'Urgent', icon: 'urgent' },
  { value: 'routine', word: 'Routine', icon: 'routine' },
  { value: 'none', word: 'Not assessed', icon: 'none' },
];

const STATUSES: AiStatus[] = ['pending', 'processing', 'completed', 'failed', 'not_run'];

interface FiltersProps {
  filter: WorklistFilter;
  onChange: (filter: WorklistFilter) => void;
  counts: Record<SeverityChoice, number>;
  modalities: string[];
  shown: number;
  total: number;
  includeRead: boolean;
  onIncludeRead: (includeRead: boolean) => void;
  searchRef: Ref<HTMLInputElement>;
  onLeaveSearch: () => void;
}

export function Filters(props: FiltersProps) {
  const { filter, onChange, counts, modalities, shown, total, includeRead, onIncludeRead, searchRef, onLeaveSearch } = props;
  const toggle = (value: SeverityChoice) => {
    const severities = filter.severities.includes(value)
      ? filter.severities.filter((each) => each !== value)
      : [...filter.severities, value];
    onChange({ ...filter, severities });
  };
  return (
    <div className="filters" role="search" aria-label="Filter the worklist">
      <label className="search">
        <span className="visually-hidden">Search</span>
        <Icon name="search" />
        <input ref={searchRef} className="field" type="search" value={filter.text} placeholder="Search  /"
          aria-label="Search name, id, accession or description" data-testid="filter-text"
          onChange={(e) => onChange({ ...filter, text: e.target.value })}
          onKeyDown={(e) => {
            if (e.key === 'Escape' || e.key === 'Enter' || e.key === 'ArrowDown') {
              e.preventDefault();
              if (e.key === 'Escape') onChange({ ...filter, text: '' });
              onLeaveSearch();
            }
          }} />
      </label>
      <div className="chips" role="group" aria-label="Severity">
        {SEVERITY_CHOICES.map(({ value, word, icon }) => (
          <button key={value} type="button" className="button chip" aria-pressed={filter.severities.includes(value)}
            data-testid={`filter-severity-${value}`} onClick={() => toggle(value)}>
            <Mark icon={icon} word={word} tone={value === 'none' ? 'dim' : value} />
            <span className="number">{counts[value]}</span>
          </button>
        ))}
      </div>
      <select className="field" aria-label="Modality" value={filter.modality} data-testid="filter-modality"
        onChange={(e) => onChange({ ...filter, modality: e.target.value })}>
        <option value="">All modalities</option>
        {modalities.map((modality) => (
          <option key={modality}>{modality}</option>
        ))}
      </select>
      <select className="field" aria-label="Status" value={filter.status} data-testid="filter-status"
        onChange={(e) => onChange({ ...filter, status: e.target.value as WorklistFilter['status'] })}>
        <option value="">Any status</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {AI_STATUS[status].word}
          </option>
        ))}
        <option value="quarantined">Quarantined</option>
      </select>
      <label className="check">
        <input type="checkbox" checked={includeRead} data-testid="filter-show-read"
          onChange={(e) => onIncludeRead(e.target.checked)} />
        Show read
      </label>
      {isFiltering(filter) && (
        <button type="button" className="button quiet" data-testid="filter-clear" onClick={() => onChange(NO_FILTER)}>
          Clear
        </button>
      )}
      <span className="filters-end">
        <span className="dim number" data-testid="worklist-count">
          {shown === total ? `${total} studies` : `${shown} of ${total} studies`}
        </span>
        <a className="button" href={hrefOf({ page: 'print' })} data-testid="print-criticals">
          <Icon name="print" />
          Criticals
        </a>
      </span>
    </div>
  );
}
