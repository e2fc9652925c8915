package org.vigil.integration.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.vigil.kernel.Actor;
import org.vigil.kernel.Severity;
import org.vigil.kernel.StudyInstanceUid;

/** Alerts of critical findings to ordering clinicians of the current tenant. */
public interface Alerts {
  List<AlertView> list(boolean openOnly);

  /**
   * Notes that a person has taken the alert; nothing is sent or escalated afterwards. A second
   * acknowledgement is kept in the audit trail and changes nothing.
   */
  void acknowledge(UUID id, String comment, Actor actor);

  /** Where an alert stands. */
  enum Status {
    PENDING,
    SENT,
    ACKNOWLEDGED,
    ESCALATED,
    FAILED
  }

  /** One alert. */
  record AlertView(
      UUID id,
      StudyInstanceUid study,
      UUID analysis,
      String findingLabel,
      Severity severity,
      Status status,
      String recipient,
      Instant createdAt,
      Instant sentAt,
      Instant acknowledgedAt,
      String acknowledgedBy,
      int escalationLevel) {}
}
