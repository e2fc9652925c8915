package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.vigil.imaging.api.StorageTiers;
import org.vigil.imaging.api.StorageTiers.Overview;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Where a hospital's images lie, and its policy applied at once. Answers are figures alone. */
@Path("/platform/storage/{tenant}/tiers")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.TENANT_ADMINISTER)
public class StorageTierResource {
  @Inject private StorageTiers tiers;
  @Inject private TenantDirectory tenants;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @GET
  public Overview overview(@PathParam("tenant") String tenant) {
    try (TenantContext.Scope scope = TenantContext.enter(known(tenant))) {
      return reads.viewed(
          AuditEvent.Action.ADMINISTRATION_QUERIED,
          "storage tiers",
          tiers::overview,
          (event, found) -> event.on("storage tiers"));
    }
  }

  @POST
  @Path("/runs")
  public Response run(@PathParam("tenant") String tenant) {
    try (TenantContext.Scope scope = TenantContext.enter(known(tenant))) {
      UUID id = tiers.run(currentUser.actor());
      return Response.accepted(Map.of("id", id)).build();
    }
  }

  private TenantId known(String tenant) {
    TenantId id = TenantId.of(tenant);
    if (tenants.find(id).isEmpty()) {
      throw new VigilException(ErrorCode.TENANCY_0004, Map.of("tenant", tenant));
    }
    return id;
  }
}
