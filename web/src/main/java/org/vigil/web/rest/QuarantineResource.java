package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.analysis.api.Worklist;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.tenancy.api.Role;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Studies whose patient differs from their order's: a person decides, with a reason. */
@Path("/quarantine")
@Produces(MediaType.APPLICATION_JSON)
@Allowed({Role.RADIOLOGIST, Role.TECHNOLOGIST, Role.TENANT_ADMIN})
public class QuarantineResource {
  @Inject private Worklist worklist;
  @Inject private CurrentUser currentUser;

  @GET
  public Map<String, List<QuarantinedBody>> list() {
    return Map.of(
        "studies",
        worklist.quarantine().stream()
            .map(q -> new QuarantinedBody(q.study().value(), q.order(), q.differences(), q.since()))
            .toList());
  }

  @POST
  @Path("/{study}/release")
  public void release(@PathParam("study") String study, Reason body) {
    worklist.release(StudyInstanceUid.of(study), reason(body), currentUser.actor());
  }

  @POST
  @Path("/{study}/reject")
  public void reject(@PathParam("study") String study, Reason body) {
    worklist.reject(StudyInstanceUid.of(study), reason(body), currentUser.actor());
  }

  private static String reason(Reason body) {
    return Require.present(Require.present(body, "body").reason(), "reason");
  }

  /** Why a person decides so. */
  public record Reason(String reason) {}

  /** A quarantined study; the differences name attributes. */
  public record QuarantinedBody(
      String studyInstanceUid, UUID orderId, List<String> differences, Instant since) {}
}
