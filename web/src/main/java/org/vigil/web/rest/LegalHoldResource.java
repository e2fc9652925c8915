package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.vigil.audit.api.LegalHolds;
import org.vigil.audit.api.LegalHolds.Hold;
import org.vigil.audit.api.LegalHolds.NewHold;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** What must not be deleted. */
@Path("/legal-holds")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.RETENTION_ADMINISTER)
public class LegalHoldResource {
  @Inject private LegalHolds holds;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @GET
  public Map<String, List<Hold>> list() {
    return Map.of(
        "holds",
        reads.always(
            Action.ADMINISTRATION_QUERIED, holds::list, (event, found) -> event.on("legal holds")));
  }

  @POST
  public Response set(HoldBody body) {
    Require.present(body, "body");
    Hold hold =
        holds.set(
            new NewHold(
                body.patientId(),
                body.studyInstanceUid(),
                Require.instant(body.from(), "from"),
                Require.instant(body.to(), "to"),
                body.reason()),
            currentUser.actor());
    return Response.status(Response.Status.CREATED).entity(hold).build();
  }

  @POST
  @Path("/{id}/lift")
  public void lift(@PathParam("id") String id, Reason body) {
    holds.lift(Require.uuid(id, "id"), Require.present(body, "body").reason(), currentUser.actor());
  }

  /** What to hold; without patient and study, everything in the span of time. */
  public record HoldBody(
      String patientId, String studyInstanceUid, String from, String to, String reason) {}

  /** Why. */
  public record Reason(String reason) {}
}
