import { command, request } from './client';
import type {
  Alert, Analysis, Credentials, Feedback, ReadingStatus, Session, Study, Worklist,
} from './types';

const part = encodeURIComponent;

/** Every REST call of the page, one function each. */
export const vigil = {
  login: (credentials: Credentials) =>
    request<Session>('/api/auth/login', { method: 'POST', body: credentials, expectUnauthorized: true }),
  logout: () => command('/api/auth/logout', { method: 'POST', expectUnauthorized: true }),
  me: () => request<Session>('/api/auth/me', { expectUnauthorized: true }),

  worklist: (signal?: AbortSignal) => request<Worklist>('/api/worklist', { signal }),
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
};
