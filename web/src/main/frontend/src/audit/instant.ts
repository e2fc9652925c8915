/** From `datetime-local` (the reader's own time) to the instant that the server is asked for. */
export function instant(local: string): string {
  return local === '' ? '' : new Date(local).toISOString();
}
