package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.StorageCommitments;
import org.vigil.imaging.api.StorageCommitments.Commitment;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;

/** What the hospital's archives have committed of Vigil's results. */
@Path("/storage-commitments")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.PACS_VIEW)
public class StorageCommitmentResource {
  @Inject private StorageCommitments commitments;
  @Inject private AuditedReads reads;

  @GET
  public Map<String, List<CommitmentBody>> list(
      @QueryParam("state") String state, @QueryParam("limit") @DefaultValue("200") int limit) {
    StorageCommitments.State wanted = Require.term(StorageCommitments.State.class, state, "state");
    List<Commitment> found =
        reads.always(
            Action.ADMINISTRATION_QUERIED,
            () -> commitments.list(wanted, limit),
            (event, listed) -> event.on("storage commitments"));
    return Map.of("commitments", found.stream().map(CommitmentBody::of).toList());
  }

  /**
   * One object at one node.
   *
   * @param failureReason (0008,1197) as four hexadecimal digits, {@code no report}, or null
   */
  public record CommitmentBody(
      String sopInstanceUid,
      String studyInstanceUid,
      String node,
      String state,
      String failureReason,
      int attempts,
      Instant storedAt,
      Instant requestedAt,
      Instant settledAt) {

    static CommitmentBody of(Commitment c) {
      return new CommitmentBody(
          c.instance().value(),
          c.study().value(),
          c.node(),
          Terms.of(c.state()),
          reason(c.failureReason()),
          c.attempts(),
          c.storedAt(),
          c.requestedAt(),
          c.settledAt());
    }

    private static String reason(Integer code) {
      if (code == null) {
        return null;
      }
      return code < 0 ? "no report" : String.format("%04X", code);
    }
  }
}
