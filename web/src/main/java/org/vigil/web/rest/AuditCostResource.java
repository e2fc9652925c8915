package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.vigil.audit.api.AuditCost;
import org.vigil.audit.api.AuditCost.Spent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;

/** What auditing has cost this server since it started. */
@Path("/platform/audit-cost")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.TENANT_VIEW)
public class AuditCostResource {
  @Inject private AuditCost cost;
  @Inject private AuditedReads reads;

  @GET
  public Spent spent() {
    return reads.viewed(
        Action.ADMINISTRATION_QUERIED,
        "audit cost",
        cost::spent,
        (event, found) -> event.on("audit cost"));
  }
}
