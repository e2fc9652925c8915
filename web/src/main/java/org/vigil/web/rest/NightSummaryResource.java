package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.TreeMap;
import org.vigil.analysis.api.Worklist;
import org.vigil.audit.api.AuditTrail;
import org.vigil.integration.api.Alerts;
import org.vigil.integration.api.Deliveries;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;

/** The night in figures, counted from the database. */
@Path("/night-summary")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.NIGHT_SUMMARY_VIEW)
public class NightSummaryResource {
  @Inject private Worklist worklist;
  @Inject private Deliveries deliveries;
  @Inject private Alerts alerts;
  @Inject private AuditTrail audit;
  @Inject private AuditedReads reads;

  @GET
  public NightSummary summary() {
    return reads.viewed(
        Action.ADMINISTRATION_QUERIED,
        "night summary",
        this::count,
        (event, counted) -> event.on("night summary"));
  }

  private NightSummary count() {
    Worklist.Totals totals = worklist.totals();
    Map<String, Map<String, Long>> byKind = new TreeMap<>();
    deliveries
        .counts()
        .forEach(
            (kind, counts) -> {
              Map<String, Long> byStatus = new TreeMap<>();
              counts.forEach((status, count) -> byStatus.put(Terms.of(status), count));
              byKind.put(Terms.of(kind), byStatus);
            });
    return new NightSummary(
        totals.studies(),
        totals.analysed(),
        totals.failed(),
        totals.notRun(),
        totals.pending(),
        totals.quarantined(),
        totals.unmatched(),
        totals.awaitingOrders(),
        byKind,
        alerts.list(false).size(),
        audit.count());
  }

  /** Counts; deliveries by kind and status. */
  public record NightSummary(
      long studies,
      long analysed,
      long failed,
      long notRun,
      long pending,
      long quarantined,
      long unmatched,
      long awaitingOrders,
      Map<String, Map<String, Long>> deliveries,
      int alerts,
      long auditEvents) {}
}
