package org.vigil.imaging.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.vigil.kernel.Actor;

/** Reading back every stored object of the current tenant. */
public interface StorageVerifications {
  /**
   * Starts a verification; it goes on in the background.
   *
   * @return its id
   * @throws org.vigil.kernel.VigilException KERNEL-0005 while another of this hospital runs
   */
  UUID start(Actor actor);

  /**
   * How a verification stands.
   *
   * @throws org.vigil.kernel.VigilException KERNEL-0004 when it is unknown
   */
  Verification find(UUID id);

  /**
   * A verification, running or ended.
   *
   * @param endedAt null while it runs
   * @param objects how many were read
   * @param bytes their plain length together
   * @param encrypted how many had lain in the clear and have been encrypted
   * @param failure why it ended early, or null
   */
  record Verification(
      UUID id,
      Instant startedAt,
      Instant endedAt,
      long objects,
      long bytes,
      long encrypted,
      String failure,
      List<Finding> findings) {}

  /**
   * Something wrong.
   *
   * @param location of the file, relative to the hospital's objects
   * @param sopInstanceUid null for a foreign file
   * @param problem in words
   */
  record Finding(Kind kind, String location, String sopInstanceUid, String problem) {}

  /** What can be wrong. */
  enum Kind {
    /** The file does not hold the bytes that were received. */
    DAMAGED,
    /** There is no file. */
    MISSING,
    /** No object is known to lie in this file. */
    FOREIGN
  }
}
