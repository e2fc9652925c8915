package org.vigil.identity.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.kernel.Actor;

/**
 * Emergency access in the current tenant: somebody who may ask takes wider access at once, for a
 * reason and a time, and somebody else judges it afterwards. Every step is audited.
 */
public interface BreakGlass {
  /**
   * Begins it, or gives back what lasts already.
   *
   * @throws org.vigil.kernel.VigilException ANALYSIS-0006 without a reason
   */
  Access begin(String userName, String reason, Actor actor);

  /** What lasts for this person; from memory. */
  Optional<Access> current(String userName);

  /** Ends it before its time. */
  void end(String userName, Actor actor);

  /** Newest first. */
  List<Access> list(boolean onlyUnreviewed);

  /**
   * Judges it.
   *
   * @throws org.vigil.kernel.VigilException IDENTITY-0016 unknown, IDENTITY-0003 by the same
   *     person, KERNEL-0005 when judged already
   */
  Access review(UUID id, Verdict verdict, String comment, Actor actor);

  /** What the reviewer thinks. */
  enum Verdict {
    JUSTIFIED,
    UNJUSTIFIED
  }

  /** An emergency access; the last four are null until it is reviewed. */
  record Access(
      UUID id,
      String userName,
      String reason,
      Instant begunAt,
      Instant endsAt,
      Instant reviewedAt,
      String reviewedBy,
      Verdict verdict,
      String comment) {}
}
