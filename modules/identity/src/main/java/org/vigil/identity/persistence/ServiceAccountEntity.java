package org.vigil.identity.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.vigil.identity.api.ServiceAccounts.ServiceView;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.RoleGrant;

/** A peer system's account: {@code platform.service_account}. */
@Entity
@Table(name = "service_account", schema = "platform")
public class ServiceAccountEntity {
  @Id private UUID id;

  @Column(name = "tenant_id", nullable = false)
  private String tenantId;

  @Column(name = "client_id", nullable = false)
  private String clientId;

  @Column(name = "display_name", nullable = false)
  private String displayName;

  /** {@link RoleGrant#text}s, separated by spaces. */
  @Column(nullable = false)
  private String grants;

  @Column(name = "secret_hash", nullable = false)
  private String secretHash;

  @Column(name = "secret_expires_at", nullable = false)
  private Instant secretExpiresAt;

  @Column(name = "previous_hash")
  private String previousHash;

  @Column(name = "previous_expires_at")
  private Instant previousExpiresAt;

  @Column(nullable = false)
  private boolean enabled = true;

  @Column(name = "created_at", nullable = false)
  private Instant createdAt;

  @Column(name = "last_used_at")
  private Instant lastUsedAt;

  protected ServiceAccountEntity() {}

  public ServiceAccountEntity(
      TenantId tenant, String clientId, String displayName, Set<RoleGrant> grants, Instant now) {
    this.id = UUID.randomUUID();
    this.tenantId = tenant.value();
    this.clientId = clientId;
    this.displayName = displayName;
    this.grants = String.join(" ", RoleGrant.texts(grants));
    this.createdAt = now;
  }

  /** Sets a secret; the one before it serves until {@code previousUntil}. */
  public void setSecret(String hash, Instant expiresAt, Instant previousUntil) {
    previousHash = secretHash;
    previousExpiresAt = secretHash == null ? null : previousUntil;
    secretHash = hash;
    secretExpiresAt = expiresAt;
  }

  /** Whether a secret of this hash may log in now. */
  public boolean accepts(String hash, Instant now) {
    return enabled
        && ((hash.equals(secretHash) && now.isBefore(secretExpiresAt))
            || (hash.equals(previousHash)
                && previousExpiresAt != null
                && now.isBefore(previousExpiresAt)));
  }

  public void revoke() {
    enabled = false;
  }

  public void used(Instant now) {
    lastUsedAt = now;
  }

  public TenantId tenant() {
    return TenantId.of(tenantId);
  }

  public ServiceView toView() {
    return new ServiceView(
        id,
        tenant(),
        clientId,
        displayName,
        Arrays.stream(grants.split(" ", -1))
            .filter(text -> !text.isEmpty())
            .map(RoleGrant::parse)
            .collect(Collectors.toUnmodifiableSet()),
        enabled,
        secretExpiresAt,
        lastUsedAt);
  }
}
