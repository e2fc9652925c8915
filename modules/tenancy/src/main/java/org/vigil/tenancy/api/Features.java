package org.vigil.tenancy.api;

import java.time.Instant;
import java.util.List;
import org.vigil.kernel.Actor;

/**
 * The AI features of the current tenant. Whoever does what a feature stands for asks first; answers
 * are read from the database in the caller's transaction, so that a switch holds at once and on
 * every node.
 */
public interface Features {
  /** What is on now. */
  FeatureSettings current();

  /**
   * Insists on a feature; the refusal is audited whatever becomes of the caller's transaction.
   *
   * @param modality (0008,0060), or null where none is known
   * @throws org.vigil.kernel.VigilException TENANCY-0009 when it is off
   */
  void require(AiFeature feature, String modality, Actor actor);

  /**
   * Switches a feature. A decision for all modalities replaces those for single ones: nothing stays
   * on that somebody meant to switch off.
   *
   * @param modality (0008,0060), or null for all
   * @throws org.vigil.kernel.VigilException TENANCY-0011 without a reason, KERNEL-0003 when the
   *     modality is none
   */
  void change(AiFeature feature, String modality, boolean enabled, String reason, Actor actor);

  /**
   * Past decisions, newest first.
   *
   * @param feature null: any; likewise from and to
   * @param limit 1 to 1000
   */
  List<Change> log(AiFeature feature, Instant from, Instant to, int limit);

  /** A decision that was made. */
  record Change(
      AiFeature feature,
      String modality,
      boolean enabled,
      String reason,
      String performedBy,
      Instant performedAt) {}
}
