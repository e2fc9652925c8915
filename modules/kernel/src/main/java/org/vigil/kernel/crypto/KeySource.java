package org.vigil.kernel.crypto;

import java.util.UUID;

/** Where a reader finds the key that a file's header names. */
@FunctionalInterface
public interface KeySource {
  /**
   * The key.
   *
   * @throws org.vigil.kernel.VigilException CRYPTO-0001 when it is not among those that this reader
   *     may use
   */
  DataKey key(UUID id);
}
