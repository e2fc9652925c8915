package org.vigil.identity.persistence;

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
import org.vigil.identity.api.Accounts.AccountView;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.RoleGrant;

/**
 * An account, local or of somebody in the hospital's directory: {@code platform.user_account},
 * {@code platform.role_grant} and {@code platform.recovery_code}.
 */
@Entity
@Table(name = "user_account", schema = "platform")
public class UserAccountEntity {
  /** Failures in a row after which the account rests. */
  private static final int FAILURES_ALLOWED = 5;

  private static final Duration FIRST_REST = Duration.ofMinutes(1);
  private static final Duration LONGEST_REST = Duration.ofHours(1);

  @Id private UUID id;

  @Column(name = "tenant_id", nullable = false)
  private String tenantId;

  @Column(name = "user_name", nullable = false)
  private String userName;

  @Column(name = "display_name", nullable = false)
  private String displayName;

  /** Null for the directory's people, whose password only the directory knows. */
  @Column(name = "password_hash")
  private String passwordHash;

  @Column(name = "of_directory", nullable = false)
  private boolean ofDirectory;

  @Column(name = "password_changed_at", nullable = false)
  private Instant passwordChangedAt;

  @Column(name = "must_change_password", nullable = false)
  private boolean mustChangePassword;

  @Column(nullable = false)
  private boolean enabled = true;

  @Column(name = "failed_logins", nullable = false)
  private int failedLogins;

  @Column(name = "locks_in_row", nullable = false)
  private int locksInRow;

  @Column(name = "locked_until")
  private Instant lockedUntil;

  /** Sealed; see {@code SealedSecrets}. */
  @Column(name = "totp_secret")
  private byte[] totpSecret;

  @Column(name = "totp_confirmed", nullable = false)
  private boolean totpConfirmed;

  @Column(name = "totp_last_step", nullable = false)
  private long totpLastStep;

  @Column(name = "last_login_at")
  private Instant lastLoginAt;

  @Column(name = "created_at", nullable = false)
  private Instant createdAt;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      name = "role_grant",
      schema = "platform",
      joinColumns = @JoinColumn(name = "user_account_id"))
  private Set<RoleGrantRow> grants = new HashSet<>();

  @ElementCollection(fetch = FetchType.LAZY)
  @CollectionTable(
      name = "recovery_code",
      schema = "platform",
      joinColumns = @JoinColumn(name = "user_account_id"))
  @Column(name = "code_hash", nullable = false)
  private Set<String> recoveryCodes = new HashSet<>();

  protected UserAccountEntity() {}

  public UserAccountEntity(TenantId tenant, String userName, Instant now) {
    this.id = UUID.randomUUID();
    this.tenantId = tenant.value();
    this.userName = userName;
    this.createdAt = now;
    this.passwordChangedAt = now;
  }

  /** An account of somebody in the hospital's directory. */
  public static UserAccountEntity ofDirectory(TenantId tenant, String userName, Instant now) {
    UserAccountEntity account = new UserAccountEntity(tenant, userName, now);
    account.ofDirectory = true;
    return account;
  }

  public void describe(String newDisplayName, Set<RoleGrant> newGrants, boolean nowEnabled) {
    this.displayName = newDisplayName;
    Set<RoleGrantRow> rows = newGrants.stream().map(RoleGrantRow::new).collect(Collectors.toSet());
    this.grants.retainAll(rows);
    this.grants.addAll(rows);
    this.enabled = nowEnabled;
  }

  public void setPassword(String newHash, boolean toBeChanged, Instant now) {
    this.passwordHash = newHash;
    this.passwordChangedAt = now;
    this.mustChangePassword = toBeChanged;
    unlock();
  }

  public UUID id() {
    return id;
  }

  public String userName() {
    return userName;
  }

  public String passwordHash() {
    return passwordHash;
  }

  public boolean isEnabled() {
    return enabled;
  }

  public boolean hasPassword() {
    return passwordHash != null;
  }

  public boolean isOfDirectory() {
    return ofDirectory;
  }

  public Instant lockedUntil() {
    return lockedUntil;
  }

  /** Counts a failure; after too many in a row the account rests, each time twice as long. */
  public void loginFailed(Instant now) {
    failedLogins++;
    if (failedLogins >= FAILURES_ALLOWED) {
      Duration rest = FIRST_REST.multipliedBy(1L << Math.min(locksInRow, 10));
      lockedUntil = now.plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
      locksInRow++;
      // The next rest begins at the next failure, not after five more.
      failedLogins = FAILURES_ALLOWED - 1;
    }
  }

  public void loginSucceeded(Instant now) {
    unlock();
    lastLoginAt = now;
  }

  public void unlock() {
    failedLogins = 0;
    locksInRow = 0;
    lockedUntil = null;
  }

  public byte[] totpSecret() {
    return totpSecret;
  }

  public boolean hasSecondFactor() {
    return totpConfirmed;
  }

  public long totpLastStep() {
    return totpLastStep;
  }

  /** A secret that does not count yet. */
  public void offerTotp(byte[] sealed) {
    totpSecret = sealed;
    totpConfirmed = false;
    totpLastStep = 0;
  }

  public void confirmTotp(long step, Set<String> recoveryCodeHashes) {
    totpConfirmed = true;
    totpLastStep = step;
    recoveryCodes.clear();
    recoveryCodes.addAll(recoveryCodeHashes);
  }

  public void usedTotp(long step) {
    totpLastStep = step;
  }

  /** Uses a recovery code up. */
  public boolean takeRecoveryCode(String hash) {
    return recoveryCodes.remove(hash);
  }

  public void removeTotp() {
    totpSecret = null;
    totpConfirmed = false;
    recoveryCodes.clear();
  }

  public AccountView toView() {
    return new AccountView(
        TenantId.of(tenantId),
        userName,
        displayName,
        grants.stream().map(RoleGrantRow::toGrant).collect(Collectors.toUnmodifiableSet()),
        enabled,
        ofDirectory,
        lockedUntil,
        totpConfirmed,
        mustChangePassword,
        lastLoginAt);
  }
}
