package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.vigil.imaging.api.AllowedCaller;
import org.vigil.imaging.api.AllowedCallers;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.rest.AllowedCallerResource.CallerBody;
import org.vigil.web.rest.AllowedCallerResource.NetworksBody;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Any hospital's callers, for those who run the installation: {@code ./vigil pacs callers}. */
@Path("/platform/tenants/{tenant}/allowed-callers")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.TENANT_ADMINISTER)
public class TenantAllowedCallerResource {
  @Inject private AllowedCallers callers;
  @Inject private TenantDirectory tenants;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @PathParam("tenant")
  private String tenant;

  /** None: everybody may. */
  @GET
  public Map<String, List<CallerBody>> list() {
    return in(
        () -> {
          List<AllowedCaller> found =
              reads.always(
                  Action.ADMINISTRATION_QUERIED,
                  callers::list,
                  (event, listed) -> event.on("allowed callers"));
          return Map.of("callers", found.stream().map(CallerBody::of).toList());
        });
  }

  /** Adds a caller, or brings the one of this AE title to these networks. */
  @PUT
  @Path("/{aeTitle}")
  public CallerBody set(@PathParam("aeTitle") String aeTitle, NetworksBody body) {
    AllowedCaller wanted = NetworksBody.caller(aeTitle, body);
    return in(() -> CallerBody.of(callers.set(wanted, currentUser.actor())));
  }

  @DELETE
  @Path("/{aeTitle}")
  public void remove(@PathParam("aeTitle") String aeTitle) {
    in(
        () -> {
          callers.remove(aeTitle, currentUser.actor());
          return null;
        });
  }

  private <T> T in(Supplier<T> work) {
    TenantId id = tenants.require(TenantId.of(tenant)).id();
    try (TenantContext.Scope scope = TenantContext.enter(id)) {
      return work.get();
    }
  }
}
