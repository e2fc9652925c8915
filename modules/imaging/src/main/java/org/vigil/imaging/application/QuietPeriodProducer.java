package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.imaging.domain.QuietPeriod;

/** Makes the quiet period of the configuration. */
@ApplicationScoped
public class QuietPeriodProducer {
  @Produces
  @Dependent
  public QuietPeriod quietPeriod(
      @ConfigProperty(name = "vigil.imaging.quiet-period", defaultValue = "PT1S")
          Duration afterRelease,
      @ConfigProperty(name = "vigil.imaging.quiet-period-open", defaultValue = "PT10S")
          Duration whileOpen) {
    return new QuietPeriod(afterRelease, whileOpen);
  }
}
