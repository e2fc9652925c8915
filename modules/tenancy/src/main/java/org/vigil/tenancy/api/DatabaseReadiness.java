package org.vigil.tenancy.api;

import java.time.Duration;

/**
 * Whether the schemas are migrated. Message-driven beans and listeners can start before the
 * migrations have run; they wait here.
 */
public interface DatabaseReadiness {
  boolean isReady();

  /**
   * Waits until the schemas are migrated.
   *
   * @throws org.vigil.kernel.VigilException KERNEL-0006 when that takes longer
   */
  void await(Duration atMost);
}
