package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.identity.api.ServiceAccounts;
import org.vigil.identity.api.ServiceAccounts.Issued;
import org.vigil.identity.api.ServiceAccounts.ServiceView;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Accounts of peer systems; a secret is shown once, when it is made. */
@Path("/service-accounts")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.SERVICE_ACCOUNT_ADMINISTER)
public class ServiceAccountResource {
  @Inject private ServiceAccounts services;
  @Inject private CurrentUser currentUser;

  @GET
  public Map<String, List<ServiceBody>> list() {
    return Map.of(
        "serviceAccounts",
        services.list(TenantContext.current()).stream().map(a -> ServiceBody.of(a, null)).toList());
  }

  @POST
  public Response create(NewService body) {
    Require.present(body, "body");
    Issued issued =
        services.create(
            TenantContext.current(),
            Require.present(body.displayName(), "displayName"),
            AccountResource.grants(Require.present(body.roles(), "roles")),
            currentUser.actor());
    return Response.status(Response.Status.CREATED)
        .entity(ServiceBody.of(issued.account(), issued.secret()))
        .build();
  }

  /** A new secret; the old one serves for a day more. */
  @POST
  @Path("/{id}/rotate")
  public ServiceBody rotate(@PathParam("id") String id) {
    Issued issued =
        services.rotate(TenantContext.current(), Require.uuid(id, "id"), currentUser.actor());
    return ServiceBody.of(issued.account(), issued.secret());
  }

  @DELETE
  @Path("/{id}")
  public void revoke(@PathParam("id") String id) {
    services.revoke(TenantContext.current(), Require.uuid(id, "id"), currentUser.actor());
  }

  /** A service account wanted. */
  public record NewService(String displayName, List<String> roles) {}

  /** A service account; {@code clientSecret} only in the answer that made it. */
  public record ServiceBody(
      UUID id,
      String clientId,
      String clientSecret,
      String displayName,
      List<String> roles,
      boolean enabled,
      Instant secretExpiresAt,
      Instant lastUsedAt) {

    static ServiceBody of(ServiceView a, String secret) {
      return new ServiceBody(
          a.id(),
          a.clientId(),
          secret,
          a.displayName(),
          RoleGrant.texts(a.grants()),
          a.enabled(),
          a.secretExpiresAt(),
          a.lastUsedAt());
    }
  }
}
