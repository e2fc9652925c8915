package org.vigil.imaging.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.api.OpenWork;
import org.vigil.imaging.application.PacsCommitments;
import org.vigil.imaging.domain.TierPolicy;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.persistence.RemovalRepository;
import org.vigil.imaging.persistence.StudyEntity;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.imaging.persistence.TierRepository;
import org.vigil.imaging.persistence.TierRepository.Committed;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.DeletionVeto;
import org.vigil.tenancy.api.TenantContext;

/**
 * Gives up copies that a PACS has committed, for the current tenant: the row says who has the
 * object, the file goes a little later. Until it has gone a legal hold brings the object back.
 */
@ApplicationScoped
@Transactional
public class Releases {
  private static final Logger LOG = LoggerFactory.getLogger(Releases.class);
  private static final int BATCH = 50;
  private static final int ASKED_AT_ONCE = 500;

  /** A node that did not commit is asked again so much later. */
  private static final Duration ASK_AGAIN = Duration.ofDays(1);

  @Inject private TierRepository tiers;
  @Inject private RemovalRepository removals;
  @Inject private StudyRepository studies;
  @Inject private PacsCommitments commitments;
  @Inject private ObjectStore store;
  @Inject private Instance<DeletionVeto> vetoes;
  @Inject private Instance<OpenWork> work;
  @Inject private Event<AuditEvent> audit;

  @Inject
  @ConfigProperty(name = "vigil.imaging.release.removal-delay", defaultValue = "PT15M")
  private Duration removalDelay;

  /** How it went with a study's committed objects. */
  public record Outcomes(long released, long held) {}

  /** Studies of which something may go, after one; the first after an empty text. */
  public List<String> candidates(TierPolicy policy, String after) {
    return tiers.studiesCommitted(policy.releaseTo(), before(policy), after, BATCH);
  }

  /** Gives up what the PACS has of a study, unless something forbids it. */
  public Outcomes release(TierPolicy policy, String uid) {
    StudyInstanceUid study = StudyInstanceUid.of(uid);
    // Whoever stores or restores an object of this study waits.
    StudyEntity row = studies.lockStudy(study).orElseThrow();
    List<Committed> objects = tiers.committed(uid, policy.releaseTo(), before(policy));
    if (objects.isEmpty()) {
      return new Outcomes(0, 0);
    }
    if (reasonToKeep(row, study).isPresent()) {
      return new Outcomes(0, objects.size());
    }
    Instant now = Clock.systemUTC().instant();
    Map<String, Long> byNode =
        objects.stream()
            .filter(object -> tiers.release(object, now))
            .peek(o -> removals.plan(o.location(), now.plus(removalDelay), o.sopInstanceUid()))
            .collect(Collectors.groupingBy(Committed::node, Collectors.counting()));
    byNode.forEach((node, count) -> note(row, study, Outcome.SUCCESS, node, count));
    return new Outcomes(byNode.values().stream().mapToLong(Long::longValue).sum(), 0);
  }

  private Optional<String> reasonToKeep(StudyEntity row, StudyInstanceUid study) {
    return veto(row, study)
        .or(() -> work.stream().map(w -> w.on(study)).flatMap(Optional::stream).findFirst());
  }

  private Optional<String> veto(StudyEntity row, StudyInstanceUid study) {
    return vetoes.stream()
        .map(v -> v.reasonToKeep(row.patientId(), study, row.firstInstanceAt()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Removes a file whose removal is due, unless an object lies there.
   *
   * @return whether a file was removed
   */
  public boolean remove(String location) {
    Instant now = Clock.systemUTC().instant();
    if (removals.claim(location, now).isEmpty()) {
      return false;
    }
    List<InstanceEntity> objects = tiers.at(location);
    boolean needed = objects.stream().anyMatch(o -> !o.isReleased()) || isHeld(objects);
    if (!needed) {
      TenantId tenant = TenantContext.current();
      store.remove(tenant, location);
    }
    removals.keep(location);
    return !needed;
  }

  /** A hold that came between: what was released is kept again. */
  private boolean isHeld(List<InstanceEntity> released) {
    boolean held = false;
    for (InstanceEntity object : released) {
      StudyInstanceUid study = StudyInstanceUid.of(object.studyInstanceUid());
      StudyEntity row = studies.study(study).orElseThrow();
      if (veto(row, study).isPresent()) {
        tiers.keep(List.of(object.sopInstanceUid()));
        note(row, study, Outcome.REFUSED, object.releasedTo(), 1);
        LOG.info("Object {} is held: its copy stays", object.sopInstanceUid());
        held = true;
      }
    }
    return held;
  }

  private void note(
      StudyEntity row, StudyInstanceUid study, Outcome outcome, String node, long count) {
    audit.fire(
        AuditEvent.of(Action.IMAGES_RELEASED, Actor.system("imaging"))
            .outcome(outcome)
            .about(study, row.patientId())
            .with(Map.of("node", node, "objects", Long.toString(count))));
  }

  /**
   * Asks the policy's nodes to commit what modalities sent here and, one supposes, to them.
   *
   * @return how many objects are asked for
   */
  public int ask(TierPolicy policy) {
    Instant now = Clock.systemUTC().instant();
    int asked = 0;
    for (String node : policy.releaseTo()) {
      for (String uid : tiers.uncommitted(node, now, now.minus(ASK_AGAIN), ASKED_AT_ONCE)) {
        asked += commitments.ask(SopInstanceUid.of(uid), node) ? 1 : 0;
      }
    }
    return asked;
  }

  private static Instant before(TierPolicy policy) {
    return Clock.systemUTC().instant().minus(policy.releaseAfter().orElseThrow());
  }
}
