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
import org.vigil.integration.api.Deliveries;
import org.vigil.integration.api.Deliveries.DeliveryView;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.StudyAccess;

/** Results on their way to PACS, RIS and EHR. */
@Path("/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.DELIVERY_VIEW)
public class DeliveryResource {
  private static final int LONGEST = 1000;

  @Inject private Deliveries deliveries;
  @Inject private CurrentUser currentUser;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;

  @GET
  public Map<String, List<DeliveryBody>> list(
      @QueryParam("status") String status, @QueryParam("limit") @DefaultValue("200") int limit) {
    Deliveries.Status wanted = Require.term(Deliveries.Status.class, status, "status");
    List<DeliveryView> found =
        reads.viewed(
            Action.DELIVERIES_VIEWED,
            "status=" + wanted,
            () ->
                deliveries.list(wanted, Math.max(1, Math.min(limit, LONGEST))).stream()
                    .filter(d -> access.reaches(Permission.DELIVERY_VIEW, d.study()))
                    .toList(),
            (event, listed) -> event.with(Map.of("deliveries", Integer.toString(listed.size()))));
    return Map.of("deliveries", found.stream().map(DeliveryBody::of).toList());
  }

  @POST
  @Path("/{id}/retry")
  @Allowed(Permission.DELIVERY_RETRY)
  public void retry(@PathParam("id") String id) {
    UUID delivery = Require.uuid(id, "id");
    if (access.only(Permission.DELIVERY_RETRY).isPresent()) {
      deliveries.list(null, LONGEST).stream()
          .filter(d -> d.id().equals(delivery))
          .forEach(d -> access.require(Permission.DELIVERY_RETRY, d.study()));
    }
    deliveries.retry(delivery, currentUser.actor());
  }

  /** A delivery. */
  public record DeliveryBody(
      UUID id,
      String kind,
      String studyInstanceUid,
      UUID analysisId,
      String status,
      int attempts,
      String lastError,
      Instant createdAt,
      Instant nextAttemptAt,
      Instant deliveredAt) {

    static DeliveryBody of(DeliveryView d) {
      return new DeliveryBody(
          d.id(),
          Terms.of(d.kind()),
          d.study().value(),
          d.analysis(),
          Terms.of(d.status()),
          d.attempts(),
          d.lastError(),
          d.createdAt(),
          d.nextAttemptAt(),
          d.deliveredAt());
    }
  }
}
