package org.vigil.identity.api;

import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.RoleGrant;

/** The OpenID Connect provider of each hospital, and what its groups may do. */
public interface OpenIdProviders {
  Optional<Provider> find(TenantId tenant);

  /** The provider that issues tokens for one of these audiences; from memory. */
  Optional<Provider> byIssuer(String issuer, Collection<String> audiences);

  /**
   * Sets the hospital's provider.
   *
   * @param clientSecret null to keep the one there is, empty for none (a public client with PKCE)
   * @throws org.vigil.kernel.VigilException KERNEL-0005 when another hospital has this issuer and
   *     audience
   */
  Provider describe(Provider wanted, char[] clientSecret, Actor actor);

  void remove(TenantId tenant, Actor actor);

  /** The client's secret, if it has one. */
  Optional<char[]> clientSecret(TenantId tenant);

  /**
   * A provider.
   *
   * @param audience that its access tokens for Vigil name; its ID tokens name the client
   * @param clientSecretExpiresAt as the provider's administrator knows it, or null: told 30 days
   *     ahead
   * @param userNameClaim such as {@code preferred_username}
   * @param groupsClaim such as {@code groups}, or a path such as {@code realm_access.roles}
   * @param grants by group; a group without any means nothing
   */
  record Provider(
      TenantId tenant,
      String issuer,
      String audience,
      String clientId,
      Instant clientSecretExpiresAt,
      URI jwksUri,
      URI authorizationEndpoint,
      URI tokenEndpoint,
      String userNameClaim,
      String groupsClaim,
      Map<String, Set<RoleGrant>> grants) {}
}
