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
import org.vigil.integration.api.Alerts.AlertView;
import org.vigil.integration.api.Alerts.Status;
import org.vigil.kernel.Severity;
import org.vigil.kernel.StudyInstanceUid;

/**
 * A critical finding that a person must take: PENDING until the EHR has it, then SENT, ESCALATED
 * while nobody takes it, ACKNOWLEDGED at last. FAILED means that the EHR could not be told; it
 * escalates all the same.
 */
@Entity
@Table(name = "alert")
public class Alert {
  @Id private UUID id;

  @Column(name = "order_id")
  private UUID orderId;

  @Column(name = "study_uid")
  private String studyUid;

  @Column(name = "analysis_id")
  private UUID analysisId;

  @Column(name = "finding_id")
  private UUID findingId;

  @Column(name = "finding_code")
  private String findingCode;

  @Column(name = "finding_label")
  private String findingLabel;

  @Enumerated(EnumType.STRING)
  private Severity severity;

  @Enumerated(EnumType.STRING)
  private Status status;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "sent_at")
  private Instant sentAt;

  @Column(name = "acknowledged_at")
  private Instant acknowledgedAt;

  @Column(name = "acknowledged_by")
  private String acknowledgedBy;

  @Column(name = "escalation_level")
  private int escalationLevel;

  @Column(name = "next_escalation_at")
  private Instant nextEscalationAt;

  private int notices;

  protected Alert() {}

  /** An alert that nobody has been told of yet. */
  public static Alert raised(
      UUID order,
      StudyInstanceUid study,
      UUID analysis,
      UUID finding,
      String findingCode,
      String findingLabel,
      Severity severity,
      Instant now,
      Duration escalation) {
    Alert alert = new Alert();
    alert.id = UUID.randomUUID();
    alert.orderId = order;
    alert.studyUid = study.value();
    alert.analysisId = analysis;
    alert.findingId = finding;
    alert.findingCode = findingCode;
    alert.findingLabel = findingLabel;
    alert.severity = severity;
    alert.status = Status.PENDING;
    alert.createdAt = now;
    alert.nextEscalationAt = now.plus(escalation);
    return alert;
  }

  /** The EHR has it. */
  public void sent(Instant now) {
    if (sentAt == null) {
      sentAt = now;
    }
    if (status == Status.PENDING || status == Status.FAILED) {
      status = Status.SENT;
    }
  }

  /** The EHR could not be told. */
  public void failed() {
    if (status == Status.PENDING) {
      status = Status.FAILED;
    }
  }

  /**
   * Nobody took it in time.
   *
   * @param last the highest level; beyond it the alert stays open without being sent again
   */
  public void escalate(Instant now, Duration interval, int last) {
    escalationLevel++;
    status = Status.ESCALATED;
    nextEscalationAt = escalationLevel < last ? now.plus(interval) : null;
  }

  /**
   * A person took it.
   *
   * @return false when someone had taken it before
   */
  public boolean acknowledge(String by, Instant now) {
    if (acknowledgedAt != null) {
      return false;
    }
    status = Status.ACKNOWLEDGED;
    acknowledgedAt = now;
    acknowledgedBy = by;
    nextEscalationAt = null;
    return true;
  }

  /** The number of the next notice after the first one. */
  public int nextNotice() {
    return ++notices;
  }

  public AlertView view(String recipient) {
    return new AlertView(
        id,
        study(),
        analysisId,
        findingLabel,
        severity,
        status,
        recipient,
        createdAt,
        sentAt,
        acknowledgedAt,
        acknowledgedBy,
        escalationLevel);
  }

  public UUID id() {
    return id;
  }

  public UUID orderId() {
    return orderId;
  }

  public StudyInstanceUid study() {
    return StudyInstanceUid.of(studyUid);
  }

  public UUID analysisId() {
    return analysisId;
  }

  public UUID findingId() {
    return findingId;
  }

  /** {@code scheme|value}. */
  public String findingCode() {
    return findingCode;
  }

  public String findingLabel() {
    return findingLabel;
  }

  public Severity severity() {
    return severity;
  }

  public Status status() {
    return status;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant sentAt() {
    return sentAt;
  }

  public Instant acknowledgedAt() {
    return acknowledgedAt;
  }

  public int escalationLevel() {
    return escalationLevel;
  }

  public Instant nextEscalationAt() {
    return nextEscalationAt;
  }
}
