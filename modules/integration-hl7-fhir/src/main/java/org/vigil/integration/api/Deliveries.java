package org.vigil.integration.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.kernel.Actor;
import org.vigil.kernel.StudyInstanceUid;

/** Results on their way out, of the current tenant. */
public interface Deliveries {
  /** Newest first; null status means any. */
  List<DeliveryView> list(Status status, int limit);

  /**
   * Sends one that failed, or waits for its next attempt, again at once.
   *
   * @throws org.vigil.kernel.VigilException INTEGRATION-0009 when unknown, KERNEL-0005 when it is
   *     delivered
   */
  void retry(UUID id, Actor actor);

  Map<Kind, Map<Status, Long>> counts();

  /** What leaves. */
  enum Kind {
    DICOM_SR,
    DICOM_SC,
    HL7_ORU,
    FHIR_BUNDLE,
    /** The Communication of an alert alone: escalated, or acknowledged. */
    FHIR_ALERT
  }

  /** Where a delivery stands. */
  enum Status {
    PENDING,
    DELIVERED,
    /** Will be tried again at {@code nextAttemptAt}. */
    RETRYING,
    /** Given up; a person must look. */
    FAILED
  }

  /** One result on its way to one peer. */
  record DeliveryView(
      UUID id,
      Kind kind,
      StudyInstanceUid study,
      UUID analysis,
      Status status,
      int attempts,
      String lastError,
      Instant createdAt,
      Instant nextAttemptAt,
      Instant deliveredAt) {}
}
