package org.vigil.tenancy.startup;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Instant;
import org.eclipse.microprofile.health.Readiness;
import org.vigil.tenancy.application.ExpiryWatch;
import org.vigil.tenancy.tls.CertificateHealth;

/** Looks at Vigil's certificate at the start, and each morning at everything that expires. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class CertificateWatch {
  @Inject @Readiness private CertificateHealth certificate;
  @Inject private ExpiryWatch everything;

  @PostConstruct
  void atStart() {
    certificate.warn();
  }

  @Schedule(hour = "6", minute = "13", persistent = false)
  void eachMorning() {
    certificate.warn();
    everything.warn(Instant.now());
  }
}
