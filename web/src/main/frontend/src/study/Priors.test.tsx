import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Prior } from '../api/types';
import { Priors } from './Priors';

afterEach(cleanup);

function prior(change: Partial<Prior>): Prior {
  return {
    studyInstanceUid: '1.2.3',
    studyDate: '2025-03-17',
    modality: 'DX',
    studyDescription: 'Chest PA',
    state: 'stored',
    instances: 2,
    problem: null,
    ...change,
  };
}

describe('Priors', () => {
  it('opens a study that is here', () => {
    render(<Priors priors={[prior({ modality: 'CT\\SR' })]} />);
    const link = screen.getByRole('link');
    expect(link.getAttribute('href')).toBe('#/study/1.2.3');
    expect(link.textContent).toContain('2025-03-17');
    expect(link.textContent).toContain('CT, SR');
    expect(link.textContent).toContain('Chest PA');
    expect(screen.getByTestId('prior-state').textContent).toContain('2 objects');
  });

  it('says what is on its way and why it is late, without a link to nothing', () => {
    render(<Priors priors={[prior({ state: 'wanted', instances: 0, problem: 'IMAGING-0033: it did not answer {cause=HTTP 503, node=main}' })]} />);
    expect(screen.queryByRole('link')).toBeNull();
    const item = screen.getByTestId('prior');
    expect(item.textContent).toContain('On its way');
    expect(within(item).getByTestId('prior-problem').textContent).toBe(
      'IMAGING-0033: it did not answer (cause: HTTP 503, node: main)',
    );
  });

  it('shows what of a study that failed has come all the same', () => {
    render(<Priors priors={[prior({ state: 'failed', instances: 1, problem: 'IMAGING-0035' })]} />);
    expect(screen.getByRole('link')).toBeTruthy();
    expect(screen.getByTestId('prior-state').textContent).toContain('Not fetched 1 object');
  });

  it('says so when there is none', () => {
    render(<Priors priors={[]} />);
    expect(screen.getByRole('region', { name: 'Prior studies' }).textContent).toContain('None known');
  });
});
