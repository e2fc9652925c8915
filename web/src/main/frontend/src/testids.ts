/**
 * Stable `data-testid`s of the page, for browser tests.
 *
 * Log-in: `login-form`, `login-tenant`, `login-username`, `login-password`, `login-submit`,
 * `login-error` (attribute `data-code` holds the error code).
 *
 * `login-code`, `login-openid`. Own account: `nav-profile`, `profile-page` (`data-restricted`),
 * `password-present`, `password-wanted`, `password-change`, `password-changed`, `second-factor-enrol`,
 * `second-factor-secret`, `second-factor-code`, `second-factor-confirm`, `recovery-codes`.
 *
 * Emergency access: `emergency-ask`, `emergency-reason`, `emergency-confirm`, `emergency-banner`,
 * `emergency-end`; reviews: `nav-reviews`, `emergency-row` (`data-verdict`), `emergency-justified`,
 * `emergency-unjustified`, `emergency-review-confirm`, `holder-row`.
 *
 * Everywhere: `disclaimer`, `topbar`, `nav-<page>` (worklist, alerts, exceptions, models,
 * features, consents, audit),
 * `session-user`, `logout`, `stream-state` (attribute `data-state`: connecting, live,
 * reconnecting, closed), `help-dialog`, `error-notice` (`data-code`), `announcer`.
 *
 * Worklist: `worklist-table` (attribute `data-phase`), rows `worklist-row` with attributes
 * `data-study-uid`, `data-position`, `data-arrival-position`, `data-severity` (critical, urgent,
 * routine, none), `data-ai-status`, `data-match-status`, `data-reading-status`, `data-moved` (true for 20 s
 * after the row rose), `data-active`; in a row `row-position`, `row-arrival`, `row-severity`, `row-ai-status`,
 * `row-ai-reason`, `row-patient` (the link that opens the study), `row-patient-id`, `row-sex-age`,
 * `row-modality`, `row-description`, `row-accession`, `row-received`, `row-waiting`, `row-match`.
 * Filters: `filter-text`, `filter-severity-<critical|urgent|routine|none>`, `filter-modality`,
 * `filter-status`, `filter-show-read`, `filter-clear`, `filter-hidden-critical`, `worklist-count`,
 * `print-criticals`, `critical-above`, `stale-list`.
 *
 * Study: `study-page` (`data-study-uid`), `study-patient`, `study-back`, `series-list`, `series-item`
 * (`data-series-uid`, `data-origin`), `viewport` (`data-rendered` = true once an image is drawn,
 * `data-sop-instance-uid`, `data-window` = center/width, `data-inverted`), `tool-<window|pan|zoom|scroll>`, `tool-invert`,
 * `tool-reset`, `frame-label`, `reveal-switch` (role switch, aria-checked), `ai-panel`
 * (`data-revealed`), `analysis` (`data-analysis-id`, `data-status`), `analysis-model`,
 * `not-for-clinical-use`, `finding` (`data-finding-id`, `data-severity`, `data-positive`),
 * `finding-box` (SVG group, `data-finding-id`, `data-severity`), `heatmap`, `heatmap-toggle`, `heatmap-opacity`,
 * `feedback-<true_positive|false_positive|uncertain>`, `feedback-comment`, `feedback-saved`,
 * `reading-status` (`data-status`), `start-reading`, `mark-read`, `mark-unread`, `rerun`, `ai-not-run`,
 * `ai-unavailable` (`data-code`). `priors`, `prior` (`data-study-uid`, `data-state`), `prior-open`, `prior-state`,
 * `prior-problem`.
 *
 * Alerts: `alert-row` (`data-alert-id`, `data-status`), `alert-acknowledge`, `alert-comment`, `alert-confirm`.
 * Exceptions: `quarantine-row` (`data-study-uid`), `quarantine-release`, `quarantine-reject`,
 * `quarantine-reason`, `quarantine-confirm`, `order-row`, `delivery-row` (`data-delivery-id`,
 * `data-status`), `delivery-retry`, `night-summary`.
 * AI features: `feature` (`data-feature-key`, `data-enabled`), `feature-switch`, `feature-modality`
 * (`data-modality`, `data-enabled`), `feature-reason`, `feature-confirm`, `feature-log-row`.
 * Consent: `consent-form`, `consent-patient`, `consent-issuer`, `consent-scope`, `consent-choice`,
 * `consent-reason`, `consent-save`, `consent-row` (`data-scope`, `data-opted-out`), `consent-find`.
 * Models: `model-row` (`data-model-id`). Audit: `audit-tab-<trail|integrity|holds|anomalies|reports>`,
 * `audit-row`, `audit-next`, `audit-previous`, `audit-export-<csv|fhir|dicom>`; `verify-run`, `verify-result`
 * (`data-intact`), `verify-finding`, `anchor-row` (`data-day`), `anchor-download`; `hold-form`, `hold-patient`,
 * `hold-study`, `hold-from`, `hold-to`, `hold-reason`, `hold-place`, `hold-row` (`data-in-force`), `hold-lift`,
 * `lift-reason`, `lift-confirm`; `anomaly-row` (`data-rule`, `data-open`), `anomaly-review`, `settle-reason`,
 * `settle-confirm`, `anomaly-open-only`; `report-year`, `report-quarter`, `report-download`.
 * Print: `print-list`, `print-row`, `print-now`.
 */
export const testIds = {
  disclaimer: 'disclaimer',
  streamState: 'stream-state',
  worklistTable: 'worklist-table',
  worklistRow: 'worklist-row',
  viewport: 'viewport',
  revealSwitch: 'reveal-switch',
  findingBox: 'finding-box',
} as const;
