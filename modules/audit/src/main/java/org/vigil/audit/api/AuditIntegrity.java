package org.vigil.audit.api;

import java.time.Instant;
import java.util.List;
import org.vigil.kernel.Actor;

/** Proving the current tenant's trail, or the platform's where no tenant is entered. */
public interface AuditIntegrity {
  /** Checks the whole trail; takes about a minute for each three million events. */
  Verification verify(Actor actor);

  /**
   * Proof that an event stands in the trail, as JSON, to be checked with {@code ./vigil audit
   * check-proof}.
   *
   * @throws org.vigil.kernel.VigilException AUDIT-0002 when it is unknown, AUDIT-0003 when it is
   *     not sealed yet
   */
  String prove(long event, Actor actor);

  /**
   * What a check found.
   *
   * @param findings at most a thousand
   */
  record Verification(
      boolean intact,
      long seals,
      long events,
      long pending,
      long deleted,
      long anchors,
      long wrong,
      List<Problem> findings) {}

  /** Something wrong; the fields that do not apply are null. */
  record Problem(String kind, Long event, Instant occurredAt, Long seal, String what) {}
}
