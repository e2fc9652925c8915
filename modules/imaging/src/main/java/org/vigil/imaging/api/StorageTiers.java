package org.vigil.imaging.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.vigil.kernel.Actor;

/** Where the current tenant's objects lie, and moving them on by its policy. */
public interface StorageTiers {
  /** How it stands. */
  Overview overview();

  /**
   * Applies the policy now; it goes on in the background.
   *
   * @return the run's id
   * @throws org.vigil.kernel.VigilException KERNEL-0005 while another of this hospital runs,
   *     IMAGING-0092 when the settings are wrong
   */
  UUID run(Actor actor);

  /**
   * A hospital's storage.
   *
   * @param tiers hot, warm and cold, then {@code RELEASED}: what only the PACS has
   * @param policy in force
   * @param waiting objects that the next run would take up
   * @param filesToRemove files that are no longer needed and go when readers are done with them
   * @param lastRun null before the first
   */
  record Overview(
      List<TierView> tiers, PolicyView policy, Waiting waiting, long filesToRemove, Run lastRun) {}

  /**
   * One tier.
   *
   * @param bytes as stored, before encryption; for what is released as received
   * @param compressed how many of the objects are compressed
   */
  record TierView(String tier, long objects, long bytes, long compressed) {}

  /** When objects move on, ISO 8601 durations; null: never. */
  record PolicyView(
      String warmAfter,
      String coldAfter,
      boolean compress,
      String releaseAfter,
      Set<String> releaseTo) {}

  /** Objects that are due. */
  record Waiting(long toWarm, long toCold, long toRelease) {}

  /**
   * One application of the policy.
   *
   * @param endedAt null while it goes on
   * @param compressed of those warmed
   * @param savedBytes by compressing
   * @param held objects that a legal hold or open work keeps from being released
   * @param removed files
   * @param failed objects that stay where they are and are tried again by the next run
   * @param problem code of the last failure, or null
   */
  record Run(
      UUID id,
      Instant startedAt,
      Instant endedAt,
      long warmed,
      long cooled,
      long compressed,
      long savedBytes,
      long released,
      long held,
      long removed,
      long failed,
      String problem) {}
}
