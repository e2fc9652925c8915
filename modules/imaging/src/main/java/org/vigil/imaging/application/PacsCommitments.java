package org.vigil.imaging.application;

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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.Uids;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.StorageCommitments;
import org.vigil.imaging.domain.PacsTaskKind;
import org.vigil.imaging.persistence.CommitmentRepository;
import org.vigil.imaging.persistence.PacsNodeEntity;
import org.vigil.imaging.persistence.PacsNodeRepository;
import org.vigil.imaging.persistence.PacsTaskRepository;
import org.vigil.imaging.persistence.StorageCommitmentEntity;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** Storage commitment that Vigil asks of PACS nodes, for the current tenant. */
@ApplicationScoped
@Transactional
public class PacsCommitments implements StorageCommitments {
  /** (0008,1197): the PACS does not know the instance. */
  public static final int NO_SUCH_INSTANCE = 0x0112;

  /** Instead of a reason: no report came. */
  private static final int NEVER_REPORTED = -1;

  private static final Logger LOG = LoggerFactory.getLogger(PacsCommitments.class);
  private static final int MOST_ATTEMPTS = 6;
  private static final int MOST_LISTED = 1000;

  @Inject private CommitmentRepository commitments;
  @Inject private PacsNodeRepository nodes;
  @Inject private PacsTaskRepository tasks;
  @Inject private StudyRepository studies;
  @Inject private Event<AuditEvent> audit;

  @Inject
  @ConfigProperty(name = "vigil.pacs.commitment-patience", defaultValue = "PT10M")
  private Duration patience;

  @Inject
  @ConfigProperty(name = "vigil.pacs.commitment-repetition", defaultValue = "PT30S")
  private Duration repetition;

  /** An object of ours was stored at an archive: where that is a node that commits, it shall. */
  public void stored(SopInstanceUid instance, String aeTitle) {
    Optional<PacsNode> node = nodes.byAeTitle(aeTitle).map(PacsNodeEntity::view);
    Optional<InstanceView> object = studies.instanceView(instance);
    if (node.filter(n -> n.can(Capability.COMMIT)).isEmpty() || object.isEmpty()) {
      return;
    }
    want(object.get(), node.get().name(), true);
  }

  /**
   * Asks a node to commit an object that came to it by another way than ours. It is not sent there
   * when the node does not have it.
   *
   * @return whether it is asked
   */
  public boolean ask(SopInstanceUid instance, String node) {
    boolean commits =
        nodes
            .find(node)
            .map(PacsNodeEntity::view)
            .filter(n -> n.can(Capability.COMMIT))
            .isPresent();
    Optional<InstanceView> object = studies.instanceView(instance);
    if (!commits || object.isEmpty()) {
      return false;
    }
    want(object.get(), node, false);
    return true;
  }

  private void want(InstanceView object, String node, boolean sent) {
    Instant now = now();
    String instance = object.sopInstanceUid().value();
    Optional<StorageCommitmentEntity> known = commitments.lock(instance, node);
    StorageCommitmentEntity commitment =
        known.orElseGet(
            () ->
                new StorageCommitmentEntity(
                    instance, node, object.sopClassUid(), object.studyInstanceUid().value()));
    commitment.stored(now, sent);
    if (known.isEmpty()) {
      commitments.add(commitment);
    }
    if (commitment.state() == State.WANTED) {
      tasks.add(PacsTaskKind.REQUEST_COMMITMENT, instance, node, now);
    }
  }

  /**
   * A request to make now.
   *
   * @param resend whether the node said that it does not have the object
   */
  public record Request(
      SopInstanceUid instance, String sopClassUid, String transaction, boolean resend) {}

  /**
   * What is to be asked of a node, under a new transaction.
   *
   * @return empty when it is settled
   * @throws VigilException IMAGING-0034 while a report is awaited
   */
  public Optional<Request> request(SopInstanceUid instance, String node) {
    Optional<StorageCommitmentEntity> found =
        commitments
            .lock(instance.value(), node)
            .filter(c -> c.state() == State.WANTED || c.state() == State.REQUESTED);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StorageCommitmentEntity commitment = found.get();
    Instant now = now();
    if (commitment.state() == State.REQUESTED
        && commitment.requestedAt().plus(patience).isAfter(now)) {
      throw awaited(node, Duration.between(now, commitment.requestedAt().plus(patience)));
    }
    if (commitment.attempts() >= MOST_ATTEMPTS) {
      fail(commitment, commitment.state() == State.REQUESTED ? NEVER_REPORTED : null, now);
      return Optional.empty();
    }
    boolean resend =
        Integer.valueOf(NO_SUCH_INSTANCE).equals(commitment.failureReason()) && commitment.isSent();
    String transaction = Uids.fresh();
    commitment.requested(transaction, now);
    return Optional.of(new Request(instance, commitment.sopClassUid(), transaction, resend));
  }

