import { useEffect, useRef } from 'react';

const KEYS: [string, string[][]][] = [
  ['Everywhere', [['?', 'this help'], ['Esc', 'back, or close']]],
  [
    'Worklist',
    [
      ['↑ ↓', 'previous or next study'],
      ['Home End', 'first or last study'],
      ['Enter', 'open the study'],
      ['/', 'search'],
    ],
  ],
  [
    'Study',
    [
      ['W P Z S', 'window, pan, zoom, scroll with the left button'],
      ['I', 'invert'],
      ['0', 'reset the view'],
      ['R', 'reveal or hide the AI result'],
      ['↑ ↓', 'previous or next image'],
      ['N', 'next unread study'],
    ],
  ],
];

export function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open && dialog.current?.open === true) dialog.current.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="dialog" onClose={onClose} aria-labelledby="help-title" data-testid="help-dialog">
      <div className="dialog-body">
        <h1 id="help-title">Keyboard</h1>
        <div className="help-columns">
          {KEYS.map(([title, keys]) => (
            <section key={title}>
              <h2>{title}</h2>
              <dl className="help-keys">
                {keys.map(([key, meaning]) => (
                  <div key={key}>
                    <dt>
                      {key?.split(' ').map((each) => <kbd key={each}>{each}</kbd>)}
                    </dt>
                    <dd>{meaning}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <p className="dim small">
          Image: left button windows, middle button pans, right button zooms, wheel scrolls through the stack.
        </p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
        </div>
      </div>
    </dialog>
  );
}
