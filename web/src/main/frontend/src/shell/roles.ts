import type { Permission, Session } from '../api/types';
import type { PageName } from './router';

/** What a reader can do beyond looking at a page. */
export type Act = 'changeConsent' | 'seeAi' | 'reveal' | 'feedback' | 'read' | 'rerun' | 'acknowledge' | 'quarantine' | 'seeQuarantine' | 'seeOrders' | 'retryDelivery' | 'night' | 'breakGlass' | 'judgeBreakGlass'
  | 'verifyAudit' | 'exportAudit' | 'seeAnomalies' | 'holdRecords';

/** Null: everybody who is logged in. */
const PAGES: Record<PageName, Permission | null> = {
  worklist: 'WORKLIST_VIEW',
  study: 'STUDY_VIEW',
  print: 'WORKLIST_VIEW',
  alerts: 'ALERT_VIEW',
  exceptions: 'DELIVERY_VIEW',
  models: 'MODEL_VIEW',
  features: 'AI_FEATURE_CHANGE',
  consents: 'CONSENT_VIEW',
  audit: 'AUDIT_VIEW',
  reviews: 'ACCESS_REVIEW',
  profile: null,
};

const ACTS: Record<Act, Permission> = {
  changeConsent: 'CONSENT_CHANGE',
  seeAi: 'ANALYSIS_VIEW',
  reveal: 'AI_REVEAL',
  feedback: 'FINDING_FEEDBACK',
  read: 'READING_STATUS_CHANGE',
  rerun: 'ANALYSIS_REQUEST',
  acknowledge: 'ALERT_ACKNOWLEDGE',
  quarantine: 'QUARANTINE_DECIDE',
  seeQuarantine: 'QUARANTINE_VIEW',
  seeOrders: 'ORDER_VIEW',
  retryDelivery: 'DELIVERY_RETRY',
  night: 'NIGHT_SUMMARY_VIEW',
  breakGlass: 'BREAK_GLASS_REQUEST',
  judgeBreakGlass: 'BREAK_GLASS_REVIEW',
  verifyAudit: 'AUDIT_VERIFY',
  exportAudit: 'AUDIT_EXPORT',
  seeAnomalies: 'ANOMALY_VIEW',
  holdRecords: 'RETENTION_ADMINISTER',
};

/**
 * Whether the page offers something. The server decides; this only keeps what it would refuse
 * from being shown.
 */
export function maySee(session: Session, page: PageName): boolean {
  const needed = PAGES[page];
  return needed === null || session.permissions.includes(needed);
}

export function may(session: Session, act: Act): boolean {
  return session.permissions.includes(ACTS[act]);
}

const ORDER: readonly PageName[] = ['worklist', 'alerts', 'exceptions', 'models', 'features', 'consents', 'audit', 'reviews'];

/** Pages of the navigation, in their order. */
export function pagesFor(session: Session): PageName[] {
  return ORDER.filter((page) => maySee(session, page));
}
