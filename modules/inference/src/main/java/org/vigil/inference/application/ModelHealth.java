package org.vigil.inference.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the model packages have been imported; a refused one is told, not hidden. */
@Readiness
@ApplicationScoped
public class ModelHealth implements HealthCheck {
  @Inject private ModelRegistry registry;

  @Override
  public HealthCheckResponse call() {
    var response =
        HealthCheckResponse.named("models")
            .status(registry.isReady())
            .withData("ready", registry.size());
    for (int i = 0; i < registry.refused().size(); i++) {
      response.withData("refused-" + (i + 1), registry.refused().get(i));
    }
    return response.build();
  }
}
