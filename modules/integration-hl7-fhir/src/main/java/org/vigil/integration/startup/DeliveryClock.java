package org.vigil.integration.startup;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.integration.application.AlertDesk;
import org.vigil.integration.application.DeliveryLedger;
import org.vigil.integration.fhir.FhirClients;
import org.vigil.tenancy.api.DatabaseReadiness;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantWatch;

/**
 * What time brings: alerts that nobody took are escalated, deliveries whose message is lost are
 * queued again. What is due stands in the database, so a restart forgets nothing.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DeliveryClock {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryClock.class);
  private static final Duration OVERDUE = Duration.ofMinutes(2);

  @Resource private ManagedThreadFactory threadFactory;
  @Inject private TenantDirectory tenants;
  @Inject private AlertDesk alerts;
  @Inject private DeliveryLedger deliveries;
  @Inject private FhirClients fhir;
  @Inject private DatabaseReadiness database;

  private final TenantWatch escalations = new TenantWatch(Duration.ofSeconds(2));
  private final TenantWatch recoveries = new TenantWatch(Duration.ofSeconds(5));

  /** Reading the FHIR model takes seconds; the first critical result should not wait for it. */
  @PostConstruct
  void warm() {
    threadFactory.newThread(fhir::warm).start();
  }

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void escalate() {
    visit(escalations, "alerts escalated", alerts::escalateDue, alerts::anyOpen);
  }

  @Schedule(hour = "*", minute = "*", second = "5", persistent = false)
  void recover() {
    visit(
        recoveries,
        "deliveries queued again",
        () -> deliveries.recover(OVERDUE),
        deliveries::anyWaiting);
  }

  private void visit(
      TenantWatch watch, String what, IntSupplier work, BooleanSupplier outstanding) {
    if (!database.isReady()) {
      return;
    }
    watch.visit(
        tenants.active(),
        () -> {
          int done = work.getAsInt();
          if (done > 0) {
            LOG.info("tenant {}: {} {}", TenantContext.current(), done, what);
          }
          return outstanding.getAsBoolean();
        },
        // The next tick tries again, and one hospital's trouble is not another's.
        (tenant, cause) -> LOG.error("tenant {}: {} failed", tenant, what, cause));
  }
}
