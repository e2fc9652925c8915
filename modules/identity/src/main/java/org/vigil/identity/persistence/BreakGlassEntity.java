package org.vigil.identity.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.vigil.identity.api.BreakGlass.Access;
import org.vigil.identity.api.BreakGlass.Verdict;

/** An emergency access of the current tenant: {@code break_glass}. */
@Entity
@Table(name = "break_glass")
public class BreakGlassEntity {
  @Id private UUID id;

  @Column(name = "user_name", nullable = false)
  private String userName;

  @Column(nullable = false)
  private String reason;

  @Column(name = "begun_at", nullable = false)
  private Instant begunAt;

  @Column(name = "ends_at", nullable = false)
  private Instant endsAt;

  @Column(name = "reviewed_at")
  private Instant reviewedAt;

  @Column(name = "reviewed_by")
  private String reviewedBy;

  @Enumerated(EnumType.STRING)
  private Verdict verdict;

  private String comment;

  protected BreakGlassEntity() {}

  public BreakGlassEntity(String userName, String reason, Instant begunAt, Instant endsAt) {
    this.id = UUID.randomUUID();
    this.userName = userName;
    this.reason = reason;
    this.begunAt = begunAt;
    this.endsAt = endsAt;
  }

  public void endNow(Instant now) {
    endsAt = now;
  }

  public void review(Verdict given, String why, String reviewer, Instant now) {
    verdict = given;
    comment = why;
    reviewedBy = reviewer;
    reviewedAt = now;
  }

  public Access toAccess() {
    return new Access(
        id, userName, reason, begunAt, endsAt, reviewedAt, reviewedBy, verdict, comment);
  }
}
