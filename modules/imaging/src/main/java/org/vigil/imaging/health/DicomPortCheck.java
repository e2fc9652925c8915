package org.vigil.imaging.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.vigil.imaging.dimse.DicomListener;

/** Whether the DICOM port is open. */
@Readiness
@ApplicationScoped
public class DicomPortCheck implements HealthCheck {
  private final DicomListener listener;

  @Inject
  public DicomPortCheck(DicomListener listener) {
    this.listener = listener;
  }

  /** For the container's proxy. */
  protected DicomPortCheck() {
    this(null);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("imaging-dicom")
            .withData("port", listener.port())
            .withData("tlsPort", listener.tlsPort())
            .withData("associations", listener.activeAssociations())
            .status(listener.isListening());
    String failure = listener.failure();
    return failure == null ? response.build() : response.withData("error", failure).build();
  }
}
