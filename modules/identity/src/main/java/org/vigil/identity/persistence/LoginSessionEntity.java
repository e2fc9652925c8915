package org.vigil.identity.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.vigil.identity.api.Sessions.EndReason;
import org.vigil.identity.api.Sessions.SessionView;
import org.vigil.kernel.TenantId;

/** A log-in from beginning to end: {@code platform.login_session}. */
@Entity
@Table(name = "login_session", schema = "platform")
public class LoginSessionEntity {
  @Id private UUID id;

  @Column(name = "tenant_id", nullable = false)
  private String tenantId;

  @Column(name = "user_name", nullable = false)
  private String userName;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  private org.vigil.identity.api.Sessions.Method method;

  private String address;

  @Column(name = "opened_at", nullable = false)
  private Instant openedAt;

  @Column(name = "last_seen_at", nullable = false)
  private Instant lastSeenAt;

  @Column(name = "ends_at", nullable = false)
  private Instant endsAt;

  @Column(name = "ended_at")
  private Instant endedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "end_reason")
  private EndReason endReason;

  protected LoginSessionEntity() {}

  public LoginSessionEntity(SessionView session) {
    this.id = session.id();
    this.tenantId = session.tenant().value();
    this.userName = session.userName();
    this.method = session.method();
    this.address = session.address();
    this.openedAt = session.openedAt();
    this.lastSeenAt = session.lastSeenAt();
    this.endsAt = session.endsAt();
  }

  /** Null while it lasts. */
  public EndReason endReason() {
    return endReason;
  }

  public SessionView toView() {
    return new SessionView(
        id, TenantId.of(tenantId), userName, method, address, openedAt, lastSeenAt, endsAt);
  }
}
