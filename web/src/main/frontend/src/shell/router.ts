import { useSyncExternalStore } from 'react';

/** A place in the page. It lives in the address's fragment: no server rule, and no UID in its logs. */
export type Place =
  | { page: 'worklist' | 'alerts' | 'exceptions' | 'models' | 'features' | 'consents' | 'audit' | 'print' | 'profile' | 'reviews' }
  | { page: 'study'; studyUid: string };

export type PageName = Place['page'];

const PAGES: readonly string[] = ['worklist', 'alerts', 'exceptions', 'models', 'features', 'consents', 'audit', 'print', 'profile', 'reviews'];

/** Reads `#/study/1.2.3`; whatever is unknown is the worklist. */
export function parsePlace(hash: string): Place {
  const [page = '', argument = ''] = hash.replace(/^#\/?/, '').split('/');
  if (page === 'study' && argument !== '') return { page: 'study', studyUid: decodeURIComponent(argument) };
  return PAGES.includes(page) ? ({ page } as Place) : { page: 'worklist' };
}

export function hrefOf(place: Place): string {
  return place.page === 'study' ? `#/study/${encodeURIComponent(place.studyUid)}` : `#/${place.page}`;
}

export function goTo(place: Place): void {
  window.location.hash = hrefOf(place);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return parsePlace(hash);
}
