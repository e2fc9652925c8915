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
import org.vigil.tenancy.api.Role;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Results on their way to PACS, RIS and EHR. */
@Path("/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Allowed({Role.RADIOLOGIST, Role.TECHNOLOGIST, Role.TENANT_ADMIN, Role.SERVICE})
public class DeliveryResource {
  @Inject private Deliveries deliveries;
  @Inject private CurrentUser currentUser;

  @GET
  public Map<String, List<DeliveryBody>> list(
      @QueryParam("status") String status, @QueryParam("limit") @DefaultValue("200") int limit) {
    return Map.of(
        "deliveries",
        deliveries
            .list(
                Require.term(Deliveries.Status.class, status, "status"),
                Math.max(1, Math.min(limit, 1000)))
            .stream()
            .map(DeliveryBody::of)
            .toList());
  }

  @POST
  @Path("/{id}/retry")
  @Allowed({Role.TECHNOLOGIST, Role.TENANT_ADMIN, Role.SERVICE})
  public void retry(@PathParam("id") String id) {
    deliveries.retry(Require.uuid(id, "id"), currentUser.actor());
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
