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
import org.vigil.tenancy.api.Role;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Alerts of critical findings, until a person acknowledges. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Allowed({Role.RADIOLOGIST, Role.REFERRING_CLINICIAN, Role.SERVICE})
public class AlertResource {
  @Inject private Alerts alerts;
  @Inject private CurrentUser currentUser;

  @GET
  public Map<String, List<AlertBody>> list(
      @QueryParam("openOnly") @DefaultValue("false") boolean openOnly) {
    return Map.of("alerts", alerts.list(openOnly).stream().map(AlertBody::of).toList());
  }

  @POST
  @Path("/{id}/acknowledge")
  public void acknowledge(@PathParam("id") String id, Acknowledgement body) {
    alerts.acknowledge(
        Require.uuid(id, "id"), body == null ? null : body.comment(), currentUser.actor());
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