  /**
   * What follows a request.
   *
   * @throws VigilException IMAGING-0034 while a report is awaited, or until it is asked for again
   */
  public void requireSettled(SopInstanceUid instance, String node) {
    commitments
        .lock(instance.value(), node)
        .ifPresent(
            c -> {
              if (c.state() == State.REQUESTED) {
                throw awaited(node, patience);
              }
              if (c.state() == State.WANTED) {
                throw awaited(node, pause(c));
              }
            });
  }

  private Duration pause(StorageCommitmentEntity commitment) {
    return repetition.multipliedBy(commitment.attempts());
  }

  private static VigilException awaited(String node, Duration wait) {
    return new VigilException(
        ErrorCode.IMAGING_0034, Map.of("node", node, "waitMillis", wait.toMillis()));
  }

  /** The request could not be made: it counts, and is made again. */
  public void notRequested(SopInstanceUid instance, String node) {
    commitments
        .lock(instance.value(), node)
        .filter(c -> c.state() == State.REQUESTED)
        .ifPresent(c -> c.refused(c.failureReason() == null ? 0 : c.failureReason()));
  }

  /** No more attempts. */
  public void givenUp(SopInstanceUid instance, String node) {
    commitments
        .lock(instance.value(), node)
        .filter(c -> c.state() != State.COMMITTED)
        .ifPresent(c -> fail(c, null, now()));
  }

  /**
   * A report of an object in a transaction.
   *
   * @param failureReason (0008,1197), or null for success
   */
  public record Report(String sopInstanceUid, Integer failureReason) {}

  /**
   * A node reports.
   *
   * @param aeTitle by which it calls itself
   * @return false when nothing was asked of it under this transaction
   */
  public boolean reported(String aeTitle, String transaction, List<Report> reports) {
    Optional<PacsNode> node = nodes.byAeTitle(aeTitle.strip()).map(PacsNodeEntity::view);
    if (node.isEmpty() || transaction == null) {
      return false;
    }
    List<StorageCommitmentEntity> asked =
        commitments.lockTransaction(transaction, node.get().name());
    Instant now = now();
    for (Report report : reports) {
      asked.stream()
          .filter(c -> c.sopInstanceUid().equals(report.sopInstanceUid()))
          .filter(c -> c.state() == State.REQUESTED)
          .forEach(c -> settle(c, report.failureReason(), now));
    }
    return !asked.isEmpty();
  }

  private void settle(StorageCommitmentEntity commitment, Integer reason, Instant now) {
    if (reason == null) {
      commitment.committed(now);
      note(commitment, Outcome.SUCCESS, Map.of("node", commitment.node()));
    } else if (commitment.attempts() >= MOST_ATTEMPTS) {
      fail(commitment, reason, now);
    } else {
      LOG.warn(
          "PACS node {} does not commit object {}: reason {}; asked again",
          commitment.node(),
          commitment.sopInstanceUid(),
          String.format("%04XH", reason));
      commitment.refused(reason);
    }
    // The task that waits for the report need not wait longer.
    tasks.hurry(
        PacsTaskKind.REQUEST_COMMITMENT,
        commitment.sopInstanceUid(),
        commitment.node(),
        reason == null ? now : now.plus(pause(commitment)));
  }

  private void fail(StorageCommitmentEntity commitment, Integer reason, Instant now) {
    commitment.failed(reason, now);
    LOG.warn(
        "PACS node {} has not committed object {}; not asked again",
        commitment.node(),
        commitment.sopInstanceUid());
    note(
        commitment,
        Outcome.FAILURE,
        Map.of(
            "node", commitment.node(),
            "reason", String.valueOf(commitment.failureReason())));
  }

  private void note(
      StorageCommitmentEntity commitment, Outcome outcome, Map<String, String> facts) {
    audit.fire(
        AuditEvent.of(Action.STORAGE_COMMITMENT_RECEIVED, Actor.system("imaging"))
            .outcome(outcome)
            .about(StudyInstanceUid.of(commitment.studyInstanceUid()), null)
            .on(commitment.sopInstanceUid())
            .with(facts));
  }

  @Override
  public List<Commitment> list(State state, int limit) {
    return commitments.list(state, Math.max(1, Math.min(limit, MOST_LISTED))).stream()
        .map(StorageCommitmentEntity::view)
        .toList();
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }
}
