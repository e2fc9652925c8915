package org.vigil.tenancy.api;

import java.util.Optional;

/** Port: whoever knows a reason to keep a hospital's records. */
@FunctionalInterface
public interface ErasureVeto {
  /** Why the current tenant must not be erased, without patient data; empty when it may be. */
  Optional<String> reasonToKeep();
}
