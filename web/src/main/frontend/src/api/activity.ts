/** So long after the last touch of mouse or keyboard nobody is taken to be there. */
const THERE_MS = 60_000;

let lastTouch = Date.now();

for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) {
  window.addEventListener(event, () => (lastTouch = Date.now()), { passive: true, capture: true });
}

/** Whether somebody has touched the page lately; the server ends sessions of pages left alone. */
export function isSomebodyThere(): boolean {
  return Date.now() - lastTouch < THERE_MS;
}
