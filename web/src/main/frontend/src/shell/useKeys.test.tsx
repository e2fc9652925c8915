import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { useKeys } from './useKeys';

function Page({ onKey }: { onKey: () => void }) {
  useKeys({ i: onKey });
  return (
    <>
      <input aria-label="comment" />
      <input aria-label="heat map" type="checkbox" />
      <div data-testid="image" tabIndex={0} onKeyDown={(event) => event.preventDefault()} />
    </>
  );
}

it('hears single keys wherever the focus is, except where someone types or holds Ctrl', () => {
  const onKey = vi.fn();
  render(<Page onKey={onKey} />);
  fireEvent.keyDown(document.body, { key: 'i' });
  fireEvent.keyDown(screen.getByLabelText('heat map'), { key: 'I' });
  // The image viewer prevents the default of every key; its keys have to work nevertheless.
  fireEvent.keyDown(screen.getByTestId('image'), { key: 'i' });
  expect(onKey).toHaveBeenCalledTimes(3);
  fireEvent.keyDown(screen.getByLabelText('comment'), { key: 'i' });
  fireEvent.keyDown(document.body, { key: 'i', ctrlKey: true });
  expect(onKey).toHaveBeenCalledTimes(3);
});
