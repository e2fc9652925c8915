package org.vigil.tenancy.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Knows keys, certificates and secrets that end by themselves; asked each morning. */
public interface Expiring {
  /** How long before its end something is told. */
  Duration AHEAD = Duration.ofDays(30);

  /** Whatever has an end, near or far. */
  List<Ending> endings();

  /**
   * Something that ends.
   *
   * @param what without names of persons, such as {@code the secret of service account svc-…}
   * @param remedy what to do about it
   */
  record Ending(String what, Instant at, String remedy) {
    /** Whether it has to be told now; also when it is over already. */
    public boolean isNear(Instant now) {
      return !now.isBefore(at.minus(AHEAD));
    }
  }
}
