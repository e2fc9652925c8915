package org.vigil.imaging.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.vigil.imaging.api.PacsNode.Reachability;
import org.vigil.imaging.api.PacsNode.State;
import org.vigil.imaging.pacs.PacsLines;

/**
 * How many PACS nodes answer, of all hospitals together. Always up: an archive that is down is no
 * reason to send Vigil's users away; which one it is the hospital sees at /api/pacs-nodes.
 */
@Readiness
@ApplicationScoped
public class PacsNodesCheck implements HealthCheck {
  private final PacsLines lines;

  @Inject
  public PacsNodesCheck(PacsLines lines) {
    this.lines = lines;
  }

  /** For the container's proxy. */
  protected PacsNodesCheck() {
    this(null);
  }

  @Override
  public HealthCheckResponse call() {
    Collection<Reachability> seen = lines.all();
    return HealthCheckResponse.named("imaging-pacs-nodes")
        .withData("up", count(seen, State.UP))
        .withData("down", count(seen, State.DOWN))
        .withData("paused", seen.stream().filter(Reachability::paused).count())
        .up()
        .build();
  }

  private static long count(Collection<Reachability> seen, State state) {
    return seen.stream().filter(r -> r.state() == state).count();
  }
}
