package org.vigil.tenancy.api;

import java.util.Optional;

/** Secrets of this installation's credential store that modules need to reach systems outside. */
@FunctionalInterface
public interface InstallationSecrets {
  /**
   * A secret by its name, which is a configuration key.
   *
   * @return empty where the store holds none
   * @throws org.vigil.kernel.VigilException CRYPTO-0003 when the store cannot be read
   */
  Optional<String> find(String name);
}
