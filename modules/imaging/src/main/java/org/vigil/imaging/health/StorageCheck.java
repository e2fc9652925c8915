package org.vigil.imaging.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.VigilException;

/** Whether an object could be stored now. */
@Readiness
@ApplicationScoped
public class StorageCheck implements HealthCheck {
  private final ObjectStore store;

  @Inject
  public StorageCheck(ObjectStore store) {
    this.store = store;
  }

  /** For the container's proxy. */
  protected StorageCheck() {
    this(null);
  }

  @Override
  public HealthCheckResponse call() {
    var response =
        HealthCheckResponse.named("imaging-storage").withData("root", store.root().toString());
    try {
      store.checkWritable();
      return response.up().build();
    } catch (VigilException e) {
      return response.down().withData("error", e.getMessage()).build();
    }
  }
}
