/**
 * The REST contract of Vigil as the page sees it. All times are ISO-8601 in UTC, all UIDs are
 * DICOM UIDs (PS3.5 §9), confidences are 0..1, boxes are pixels of the image with the origin at
 * its top left.
 */

export type Severity = 'critical' | 'urgent' | 'routine';
export type AiStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'not_run';
export type MatchStatus = 'matched' | 'unmatched' | 'quarantined';
export type ReadingStatus = 'unread' | 'reading' | 'read';
export type PriorState = 'wanted' | 'stored' | 'failed';
export type OrderPriority = 'stat' | 'urgent' | 'routine';
export type AnalysisStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
export type Feedback = 'true_positive' | 'false_positive' | 'uncertain';
export type AlertStatus = 'pending' | 'sent' | 'acknowledged' | 'escalated' | 'failed';

/** What the server's role table gives; docs/security.md lists them all. */
export type Permission =
  | 'WORKLIST_VIEW'
  | 'READING_STATUS_CHANGE'
  | 'NIGHT_SUMMARY_VIEW'
  | 'STUDY_VIEW'
  | 'IMAGE_VIEW'
  | 'ANALYSIS_VIEW'
  | 'ANALYSIS_REQUEST'
  | 'AI_FEATURE_CHANGE'
  | 'CONSENT_VIEW'
  | 'CONSENT_CHANGE'
  | 'AI_REVEAL'
  | 'FINDING_FEEDBACK'
  | 'MODEL_VIEW'
  | 'ALERT_VIEW'
  | 'ALERT_ACKNOWLEDGE'
  | 'ORDER_VIEW'
  | 'QUARANTINE_VIEW'
  | 'QUARANTINE_DECIDE'
  | 'DELIVERY_VIEW'
  | 'DELIVERY_RETRY'
  | 'AUDIT_VIEW'
  | 'AUDIT_EXPORT'
  | 'AUDIT_VERIFY'
  | 'ANOMALY_VIEW'
  | 'RETENTION_ADMINISTER'
  | 'BREAK_GLASS_REQUEST'
  | 'BREAK_GLASS_REVIEW'
  | 'ACCESS_REVIEW'
  | 'ACCOUNT_VIEW'
  | 'ACCOUNT_ADMINISTER';

export interface Session {
  tenant: string;
  tenantName: string;
  username: string;
  displayName: string;
  /** Names, perhaps with limits: `RESIDENT;modality=CT`. */
  roles: string[];
  permissions: Permission[];
  /** What has to be done before anything else. */
  restricted: 'password' | 'second-factor' | null;
  expiresAt: string | null;
}

export interface Credentials {
  tenant: string;
  username: string;
  password: string;
  /** Of the authenticator app, or a recovery code. */
  code?: string;
}

export interface Profile {
  secondFactor: boolean;
  secondFactorRequired: boolean;
}

/** For an authenticator app (RFC 6238). */
export interface Enrolment {
  secret: string;
  otpauthUri: string;
}

/** Wider access in an emergency, until it is over or reviewed. */
export interface EmergencyAccess {
  id: string;
  username: string;
  reason: string;
  begunAt: string;
  endsAt: string;
  reviewedAt: string | null;
  reviewedBy: string | null;
  verdict: 'justified' | 'unjustified' | null;
  comment: string | null;
}

/** Who holds which role and when an area of permissions was last used. */
export interface RoleHolder {
  userName: string;
  displayName: string;
  kind: 'account' | 'service' | 'openid';
  roles: string[];
  enabled: boolean;
  secondFactor: boolean;
  lastLoginAt: string | null;
  unused: string[];
}

export interface WorklistEntry {
  /** 1-based place in the reading order. */
  position: number;
  /** 1-based place in the order of arrival. */
  arrivalPosition: number;
  studyInstanceUid: string;
  accessionNumber: string | null;
  patientName: string;
  patientId: string;
  patientBirthDate: string | null;
  patientSex: string | null;
  modality: string;
  studyDescription: string | null;
  receivedAt: string;
  orderPriority: OrderPriority | null;
  severity: Severity | null;
  aiStatus: AiStatus;
  /** A sentence, present when `aiStatus` is `not_run`. */
  aiNotRunReason: string | null;
  matchStatus: MatchStatus;
  readingStatus: ReadingStatus;
  topFinding: { label: string; confidence: number } | null;
  analysisIds: string[];
}

export interface Worklist {
  generatedAt: string;
  disclaimer: string;
  entries: WorklistEntry[];
}

/** Data of the server-sent event `worklist`. */
export interface WorklistEvent {
  /** Empty when the change is not of one study. */
  studyInstanceUid: string;
  /** Empty when there is none. */
  severity: Severity | '' | null;
  reason: 'arrived' | 'analysed' | 'status' | 'settings';
}

export interface Instance {
  sopInstanceUid: string;
  sopClassUid: string;
  instanceNumber: number | null;
  rows: number | null;
  columns: number | null;
  numberOfFrames: number | null;
}

export interface Series {
  seriesInstanceUid: string;
  modality: string;
  seriesDescription: string | null;
  seriesNumber: number | null;
  /** `vigil` marks result objects (structured report, heat map) made from the AI result. */
  origin: 'acquired' | 'vigil';
  instances: Instance[];
}

