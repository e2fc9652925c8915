package org.vigil.integration.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.vigil.integration.api.Deliveries;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.api.Deliveries.Status;
import org.vigil.kernel.StudyInstanceUid;

/**
 * One result on its way to one peer. It is claimed before each attempt, so that two messages for it
 * do not send it twice at once; what it carries is made anew at each attempt from what is known
 * then, under identities that never change.
 */
@Entity
@Table(name = "delivery")
public class Delivery {
  /** Beyond every time-out of an attempt; after it a claim is that of a dead consumer. */
  public static final Duration CLAIM = Duration.ofMinutes(4);

  private static final int LONGEST_ERROR = 300;

  @Id private UUID id;

  @Enumerated(EnumType.STRING)
  private Kind kind;

  @Column(name = "destination_id")
  private UUID destinationId;

  @Column(name = "analysis_id")
  private UUID analysisId;

  private int revision;

  @Column(name = "order_id")
  private UUID orderId;

  @Column(name = "alert_id")
  private UUID alertId;

  @Column(name = "study_uid")
  private String studyUid;

  @Column(name = "jms_priority")
  private int jmsPriority;

  @Enumerated(EnumType.STRING)
  private Status status;

  private int attempts;

  @Column(name = "last_error")
  private String lastError;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "next_attempt_at")
  private Instant nextAttemptAt;

  @Column(name = "delivered_at")
  private Instant deliveredAt;

  @Column(name = "claimed_by")
  private String claimedBy;

  @Column(name = "claimed_until")
  private Instant claimedUntil;

  protected Delivery() {}

  /** A delivery that waits for its first attempt. */
  public static Delivery planned(
      Kind kind,
      UUID destination,
      UUID analysis,
      int revision,
      UUID order,
      UUID alert,
      StudyInstanceUid study,
      int jmsPriority,
      Instant now) {
    Delivery delivery = new Delivery();
    delivery.id = UUID.randomUUID();
    delivery.kind = kind;
    delivery.destinationId = destination;
    delivery.analysisId = analysis;
    delivery.revision = revision;
    delivery.orderId = order;
    delivery.alertId = alert;
    delivery.studyUid = study.value();
    delivery.jmsPriority = jmsPriority;
    delivery.status = Status.PENDING;
    delivery.createdAt = now;
    delivery.nextAttemptAt = now;
    return delivery;
  }

  /** Whether it neither arrived nor was given up. */
  public boolean isWaiting() {
    return status == Status.PENDING || status == Status.RETRYING;
  }

  /**
   * Takes it for an attempt.
   *
   * @param node the server's name; a claim of an earlier start of the same server is void
   * @param start this start of the server
   * @return false when it is not waiting, or another consumer has it in hand
   */
  public boolean claim(String node, String start, Instant now) {
    if (!isWaiting()) {
      return false;
    }
    String claimant = node + "/" + start;
    boolean held = claimedUntil != null && claimedUntil.isAfter(now);
    boolean ofDeadStart =
        claimedBy != null && claimedBy.startsWith(node + "/") && !claimedBy.equals(claimant);
    if (held && !ofDeadStart) {
      return false;
    }
    claimedBy = claimant;
    claimedUntil = now.plus(CLAIM);
    return true;
  }

  public void delivered(Instant now) {
    release();
    attempts++;
    status = Status.DELIVERED;
    deliveredAt = now;
    lastError = null;
  }

  /** Waits without having been tried. */
  public void postponed(Duration wait, String reason, Instant now) {
    release();
    lastError = shortened(reason);
    nextAttemptAt = now.plus(wait);
  }

  /** One more failed attempt; tried again after the wait. */
  public void retryAfter(Duration wait, String reason, Instant now) {
    release();
    attempts++;
    status = Status.RETRYING;
    lastError = shortened(reason);
    nextAttemptAt = now.plus(wait);
  }

  /** One more failed attempt, the last. */
  public void givenUp(String reason) {
    release();
    attempts++;
    status = Status.FAILED;
    lastError = shortened(reason);
  }

  /** A person asks for it again. */
  public void restarted(Instant now) {
    release();
    attempts = 0;
    status = Status.PENDING;
    nextAttemptAt = now;
  }

  private void release() {
    claimedBy = null;
    claimedUntil = null;
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_ERROR ? reason : reason.substring(0, LONGEST_ERROR);
  }

  public Deliveries.DeliveryView view() {
    return new Deliveries.DeliveryView(
        id,
        kind,
        study(),
        analysisId,
        status,
        attempts,
        lastError,
        createdAt,
        isWaiting() ? nextAttemptAt : null,
        deliveredAt);
  }

  public UUID id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  public UUID destinationId() {
    return destinationId;
  }

  public UUID analysisId() {
    return analysisId;
  }

  /** 0 for a result; counts the notices of an alert. */
  public int revision() {
    return revision;
  }

  /** The order whose results these are, or null where the kind needs none. */
  public UUID orderId() {
    return orderId;
  }

  /** The alert that travels with it, or null. */
  public UUID alertId() {
    return alertId;
  }

  public StudyInstanceUid study() {
    return StudyInstanceUid.of(studyUid);
  }

  public int jmsPriority() {
    return jmsPriority;
  }

  public Status status() {
    return status;
  }

  public int attempts() {
    return attempts;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant nextAttemptAt() {
    return nextAttemptAt;
  }

  public String lastError() {
    return lastError;
  }
}
