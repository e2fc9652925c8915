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
import java.util.UUID;
import org.vigil.analysis.api.OrderView;
import org.vigil.analysis.api.Orders;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.StudyAccess;

/** Orders, above all those whose study has not come. */
@Path("/orders")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.ORDER_VIEW)
public class OrderResource {
  private static final int LIMIT = 500;

  @Inject private Orders orders;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;

  @GET
  public Map<String, List<OrderBody>> list(
      @QueryParam("status") @DefaultValue("awaiting") String status) {
    boolean awaiting = status.equals("awaiting");
    List<OrderView> found =
        reads.viewed(
            Action.ORDERS_VIEWED,
            "awaiting=" + awaiting,
            () ->
                (awaiting ? orders.awaitingStudy() : orders.recent(LIMIT))
                    .stream()
                        .filter(o -> access.reaches(Permission.ORDER_VIEW, o.modality()))
                        .toList(),
            (event, listed) -> event.with(Map.of("orders", Integer.toString(listed.size()))));
    return Map.of("orders", found.stream().map(OrderBody::of).toList());
  }

  /** An order. */
  public record OrderBody(
      UUID id,
      String status,
      String placerOrderNumber,
      String accessionNumber,
      String patientName,
      String patientId,
      String procedureText,
      String modality,
      String priority,
      String orderingProviderName,
      Instant orderedAt,
      Instant receivedAt,
      String studyInstanceUid) {

    static OrderBody of(OrderView o) {
      return new OrderBody(
          o.id(),
          Terms.of(o.status()),
          o.placerOrderNumber(),
          o.accessionNumber(),
          o.patientName(),
          o.patientId(),
          o.procedureText(),
          o.modality(),
          Terms.of(o.priority()),
          o.orderingProviderName(),
          o.orderedAt(),
          o.receivedAt(),
          o.study() == null ? null : o.study().value());
    }
  }
}
