package org.vigil.tenancy.startup;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.Readiness;
import org.vigil.tenancy.api.DatabaseReadiness;
import org.vigil.tenancy.application.ExpiryWatch;
import org.vigil.tenancy.tls.CertificateHealth;

/**
 * Looks at Vigil's certificate at the start, at everything else that expires as soon as the
 * database is ready, and at all of it each morning.
 */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class CertificateWatch {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Inject @Readiness private CertificateHealth certificate;
  @Inject private ExpiryWatch everything;
  @Inject private DatabaseReadiness database;
  @Resource private TimerService timers;

  @PostConstruct
  void atStart() {
    certificate.warn();
    lookSoon();
  }

  private void lookSoon() {
    timers.createSingleActionTimer(SOON.toMillis(), new TimerConfig(null, false));
  }

  @Timeout
  void soonAfterStart() {
    if (database.isReady()) {
      everything.warn(Instant.now());
    } else {
      lookSoon();
    }
  }

  @Schedule(hour = "6", minute = "13", persistent = false)
  void eachMorning() {
    certificate.warn();
    everything.warn(Instant.now());
  }
}