export interface AnalysisSummary {
  analysisId: string;
  status: AnalysisStatus;
  modelId: string;
  modelVersion: string | null;
  priority: string | null;
  errorCode: string | null;
  errorMessage: string | null;
}

/** An earlier study of the patient: here, on its way from the archive, or not given by it. */
export interface Prior {
  studyInstanceUid: string;
  studyDate: string | null;
  /** Several are separated by backslashes. */
  modality: string;
  studyDescription: string | null;
  state: PriorState;
  /** Objects here; 0 while none has come. */
  instances: number;
  /** Why it is not here, or not yet; null where nothing has gone wrong. */
  problem: string | null;
}

export interface Study {
  studyInstanceUid: string;
  patientName: string;
  patientId: string;
  patientBirthDate: string | null;
  patientSex: string | null;
  accessionNumber: string | null;
  studyDate: string | null;
  studyDescription: string | null;
  modality: string;
  matchStatus: MatchStatus;
  series: Series[];
  analyses: AnalysisSummary[];
  /** Why AI would not be run on this study now; null where it would. */
  aiUnavailable: { code: string; reason: string } | null;
  /** The newest first. */
  priors: Prior[];
}

export interface BoundingBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Finding {
  id: string;
  findingType: string;
  label: string;
  severity: Severity;
  confidenceScore: number;
  operatingPoint: number | null;
  /** Whether the confidence reaches the model's operating point. */
  positive: boolean;
  boundingBox: BoundingBox | null;
  sopInstanceUid: string | null;
  /** 1-based frame of the instance. */
  frameNumber: number | null;
  description: string | null;
  radiologistFeedback: Feedback | null;
  radiologistComments: string | null;
}

export interface Analysis {
  analysisId: string;
  studyInstanceUid: string;
  modality: string;
  status: AnalysisStatus;
  priority: string | null;
  requestedAt: string;
  startedAt: string | null;
  completedAt: string | null;
  processingTimeMs: number | null;
  modelId: string;
  modelVersion: string | null;
  modelName: string | null;
  intendedUse: string | null;
  notForClinicalUse: boolean;
  errorCode: string | null;
  errorMessage: string | null;
  findings: Finding[];
  heatMap: boolean;
  disclaimer: string | null;
}

export interface Alert {
  id: string;
  studyInstanceUid: string;
  findingLabel: string;
  severity: Severity;
  status: AlertStatus;
  recipient: string | null;
  createdAt: string;
  sentAt: string | null;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  escalationLevel: number;
}

/** A study held back because its patient differs from its order's; `differences` name attributes. */
export interface Quarantined {
  studyInstanceUid: string;
  orderId: string | null;
  differences: string[];
  since: string | null;
}

/** An order whose study has not come. */
export interface Order {
  id: string;
  status: string;
  placerOrderNumber: string | null;
  accessionNumber: string | null;
  patientName: string | null;
  patientId: string | null;
  procedureText: string | null;
  modality: string | null;
  priority: string | null;
  orderingProviderName: string | null;
  orderedAt: string | null;
  receivedAt: string;
}

export interface Delivery {
  id: string;
  kind: string;
  studyInstanceUid: string;
  analysisId: string | null;
  status: 'pending' | 'delivered' | 'retrying' | 'failed';
  attempts: number;
  lastError: string | null;
  createdAt: string;
  nextAttemptAt: string | null;
  deliveredAt: string | null;
}

export interface NightSummary {
  studies: number;
  analysed: number;
  failed: number;
  notRun: number;
  pending: number;
  quarantined: number;
  unmatched: number;
  awaitingOrders: number;
  deliveries: Record<string, Record<string, number>>;
  alerts: number;
  auditEvents: number;
}

export interface Model {
  id: string;
  version: string;
  name: string | null;
  intendedUse: string | null;
  notForClinicalUse: boolean;
  enabled: boolean;
  modalities: string[];
  bodyParts: string[];
  labels: string[];
  /** Of model.onnx. */
  sha256: string;
  /** Markdown. */
  modelCard: string | null;
  importedAt: string | null;
}

export interface FeatureDecision {
  reason: string;
  changedBy: string;
  changedAt: string;
}

/** An AI feature of this hospital; `enabled` holds where a modality has no decision of its own. */
export interface AiFeature {
  featureKey: string;
  featureName: string;
  category: string;
  description: string;
  enabled: boolean;
  decision: FeatureDecision | null;
  modalities: { modality: string; enabled: boolean; decision: FeatureDecision | null }[];
}

export interface FeatureLogEntry {
  featureKey: string;
  /** Null for all modalities. */
  modality: string | null;
  action: 'enabled' | 'disabled';
  performedBy: string;
  reason: string;
  performedAt: string;
}

export type ConsentScope = 'ai_analysis' | 'export';

export interface ConsentWish {
  patientId: string;
  issuer: string | null;
  scope: ConsentScope;
  optedOut: boolean;
  reason: string;
}

export interface Consent extends ConsentWish {
  changedBy: string;
  changedAt: string;
}

/** Error body of every refused request; never holds patient data. */
export interface ErrorBody {
  error: string;
  code: string;
  details?: unknown;
  timestamp?: string;
  analysisId?: string | null;
}
