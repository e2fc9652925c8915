package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.vigil.audit.api.AuditIntegrity;
import org.vigil.audit.api.AuditIntegrity.AnchoredDay;
import org.vigil.audit.api.AuditIntegrity.Verification;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Whether the trail is whole, and proofs of single events. */
@Path("/audit-integrity")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.AUDIT_VERIFY)
public class AuditIntegrityResource {
  @Inject private AuditIntegrity integrity;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  /** Checks the whole trail; of a long one rather by {@code ./vigil audit verify}. */
  @POST
  @Path("/verify")
  public Verification verify() {
    return integrity.verify(currentUser.actor());
  }

  /** The days that are anchored, newest first. */
  @GET
  @Path("/anchors")
  public Map<String, List<AnchoredDay>> anchors() {
    return Map.of(
        "anchors",
        reads.always(
            Action.ADMINISTRATION_QUERIED,
            integrity::anchors,
            (event, found) -> event.on("audit anchors")));
  }

  /** A day's signed anchor, as the file that is to be kept elsewhere. */
  @GET
  @Path("/anchors/{day}")
  public Response anchor(@PathParam("day") String day) {
    LocalDate wanted = Require.date(day, "day");
    return Response.ok(integrity.anchor(wanted, currentUser.actor()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"anchor-" + wanted + ".json\"")
        .build();
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
