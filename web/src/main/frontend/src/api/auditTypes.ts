/** The audit's part of the REST contract; times and ids as in types.ts. */

export interface AuditEntry {
  id: number;
  occurredAt: string;
  action: string;
  outcome: string;
  actorKind: string | null;
  actorName: string | null;
  actorAddress: string | null;
  studyInstanceUid: string | null;
  patientId: string | null;
  entity: string | null;
  details: Record<string, string> | null;
}

/** Newest first. */
export interface AuditPage {
  events: AuditEntry[];
  /** Where the next, older page begins. */
  next: string | null;
}

/** What to look for; empty means any. Times are instants. */
export interface AuditSearch {
  from: string;
  to: string;
  patientId: string;
  user: string;
  study: string;
  action: string;
  outcome: string;
}

/** What a check of the whole trail found; `findings` are a thousand at most. */
export interface TrailVerification {
  intact: boolean;
  seals: number;
  events: number;
  /** Not sealed yet. */
  pending: number;
  deleted: number;
  anchors: number;
  wrong: number;
  findings: { kind: string; event: number | null; occurredAt: string | null; seal: number | null; what: string }[];
}

/** Days up to `day` (UTC) under one signature; `events` since the trail began. */
export interface AnchoredDay {
  day: string;
  firstSeal: number;
  lastSeal: number;
  events: number;
  anchoredAt: string;
}

/** Empty means: of any patient, of any study, since ever, for ever. Times are instants. */
export interface HoldWish {
  patientId: string;
  studyInstanceUid: string;
  from: string;
  to: string;
  reason: string;
}

export interface LegalHold {
  id: string;
  patientId: string | null;
  studyInstanceUid: string | null;
  from: string | null;
  to: string | null;
  reason: string;
  setBy: string;
  setAt: string;
  liftedBy: string | null;
  liftedAt: string | null;
  liftReason: string | null;
}

/** Unusual access; `rule` as in docs/audit.md. */
export interface Anomaly {
  id: string;
  rule: string;
  actorName: string;
  patientId: string | null;
  event: number;
  eventAt: string;
  evidence: Record<string, string>;
  raisedAt: string;
  reviewedBy: string | null;
  reviewedAt: string | null;
  reviewComment: string | null;
}
