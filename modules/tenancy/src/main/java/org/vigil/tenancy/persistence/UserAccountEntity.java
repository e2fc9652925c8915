package org.vigil.tenancy.persistence;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Accounts.AccountView;
import org.vigil.tenancy.api.RoleGrant;

/** A local account: {@code platform.user_account} and {@code platform.role_grant}. */
@Entity
@Table(name = "user_account", schema = "platform")
public class UserAccountEntity {
  /** Failures in a row after which the account rests. */
  private static final int FAILURES_ALLOWED = 5;

  private static final Duration REST = Duration.ofMinutes(5);

  @Id private UUID id;

  @Column(name = "tenant_id", nullable = false)
  private String tenantId;

  @Column(name = "user_name", nullable = false)
  private String userName;

  @Column(name = "display_name", nullable = false)
  private String displayName;

  @Column(name = "password_hash", nullable = false)
  private String passwordHash;

  @Column(name = "failed_logins", nullable = false)
  private int failedLogins;

  @Column(name = "locked_until")
  private Instant lockedUntil;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "role_grant",
      schema = "platform",
      joinColumns = @JoinColumn(name = "user_account_id"))
  private Set<RoleGrantRow> grants = new HashSet<>();

  protected UserAccountEntity() {}

  public UserAccountEntity(TenantId tenant, String userName) {
    this.id = UUID.randomUUID();
    this.tenantId = tenant.value();
    this.userName = userName;
  }

  public void describe(String newDisplayName, String newPasswordHash, Set<RoleGrant> newGrants) {
    this.displayName = newDisplayName;
    this.passwordHash = newPasswordHash;
    Set<RoleGrantRow> rows = newGrants.stream().map(RoleGrantRow::new).collect(Collectors.toSet());
    this.grants.retainAll(rows);
    this.grants.addAll(rows);
    this.failedLogins = 0;
    this.lockedUntil = null;
  }

  public String passwordHash() {
    return passwordHash;
  }

  public boolean isLocked(Instant now) {
    return lockedUntil != null && now.isBefore(lockedUntil);
  }

  /** Counts a failure; after too many in a row the account rests. */
  public void loginFailed(Instant now) {
    failedLogins++;
    if (failedLogins >= FAILURES_ALLOWED) {
      lockedUntil = now.plus(REST);
      failedLogins = 0;
    }
  }

  public void loginSucceeded() {
    failedLogins = 0;
    lockedUntil = null;
  }

  public AccountView toView() {
    return new AccountView(
        TenantId.of(tenantId),
        userName,
        displayName,
        grants.stream().map(RoleGrantRow::toGrant).collect(Collectors.toUnmodifiableSet()));
  }
}
