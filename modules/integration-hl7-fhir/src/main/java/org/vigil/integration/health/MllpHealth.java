package org.vigil.integration.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.vigil.integration.mllp.MllpState;

/** Ready when orders can come in. */
@Readiness
@ApplicationScoped
public class MllpHealth implements HealthCheck {
  @Inject private MllpState state;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("mllp")
            .status(state.isListening())
            .withData("port", state.port());
    if (state.problem() != null) {
      answer.withData("problem", state.problem());
    }
    return answer.build();
  }
}
