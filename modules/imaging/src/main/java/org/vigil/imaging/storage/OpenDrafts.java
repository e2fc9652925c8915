package org.vigil.imaging.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.StorageLocations;

/**
 * Drafts being written, by hospital. None begins in a hospital that is being erased, and its files
 * are deleted when the last one begun before has ended: what an analysis still writes would
 * otherwise outlive the proof.
 */
@ApplicationScoped
public class OpenDrafts {
  private final Map<TenantId, Integer> drafts = new HashMap<>();
  private StorageLocations locations;

  /** For the container and for stores of one folder. */
  public OpenDrafts() {}

  @Inject
  OpenDrafts(StorageLocations locations) {
    this.locations = locations;
  }

  /** A draft's entry, closed with it; closing it again does nothing. */
  interface Entry extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Enters a draft.
   *
   * @throws VigilException TENANCY-0004 when the hospital is being erased
   */
  Entry enter(TenantId tenant) {
    // Counted before it asks: who erases says so first and counts then.
    count(tenant, 1);
    Entry entry = new Counted(tenant);
    if (locations != null && locations.isLeaving(tenant)) {
      entry.close();
      throw new VigilException(ErrorCode.TENANCY_0004, Map.of("tenant", tenant.value()));
    }
    return entry;
  }

  /**
   * Waits until no draft of a hospital is open.
   *
   * @throws IOException when one still is after that time
   */
  synchronized void awaitNone(TenantId tenant, Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    while (drafts.containsKey(tenant)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IOException(drafts.get(tenant) + " objects are still being written");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while objects were still being written", e);
      }
    }
  }

  private synchronized void count(TenantId tenant, int change) {
    drafts.merge(tenant, change, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
    notifyAll();
  }

  private final class Counted implements Entry {
    private final TenantId tenant;
    private boolean closed;

    private Counted(TenantId tenant) {
      this.tenant = tenant;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        count(tenant, -1);
      }
    }
  }
}
