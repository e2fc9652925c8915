package org.vigil.imaging.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.imaging.api.StorageTiers.Overview;
import org.vigil.imaging.api.StorageTiers.PolicyView;
import org.vigil.imaging.api.StorageTiers.Run;
import org.vigil.imaging.api.StorageTiers.Waiting;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.imaging.domain.TierPolicy;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.persistence.NewPlace;
import org.vigil.imaging.persistence.RemovalRepository;
import org.vigil.imaging.persistence.StorageRunRepository;
import org.vigil.imaging.persistence.TierRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;

/** What moving objects on reads and records, in short transactions of the current tenant. */
@ApplicationScoped
@Transactional
public class TierLedger {
  private static final int BATCH = 100;

  /** A copy whose writer has not come back for so long is a leftover. */
  private static final Duration LONGEST_COPY = Duration.ofHours(6);

  /** A run that says nothing for so long has broken off; one object takes less. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(30);

  @Inject private TierRepository tiers;
  @Inject private RemovalRepository removals;
  @Inject private StorageRunRepository runs;
  @Inject private Event<AuditEvent> audit;

  @Inject
  @ConfigProperty(name = "vigil.imaging.tier.removal-delay", defaultValue = "P1D")
  private Duration removalDelay;

  /** Objects of a tier that may leave it, by UID, after one; the first after an empty text. */
  public List<InstanceEntity> resting(StorageTier tier, Duration age, String after) {
    return tiers.resting(tier, now().minus(age), after, BATCH);
  }

  /** Names a file before it is written, so that it is found should its writer die. */
  public void aboutToWrite(String location) {
    removals.plan(location, now().plus(LONGEST_COPY), null);
  }

  /** The file is not needed after all. */
  public void notNeeded(String location) {
    removals.plan(location, now(), null);
  }

  /**
   * An object lies in a new place, whole; the old one goes when readers are done with it.
   *
   * @return false when the object has moved or gone meanwhile, or the new file was taken for a
   *     leftover: nothing has changed then
   */
  public boolean moved(InstanceEntity object, NewPlace to) {
    if (!removals.keep(to.location())) {
      return false;
    }
    if (!tiers.moved(object, to, now())) {
      // Nothing but the plan was touched: the file goes.
      removals.plan(to.location(), now(), null);
      return false;
    }
    removals.plan(object.location(), now().plus(removalDelay), null);
    return true;
  }

  /** Files to be removed that are due, after one. */
  public List<String> due(String after) {
    return removals.due(now(), after, BATCH);
  }

  /** Whether anything is still to be removed, now or later. */
  public boolean anyToRemove() {
    return removals.count() > 0;
  }

  /** Begins a run; false when one is under way. */
  public boolean begin(UUID id, Instant at) {
    return runs.begin(id, at, at.plus(LONGEST_STEP));
  }

  /** How far a run has come. */
  public void progress(Run run) {
    runs.progress(run, now().plus(LONGEST_STEP));
  }

  /** Ends a run; one that did something is audited. */
  public void end(Run run, Actor actor) {
    runs.progress(run, run.endedAt());
    if (run.warmed() + run.cooled() + run.failed() > 0) {
      audit.fire(
          AuditEvent.of(Action.IMAGES_MOVED, actor)
              .outcome(run.failed() == 0 ? Outcome.SUCCESS : Outcome.FAILURE)
              .on(run.id().toString())
              .with(
                  Map.of(
                      "warmed", Long.toString(run.warmed()),
                      "compressed", Long.toString(run.compressed()),
                      "cooled", Long.toString(run.cooled()),
                      "failed", Long.toString(run.failed()))));
    }
  }

  /** When the last run began. */
  public Optional<Instant> lastBegun() {
    return runs.last().map(Run::startedAt);
  }

  /** How it stands under a policy. */
  public Overview overview(TierPolicy policy) {
    Instant now = now();
    return new Overview(
        tiers.figures(),
        new PolicyView(
            text(policy.warmAfter()),
            text(policy.coldAfter()),
            policy.compress(),
            text(policy.releaseAfter()),
            policy.releaseTo()),
        new Waiting(
            policy
                .warmAfter()
                .map(a -> tiers.countResting(StorageTier.HOT, now.minus(a)))
                .orElse(0L),
            policy
                .coldAfter()
                .map(a -> tiers.countResting(policy.beforeCold(), now.minus(a)))
                .orElse(0L),
            policy
                .releaseAfter()
                .map(a -> tiers.countCommitted(policy.releaseTo(), now.minus(a)))
                .orElse(0L)),
        removals.count(),
        runs.last().orElse(null));
  }

  private static String text(Optional<Duration> age) {
    return age.map(Duration::toString).orElse(null);
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }
}
