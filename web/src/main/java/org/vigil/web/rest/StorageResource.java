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
import org.vigil.imaging.api.StorageVerifications;
import org.vigil.imaging.api.StorageVerifications.Verification;
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

/** Whether what is stored is still what was received. Answers name files and UIDs, no patients. */
@Path("/platform/storage/{tenant}/verifications")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.TENANT_ADMINISTER)
public class StorageResource {
  @Inject private StorageVerifications verifications;
  @Inject private TenantDirectory tenants;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @POST
  public Response start(@PathParam("tenant") String tenant) {
    try (TenantContext.Scope scope = TenantContext.enter(known(tenant))) {
      UUID id = verifications.start(currentUser.actor());
      return Response.accepted(Map.of("id", id)).build();
    }
  }

  @GET
  @Path("/{id}")
  public Verification find(@PathParam("tenant") String tenant, @PathParam("id") String id) {
    try (TenantContext.Scope scope = TenantContext.enter(known(tenant))) {
      UUID verification = Require.uuid(id, "id");
      return reads.viewed(
          AuditEvent.Action.ADMINISTRATION_QUERIED,
          "storage verification " + verification,
          () -> verifications.find(verification),
          (event, found) -> event.on(verification.toString()));
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
