package org.vigil.imaging.startup;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.application.WorkitemExpiry;
import org.vigil.tenancy.api.DatabaseReadiness;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/** Looks every hour which workitems are kept no longer. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class WorkitemClock {
  private static final Logger LOG = LoggerFactory.getLogger(WorkitemClock.class);

  @Inject private DatabaseReadiness database;
  @Inject private TenantDirectory tenants;
  @Inject private WorkitemExpiry expiry;

  @Schedule(hour = "*", minute = "17", second = "30", persistent = false)
  void tick() {
    if (!database.isReady()) {
      return;
    }
    for (TenantView tenant : tenants.active()) {
      // A look at every hospital is no work for it: clocks would take it up for all of them.
      try (TenantContext.Scope scope = TenantContext.visit(tenant.id())) {
        boolean more = true;
        while (more) {
          more = expiry.deleteSome();
        }
      } catch (RuntimeException e) {
        LOG.error("tenant {}: its ended workitems were not looked at", tenant.id(), e);
      }
    }
  }
}
