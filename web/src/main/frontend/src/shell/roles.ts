import type { Role, Session } from '../api/types';
import type { PageName } from './router';

/** What a reader can do beyond looking at a page. */
export type Act = 'seeAi' | 'reveal' | 'feedback' | 'read' | 'rerun' | 'acknowledge' | 'quarantine' | 'retryDelivery' | 'night';

const PAGES: Record<PageName, readonly Role[]> = {
  worklist: ['RADIOLOGIST', 'TECHNOLOGIST', 'TENANT_ADMIN'],
  study: ['RADIOLOGIST', 'TECHNOLOGIST', 'REFERRING_CLINICIAN'],
  print: ['RADIOLOGIST', 'TECHNOLOGIST', 'TENANT_ADMIN'],
  alerts: ['RADIOLOGIST', 'REFERRING_CLINICIAN'],
  exceptions: ['RADIOLOGIST', 'TECHNOLOGIST', 'TENANT_ADMIN'],
  models: ['RADIOLOGIST', 'TECHNOLOGIST', 'REFERRING_CLINICIAN', 'TENANT_ADMIN', 'AUDITOR'],
  audit: ['AUDITOR'],
};

const ACTS: Record<Act, readonly Role[]> = {
  seeAi: ['RADIOLOGIST', 'REFERRING_CLINICIAN'],
  reveal: ['RADIOLOGIST'],
  feedback: ['RADIOLOGIST'],
  read: ['RADIOLOGIST'],
  rerun: ['RADIOLOGIST'],
  acknowledge: ['RADIOLOGIST', 'REFERRING_CLINICIAN'],
  quarantine: ['RADIOLOGIST', 'TECHNOLOGIST', 'TENANT_ADMIN'],
  retryDelivery: ['TENANT_ADMIN', 'TECHNOLOGIST'],
  night: ['RADIOLOGIST', 'TECHNOLOGIST', 'TENANT_ADMIN'],
};

/**
 * Whether the page offers something. The server decides; this only keeps what it would refuse
 * from being shown.
 */
export function maySee(session: Session, page: PageName): boolean {
  return PAGES[page].some((role) => session.roles.includes(role));
}

export function may(session: Session, act: Act): boolean {
  return ACTS[act].some((role) => session.roles.includes(role));
}

const ORDER: readonly PageName[] = ['worklist', 'alerts', 'exceptions', 'models', 'audit'];

/** Pages of the navigation, in their order. */
export function pagesFor(session: Session): PageName[] {
  return ORDER.filter((page) => maySee(session, page));
}
