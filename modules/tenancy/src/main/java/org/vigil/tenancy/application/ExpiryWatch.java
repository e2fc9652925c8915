package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.tenancy.api.Expiring;
import org.vigil.tenancy.api.Expiring.Ending;

/** Writes into the log what ends within 30 days, each time it is asked. */
@ApplicationScoped
public class ExpiryWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiryWatch.class);

  private final Iterable<Expiring> sources;

  @Inject
  public ExpiryWatch(@Any Instance<Expiring> sources) {
    this((Iterable<Expiring>) sources);
  }

  ExpiryWatch(Iterable<Expiring> sources) {
    this.sources = sources;
  }

  /** For the container's proxy. */
  protected ExpiryWatch() {
    this(List.of());
  }

  /** Tells what is near its end, or past it, and gives it back. */
  public List<Ending> warn(Instant now) {
    List<Ending> near = new ArrayList<>();
    for (Expiring source : sources) {
      try {
        source.endings().stream().filter(e -> e.isNear(now)).forEach(near::add);
      } catch (RuntimeException e) {
        LOG.warn("What expires could not be read; it is tried again tomorrow", e);
      }
    }
    near.forEach(ending -> warn(ending, now));
    return near;
  }

  private static void warn(Ending ending, Instant now) {
    if (now.isBefore(ending.at())) {
      LOG.warn(
          "{} ends at {}, in {} days: {}",
          ending.what(),
          ending.at(),
          Duration.between(now, ending.at()).toDays(),
          ending.remedy());
    } else {
      LOG.warn("{} ended at {}: {}", ending.what(), ending.at(), ending.remedy());
    }
  }
}
