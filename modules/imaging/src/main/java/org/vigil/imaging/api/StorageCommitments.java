package org.vigil.imaging.api;

import java.time.Instant;
import java.util.List;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/** What PACS nodes have committed of what was stored there (PS3.4 annex J). */
public interface StorageCommitments {
  /** The newest first; a null state means any. */
  List<Commitment> list(State state, int limit);

  /** Where it stands. */
  enum State {
    /** Stored, to be asked for. */
    WANTED,
    /** Asked for; the PACS has not reported. */
    REQUESTED,
    COMMITTED,
    /** Refused or never reported, after repetitions. */
    FAILED
  }

  /**
   * One object at one node.
   *
   * @param failureReason (0008,1197) of the last report; -1 when there was none; null
   * @param attempts how often it was asked for
   */
  record Commitment(
      SopInstanceUid instance,
      StudyInstanceUid study,
      String node,
      State state,
      Integer failureReason,
      int attempts,
      Instant storedAt,
      Instant requestedAt,
      Instant settledAt) {}
}
