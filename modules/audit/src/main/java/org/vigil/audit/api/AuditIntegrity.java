package org.vigil.audit.api;

import java.time.Instant;
import java.time.LocalDate;
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

  /** The newest anchors first, 100 at most. */
  List<AnchoredDay> anchors();

  /**
   * A day's signed anchor as JSON, to be kept elsewhere and compared by {@code ./vigil audit
   * verify}.
   *
   * @throws org.vigil.kernel.VigilException AUDIT-0009 when the day has none
   */
  String anchor(LocalDate day, Actor actor);

  /**
   * What is anchored by one signature.
   *
   * @param day the last day (UTC) that it covers
   * @param events recorded since the trail began
   */
  record AnchoredDay(
      LocalDate day, long firstSeal, long lastSeal, long events, Instant anchoredAt) {}

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
