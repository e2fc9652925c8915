package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.vigil.audit.api.AuditTrail;
import org.vigil.audit.api.AuditTrail.Page;
import org.vigil.audit.api.AuditTrail.Search;
import org.vigil.kernel.AuditEvent;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/**
 * The audit trail, for auditors; reading it is itself audited. Newest first; {@code after} is the
 * {@code next} of the page before.
 */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.AUDIT_VIEW)
public class AuditResource {
  @Inject private AuditTrail trail;
  @Inject private CurrentUser currentUser;

  /** By everything that may stand in an address; patients are looked for by {@link #search}. */
  @GET
  public Page list(
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("user") String user,
      @QueryParam("study") String study,
      @QueryParam("action") String action,
      @QueryParam("outcome") String outcome,
      @QueryParam("after") String after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return search(new SearchBody(from, to, null, user, study, action, outcome, after, limit));
  }

  /** The same and by patient: whose id travels in the body, never in an address. */
  @POST
  @Path("/search")
  public Page search(SearchBody body) {
    return trail.search(Require.present(body, "body").search(), currentUser.actor());
  }

  /** What to look for; null or empty means any. */
  public record SearchBody(
      String from,
      String to,
      String patientId,
      String user,
      String study,
      String action,
      String outcome,
      String after,
      Integer limit) {

    Search search() {
      return new Search(
          Require.instant(from, "from"),
          Require.instant(to, "to"),
          blankToNull(patientId),
          blankToNull(user),
          blankToNull(study),
          Require.term(AuditEvent.Action.class, action, "action"),
          Require.term(AuditEvent.Outcome.class, outcome, "outcome"),
          blankToNull(after),
          limit == null ? 100 : limit);
    }

    private static String blankToNull(String text) {
      return text == null || text.isBlank() ? null : text;
    }
  }
}
