package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.integration.api.Alerts;
import org.vigil.integration.api.Alerts.AlertView;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.StudyAccess;

/** Alerts of critical findings, until a person acknowledges. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.ALERT_VIEW)
public class AlertResource {
  @Inject private Alerts alerts;
  @Inject private CurrentUser currentUser;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;

  @GET
  public Map<String, List<AlertBody>> list(
      @QueryParam("openOnly") @DefaultValue("false") boolean openOnly) {
    List<AlertView> found =
        reads.viewed(
            Action.ALERTS_VIEWED,
            "openOnly=" + openOnly,
            () ->
                alerts.list(openOnly).stream()
                    .filter(a -> access.reaches(Permission.ALERT_VIEW, a.study()))
                    .toList(),
            (event, listed) -> event.with(Map.of("alerts", Integer.toString(listed.size()))));
    return Map.of("alerts", found.stream().map(AlertBody::of).toList());
  }

  @POST
  @Path("/{id}/acknowledge")
  @Allowed(Permission.ALERT_ACKNOWLEDGE)
  public void acknowledge(@PathParam("id") String id, Acknowledgement body) {
    UUID alert = Require.uuid(id, "id");
    if (access.only(Permission.ALERT_ACKNOWLEDGE).isPresent()) {
      alerts.list(true).stream()
          .filter(a -> a.id().equals(alert))
          .forEach(a -> access.require(Permission.ALERT_ACKNOWLEDGE, a.study()));
    }
    alerts.acknowledge(alert, body == null ? null : body.comment(), currentUser.actor());
  }

  /** What the person who takes an alert says. */
  public record Acknowledgement(String comment) {}

  /** An alert. */
  public record AlertBody(
      UUID id,
      String studyInstanceUid,
      UUID analysisId,
      String findingLabel,
      String severity,
      String status,
      String recipient,
      Instant createdAt,
      Instant sentAt,
      Instant acknowledgedAt,
      String acknowledgedBy,
      int escalationLevel) {

    static AlertBody of(AlertView a) {
      return new AlertBody(
          a.id(),
          a.study().value(),
          a.analysis(),
          a.findingLabel(),
          a.severity().term(),
          Terms.of(a.status()),
          a.recipient(),
          a.createdAt(),
          a.sentAt(),
          a.acknowledgedAt(),
          a.acknowledgedBy(),
          a.escalationLevel());
    }
  }
}
