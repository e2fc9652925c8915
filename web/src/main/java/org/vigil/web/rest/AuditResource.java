package org.vigil.web.rest;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.vigil.audit.api.AuditTrail;
import org.vigil.audit.api.AuditTrail.Entry;
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
  @Inject private Event<AuditEvent> audit;

  @GET
  public AuditPage query(
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("page") @DefaultValue("1") int page,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    List<Entry> entries =
        trail.query(Require.instant(from, "from"), Require.instant(to, "to"), page, limit);
    long total = trail.count();
    audit.fire(
        AuditEvent.of(AuditEvent.Action.AUDIT_QUERIED, currentUser.actor())
            .with(
                Map.of(
                    "from", from == null ? "" : from,
                    "to", to == null ? "" : to,
                    "page", Integer.toString(page))));
    return new AuditPage(entries, page, limit, total);
  }

  /** A page of the trail, newest first. */
  public record AuditPage(List<Entry> events, int page, int limit, long total) {}
}
