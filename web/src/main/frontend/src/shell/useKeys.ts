import { useEffect, useRef } from 'react';

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

const KEYLESS_INPUTS = ['checkbox', 'radio', 'button', 'submit'];

function typing(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && KEYLESS_INPUTS.includes(target.type)) return false;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/**
 * Page-wide single keys, by `KeyboardEvent.key` (letters in lower case). Silent while someone
 * types, while a dialog is open, and with Ctrl, Alt or Meta held.
 */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      // Whether the default is prevented says nothing: Cornerstone prevents it for every key.
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (typing(event.target) || document.querySelector('dialog[open]') !== null) return;
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined) return;
      event.preventDefault();
      act(event);
    }
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
