package org.vigil.identity.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.RoleGrant;

/** Accounts of peer systems, which log in with client credentials (RFC 6749 §4.4). */
public interface ServiceAccounts {
  /**
   * Checks client credentials.
   *
   * @throws org.vigil.kernel.VigilException IDENTITY-0011 wrong, expired or revoked; 0005 too many
   *     failures from this address
   */
  ServiceView authenticate(String clientId, char[] secret, String address);

  List<ServiceView> list(TenantId tenant);

  /** Makes one; only roles of services are given. */
  Issued create(TenantId tenant, String displayName, Set<RoleGrant> grants, Actor actor);

  /**
   * A new secret; the old one serves for a day more.
   *
   * @throws org.vigil.kernel.VigilException IDENTITY-0012
   */
  Issued rotate(TenantId tenant, UUID id, Actor actor);

  /** Ends it at once, its tokens included. */
  void revoke(TenantId tenant, UUID id, Actor actor);

  /** A service account; its secret is known to nobody. */
  record ServiceView(
      UUID id,
      TenantId tenant,
      String clientId,
      String displayName,
      Set<RoleGrant> grants,
      boolean enabled,
      Instant secretExpiresAt,
      Instant lastUsedAt) {}

  /** A secret, shown this once. */
  record Issued(ServiceView account, String secret) {}
}
