import { command, download, request } from './client';
import type { AnchoredDay, Anomaly, AuditPage, AuditSearch, HoldWish, LegalHold, TrailVerification } from './auditTypes';
import type {
  AiFeature,
  Alert,
  Analysis,
  Consent,
  ConsentWish,
  Credentials,
  Delivery,
  EmergencyAccess,
  Enrolment,
  FeatureLogEntry,
  Feedback,
  Model,
  NightSummary,
  Order,
  Profile,
  Quarantined,
  ReadingStatus,
  RoleHolder,
  Session,
  Study,
  Worklist,
} from './types';

const part = encodeURIComponent;

/** Without what was left empty. */
function given(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''));
}

/** Every REST call of the page, one function each. */
export const vigil = {
  login: (credentials: Credentials) =>
    request<Session>('/api/auth/login', { method: 'POST', body: credentials, expectUnauthorized: true }),
  logout: () => command('/api/auth/logout', { method: 'POST', expectUnauthorized: true }),
  openId: (tenant: string) => request<{ available: boolean }>(`/api/auth/openid?tenant=${part(tenant)}`),
  openIdUrl: (tenant: string) => `/api/auth/openid/start?tenant=${part(tenant)}`,
  profile: (signal?: AbortSignal) => request<Profile>('/api/auth/profile', { signal }),
  changePassword: (present: string, wanted: string) =>
    command('/api/auth/profile/password', { method: 'POST', body: { present, wanted }, expectUnauthorized: true }),
  enrol: () => request<Enrolment>('/api/auth/profile/second-factor', { method: 'POST' }),
  confirmSecondFactor: (code: string) =>
    request<{ recoveryCodes: string[] }>('/api/auth/profile/second-factor/confirm', {
      method: 'POST',
      body: { code },
      expectUnauthorized: true,
    }),
  breakGlass: (reason: string) => request<EmergencyAccess>('/api/break-glass', { method: 'POST', body: { reason } }),
  emergency: (signal?: AbortSignal) => request<EmergencyAccess | undefined>('/api/break-glass/current', { signal }),
  endEmergency: () => command('/api/break-glass/current', { method: 'DELETE' }),
  emergencies: (signal?: AbortSignal) => request<{ accesses: EmergencyAccess[] }>('/api/break-glass', { signal }),
  reviewEmergency: (id: string, verdict: 'justified' | 'unjustified', comment: string) =>
    command(`/api/break-glass/${part(id)}/review`, { method: 'POST', body: { verdict, comment } }),
  accessReview: (signal?: AbortSignal) => request<{ holders: RoleHolder[] }>('/api/access-review', { signal }),
  me: () => request<Session>('/api/auth/me', { expectUnauthorized: true }),

  worklist: (includeRead: boolean, signal?: AbortSignal) =>
    request<Worklist>(includeRead ? '/api/worklist?includeRead=true' : '/api/worklist', { signal }),
  setReadingStatus: (studyUid: string, readingStatus: ReadingStatus) =>
    command(`/api/worklist/${part(studyUid)}/reading-status`, { method: 'PUT', body: { readingStatus } }),

  study: (studyUid: string, signal?: AbortSignal) => request<Study>(`/api/studies/${part(studyUid)}`, { signal }),
  analysis: (id: string, signal?: AbortSignal) => request<Analysis>(`/api/image-analysis/${part(id)}`, { signal }),
  reveal: (id: string) => command(`/api/image-analysis/${part(id)}/reveal`, { method: 'POST' }),
  rerun: (studyInstanceUid: string) =>
    request<unknown>('/api/image-analysis', { method: 'POST', body: { studyInstanceUid } }),
  cancel: (id: string) => command(`/api/image-analysis/${part(id)}`, { method: 'DELETE' }),
  heatMapUrl: (id: string) => `/api/image-analysis/${part(id)}/heat-map`,
  feedback: (analysisId: string, findingId: string, feedback: Feedback, comments: string) =>
    command(`/api/image-analysis/${part(analysisId)}/findings/${part(findingId)}/feedback`, {
      method: 'POST',
      body: comments === '' ? { feedback } : { feedback, comments },
    }),

  alerts: (signal?: AbortSignal) => request<{ alerts: Alert[] }>('/api/alerts', { signal }),
  acknowledgeAlert: (id: string, comment: string) =>
    command(`/api/alerts/${part(id)}/acknowledge`, { method: 'POST', body: comment === '' ? {} : { comment } }),

  quarantine: (signal?: AbortSignal) => request<{ studies: Quarantined[] }>('/api/quarantine', { signal }),
  decide: (studyUid: string, decision: 'release' | 'reject', reason: string) =>
    command(`/api/quarantine/${part(studyUid)}/${decision}`, { method: 'POST', body: { reason } }),
  awaitingOrders: (signal?: AbortSignal) => request<{ orders: Order[] }>('/api/orders?status=awaiting', { signal }),
  deliveries: (status: string, signal?: AbortSignal) =>
    request<{ deliveries: Delivery[] }>(`/api/deliveries?status=${part(status)}`, { signal }),
  retryDelivery: (id: string) => command(`/api/deliveries/${part(id)}/retry`, { method: 'POST' }),
  nightSummary: (signal?: AbortSignal) => request<NightSummary>('/api/night-summary', { signal }),

  features: (signal?: AbortSignal) => request<{ features: AiFeature[] }>('/api/ai-features', { signal }),
  featureLog: (signal?: AbortSignal) => request<{ auditLog: FeatureLogEntry[] }>('/api/ai-features/audit-log', { signal }),
  switchFeature: (featureKey: string, modality: string | null, enabled: boolean, reason: string) =>
    command(`/api/ai-features/${part(featureKey)}`, { method: 'PUT', body: { enabled, modality, reason } }),

  // A patient's id travels in the body: addresses are written into logs.
  consents: (patientId: string, signal?: AbortSignal) =>
    request<{ consents: Consent[] }>('/api/consents/query', {
      method: 'POST',
      body: patientId === '' ? {} : { patientId },
      signal,
    }),
  recordConsent: (wish: ConsentWish) => command('/api/consents', { method: 'PUT', body: wish }),

  models: (signal?: AbortSignal) => request<{ models: Model[] }>('/api/models', { signal }),
  // A patient's id travels in the body here too.
  audit: (search: AuditSearch, after: string, signal?: AbortSignal) =>
    request<AuditPage>('/api/audit/search', { method: 'POST', body: given({ ...search, after, limit: 50 }), signal }),
  exportAudit: (format: 'csv' | 'fhir' | 'dicom', search: AuditSearch) =>
    download(`/api/audit-export/${format}`, { method: 'POST', body: given({ ...search }) }),
  quarterlyReport: (year: number, quarter: number) =>
    download(`/api/audit-export/report?year=${year}&quarter=${quarter}`, {}),
  verifyAudit: () => request<TrailVerification>('/api/audit-integrity/verify', { method: 'POST' }),
  anchors: (signal?: AbortSignal) => request<{ anchors: AnchoredDay[] }>('/api/audit-integrity/anchors', { signal }),
  anchor: (day: string) => download(`/api/audit-integrity/anchors/${part(day)}`, {}),
  legalHolds: (signal?: AbortSignal) => request<{ holds: LegalHold[] }>('/api/legal-holds', { signal }),
  placeHold: (hold: HoldWish) => request<LegalHold>('/api/legal-holds', { method: 'POST', body: given({ ...hold }) }),
  liftHold: (id: string, reason: string) =>
    command(`/api/legal-holds/${part(id)}/lift`, { method: 'POST', body: { reason } }),
  anomalies: (openOnly: boolean, signal?: AbortSignal) =>
    request<{ anomalies: Anomaly[] }>(`/api/anomalies?openOnly=${openOnly}`, { signal }),
  reviewAnomaly: (id: string, comment: string) =>
    command(`/api/anomalies/${part(id)}/review`, { method: 'POST', body: { comment } }),
};
