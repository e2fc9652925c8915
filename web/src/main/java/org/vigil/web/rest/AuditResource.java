package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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

/** The audit trail, for auditors; reading it is itself audited. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.AUDIT_VIEW)
public class AuditResource {
  @Inject private AuditTrail trail;
  @Inject private CurrentUser currentUser;

  /** Newest first; {@code after} is the {@code next} of the page before. */
  @GET
  public Page search(
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("patientId") String patientId,
      @QueryParam("user") String user,
      @QueryParam("study") String study,
      @QueryParam("action") String action,
      @QueryParam("outcome") String outcome,
      @QueryParam("after") String after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return trail.search(
        new Search(
            Require.instant(from, "from"),
            Require.instant(to, "to"),
            blankToNull(patientId),
            blankToNull(user),
            blankToNull(study),
            Require.term(AuditEvent.Action.class, action, "action"),
            Require.term(AuditEvent.Outcome.class, outcome, "outcome"),
            blankToNull(after),
            limit),
        currentUser.actor());
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
