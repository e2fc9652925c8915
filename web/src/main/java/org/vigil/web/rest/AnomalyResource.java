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
import java.util.List;
import java.util.Map;
import org.vigil.audit.api.Anomalies;
import org.vigil.audit.api.Anomalies.Anomaly;
import org.vigil.audit.api.Anomalies.Watched;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Unusual access and the patients whose records are watched, for the privacy officer. */
@Path("/anomalies")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.ANOMALY_VIEW)
public class AnomalyResource {
  @Inject private Anomalies anomalies;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @GET
  public Map<String, List<Anomaly>> list(
      @QueryParam("openOnly") @DefaultValue("false") boolean openOnly) {
    return Map.of(
        "anomalies",
        reads.always(
            Action.ADMINISTRATION_QUERIED,
            () -> anomalies.list(openOnly),
            (event, found) -> event.on("anomalies")));
  }

  @POST
  @Path("/{id}/review")
  public void review(@PathParam("id") String id, Review body) {
    anomalies.review(
        Require.uuid(id, "id"), Require.present(body, "body").comment(), currentUser.actor());
  }

  @GET
  @Path("/watched")
  public Map<String, List<Watched>> watched() {
    return Map.of(
        "watched",
        reads.always(
            Action.ADMINISTRATION_QUERIED,
            anomalies::watched,
            (event, found) -> event.on("watched patients")));
  }

  @POST
  @Path("/watched")
  public void watch(Watch body) {
    Require.present(body, "body");
    anomalies.watch(
        Require.present(body.patientId(), "patientId"),
        body.userName(),
        body.note(),
        currentUser.actor());
  }

  @POST
  @Path("/watched/end")
  public void unwatch(Watch body) {
    Require.present(body, "body");
    anomalies.unwatch(
        Require.present(body.patientId(), "patientId"), body.userName(), currentUser.actor());
  }

  /** What came of it. */
  public record Review(String comment) {}

  /** Whose record to watch; with a user, that user's own or a relative's. */
  public record Watch(String patientId, String userName, String note) {}
}
