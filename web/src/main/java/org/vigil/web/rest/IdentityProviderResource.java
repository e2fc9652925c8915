package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vigil.identity.api.OpenIdProviders;
import org.vigil.identity.api.OpenIdProviders.Provider;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.OpenIdClient;
import org.vigil.web.security.OpenIdClient.Endpoints;

/** The hospital's OpenID provider, and which of its groups have which roles. */
@Path("/identity-provider")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.IDENTITY_PROVIDER_ADMINISTER)
public class IdentityProviderResource {
  @Inject private OpenIdProviders providers;
  @Inject private OpenIdClient client;
  @Inject private CurrentUser currentUser;

  @GET
  public ProviderBody provider() {
    return providers
        .find(TenantContext.current())
        .map(ProviderBody::of)
        .orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0014));
  }

  /** Sets the provider; its endpoints are read from its own configuration. */
  @PUT
  public ProviderBody describe(ProviderBody body) {
    String issuer = Require.present(Require.present(body, "body").issuer(), "issuer");
    String clientId = Require.present(body.clientId(), "clientId");
    Endpoints endpoints = client.discover(issuer);
    return ProviderBody.of(
        providers.describe(
            new Provider(
                TenantContext.current(),
                issuer,
                body.audience() == null ? clientId : body.audience(),
                clientId,
                Require.instant(body.clientSecretExpiresAt(), "clientSecretExpiresAt"),
                endpoints.jwks(),
                endpoints.authorization(),
                endpoints.token(),
                body.userNameClaim() == null ? "preferred_username" : body.userNameClaim(),
                body.groupsClaim() == null ? "groups" : body.groupsClaim(),
                grants(Require.present(body.groups(), "groups"))),
            body.clientSecret(),
            currentUser.actor()));
  }

  @DELETE
  public void remove() {
    providers.remove(TenantContext.current(), currentUser.actor());
  }

  /** Roles by group; none of the platform's. */
  static Map<String, Set<RoleGrant>> grants(Map<String, List<String>> groups) {
    Map<String, Set<RoleGrant>> grants = new TreeMap<>();
    groups.forEach((group, roles) -> grants.put(group, AccountResource.grants(roles)));
    if (grants.values().stream().flatMap(Set::stream).anyMatch(g -> g.role().isOfThePlatform())) {
      throw new VigilException(ErrorCode.IDENTITY_0003, Map.of("field", "groups"));
    }
    return grants;
  }

  /** A provider; its client secret goes in and never comes out. */
  public record ProviderBody(
      String issuer,
      String audience,
      String clientId,
      char[] clientSecret,
      String clientSecretExpiresAt,
      String userNameClaim,
      String groupsClaim,
      Map<String, List<String>> groups) {

    static ProviderBody of(Provider p) {
      return new ProviderBody(
          p.issuer(),
          p.audience(),
          p.clientId(),
          null,
          p.clientSecretExpiresAt() == null ? null : p.clientSecretExpiresAt().toString(),
          p.userNameClaim(),
          p.groupsClaim(),
          p.grants().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> RoleGrant.texts(e.getValue()))));
    }
  }
}
