package org.vigil.imaging.api;

import java.io.InputStream;
import java.util.List;
import org.vigil.kernel.Actor;

/** Objects of the current tenant that were refused and set aside for a person to look at. */
public interface RejectedObjects {
  /** The refused objects, newest first. */
  List<RejectedObject> list();

  /**
   * The bytes as they came, decrypted on the way; the access is audited.
   *
   * @throws org.vigil.kernel.VigilException KERNEL-0004 when there is none of this name,
   *     CRYPTO-0001 or CRYPTO-0002 when it cannot be read
   */
  InputStream open(String name, Actor actor);

  /**
   * A refused object.
   *
   * @param name under which it lies, beginning with the time
   * @param reason why, without patient data
   */
  record RejectedObject(String name, long bytes, String reason) {}
}
