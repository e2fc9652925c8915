package org.vigil.tenancy.api;

import java.time.Instant;
import java.util.List;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;

/** Changing keys while the server runs; files are not rewritten. */
public interface KeyRotation {
  /**
   * Makes a new master key and wraps every data key anew by it, in one transaction. The old one
   * stays in the credential store, for backups made before.
   */
  Rewrapped rotateMaster(Actor actor);

  /** Makes a new data key for the hospital's new files; older files keep theirs. */
  KeyView rotateTenant(TenantId tenant, Actor actor);

  /** The data keys of all hospitals, without their material. */
  List<KeyView> keys();

  /**
   * What a rotation did.
   *
   * @param masterKey name of the new master key
   * @param dataKeys how many data keys it wraps
   */
  record Rewrapped(String masterKey, int dataKeys) {}

  /**
   * A data key.
   *
   * @param version counted from 1 for each hospital; the highest encrypts new files
   * @param masterKey name of the master key that wraps it
   */
  record KeyView(String tenant, int version, String masterKey, Instant createdAt) {}
}
