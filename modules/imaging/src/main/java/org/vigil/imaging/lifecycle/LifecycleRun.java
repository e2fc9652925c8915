package org.vigil.imaging.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.vigil.imaging.api.StorageTiers.Run;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.imaging.domain.TierPolicy;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/** One application of a hospital's policy, and what has come of it so far. Used by one thread. */
final class LifecycleRun {
  private final UUID id = UUID.randomUUID();
  private final Instant startedAt = Clock.systemUTC().instant();
  private final TenantId tenant;
  private final TierPolicy policy;
  private final Actor actor;
  private long warmed;
  private long cooled;
  private long compressed;
  private long savedBytes;
  private long released;
  private long held;
  private long removed;
  private long failed;
  private String problem;

  LifecycleRun(TenantId tenant, TierPolicy policy, Actor actor) {
    this.tenant = tenant;
    this.policy = policy;
    this.actor = actor;
  }

  UUID id() {
    return id;
  }

  Instant startedAt() {
    return startedAt;
  }

  TenantId tenant() {
    return tenant;
  }

  TierPolicy policy() {
    return policy;
  }

  Actor actor() {
    return actor;
  }

  void moved(StorageTier to, TierMoves.Moved how) {
    if (how.moved()) {
      warmed += to == StorageTier.WARM ? 1 : 0;
      cooled += to == StorageTier.COLD ? 1 : 0;
      compressed += how.compressed() ? 1 : 0;
      savedBytes += how.savedBytes();
    }
  }

  void released(Releases.Outcomes outcomes) {
    released += outcomes.released();
    held += outcomes.held();
  }

  void removed(boolean gone) {
    removed += gone ? 1 : 0;
  }

  void failed(RuntimeException cause) {
    failed++;
    problem = cause instanceof VigilException known ? known.code().id() : "KERNEL-0001";
  }

  /** As it stands. */
  Run soFar() {
    return ended(null);
  }

  /** The same, ended. */
  Run ended(Instant at) {
    return new Run(
        id,
        startedAt,
        at,
        warmed,
        cooled,
        compressed,
        savedBytes,
        released,
        held,
        removed,
        failed,
        problem);
  }
}
