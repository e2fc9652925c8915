package org.vigil.tenancy.tls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.tenancy.api.Expiring;
import org.vigil.tenancy.api.TlsContexts;

/**
 * How long Vigil's certificate is still good. It warns 30 days ahead but is never down: a server
 * with an expired certificate still serves those who came before.
 */
@Readiness
@ApplicationScoped
public class CertificateHealth implements HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateHealth.class);

  @Inject private TlsContexts tls;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("certificate").up();
    try {
      Instant end = end();
      answer.withData("validUntil", end.toString()).withData("daysLeft", daysTo(end));
      if (isNear(end)) {
        answer.withData("warning", "replace it: ./vigil keys rotate tls");
      }
    } catch (IOException e) {
      answer.withData("warning", "it cannot be read");
    }
    return answer.build();
  }

  /** Writes a warning into the log when the end is near. */
  public void warn() {
    try {
      Instant end = end();
      if (isNear(end)) {
        LOG.warn(
            "Vigil's certificate ends at {}, in {} days: replace it by ./vigil keys rotate tls",
            end,
            daysTo(end));
      }
    } catch (IOException e) {
      LOG.error("Vigil's certificate cannot be read; TLS for DICOM and MLLP does not work", e);
    }
  }

  private Instant end() throws IOException {
    return tls.certificates().stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow(() -> new IOException("no certificate"));
  }

  private static boolean isNear(Instant end) {
    return end.isBefore(Clock.systemUTC().instant().plus(Expiring.AHEAD));
  }

  private static long daysTo(Instant end) {
    return Duration.between(Clock.systemUTC().instant(), end).toDays();
  }
}
