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
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.StudyAccess;

/** Studies whose patient differs from their order's: a person decides, with a reason. */
@Path("/quarantine")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.QUARANTINE_VIEW)
public class QuarantineResource {
  @Inject private Worklist worklist;
  @Inject private CurrentUser currentUser;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;

  @GET
  public Map<String, List<QuarantinedBody>> list() {
    return Map.of(
        "studies",
        reads
            .viewed(
                Action.QUARANTINE_VIEWED,
                "all",
                () ->
                    worklist.quarantine().stream()
                        .filter(q -> access.reaches(Permission.QUARANTINE_VIEW, q.study()))
                        .toList(),
                (event, listed) -> event.with(Map.of("studies", Integer.toString(listed.size()))))
            .stream()
            .map(q -> new QuarantinedBody(q.study().value(), q.order(), q.differences(), q.since()))
            .toList());
  }

  @POST
  @Path("/{study}/release")
  @Allowed(Permission.QUARANTINE_DECIDE)
  public void release(@PathParam("study") String study, Reason body) {
    worklist.release(reached(study), reason(body), currentUser.actor());
  }

  @POST
  @Path("/{study}/reject")
  @Allowed(Permission.QUARANTINE_DECIDE)
  public void reject(@PathParam("study") String study, Reason body) {
    worklist.reject(reached(study), reason(body), currentUser.actor());
  }

  private StudyInstanceUid reached(String uid) {
    StudyInstanceUid study = StudyInstanceUid.of(uid);
    access.require(Permission.QUARANTINE_DECIDE, study);
    return study;
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
