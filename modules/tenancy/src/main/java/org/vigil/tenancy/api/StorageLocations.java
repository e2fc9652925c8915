package org.vigil.tenancy.api;

import java.nio.file.Path;
import java.util.Optional;
import org.vigil.kernel.TenantId;

/** Where a hospital's data lie, as its region allows. */
public interface StorageLocations {
  /** The folder of its objects, its own alone. */
  Path storage(TenantId tenant);

  /** The folder of its archives, its own alone. */
  Path backup(TenantId tenant);

  /** Whether the hospital is being erased: nothing more may be written for it. */
  boolean isLeaving(TenantId tenant);

  /** Its region, which its data may not leave; empty where it is bound to none. */
  Optional<String> region(TenantId tenant);
}
