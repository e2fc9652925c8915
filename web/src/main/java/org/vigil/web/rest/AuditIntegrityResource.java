package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.vigil.audit.api.AuditIntegrity;
import org.vigil.audit.api.AuditIntegrity.Verification;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Whether the trail is whole, and proofs of single events. */
@Path("/audit-integrity")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.AUDIT_VERIFY)
public class AuditIntegrityResource {
  @Inject private AuditIntegrity integrity;
  @Inject private CurrentUser currentUser;

  /** Checks the whole trail; of a long one rather by {@code ./vigil audit verify}. */
  @POST
  @Path("/verify")
  public Verification verify() {
    return integrity.verify(currentUser.actor());
  }

  /** Proof of one event, to be checked elsewhere with the public key. */
  @GET
  @Path("/proofs/{event}")
  public String proof(@PathParam("event") String event) {
    if (!event.matches("\\d{1,18}")) {
      throw new VigilException(ErrorCode.AUDIT_0002);
    }
    return integrity.prove(Long.parseLong(event), currentUser.actor());
  }
}
