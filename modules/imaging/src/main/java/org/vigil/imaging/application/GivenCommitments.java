package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.imaging.domain.PacsTaskKind;
import org.vigil.imaging.persistence.CommitmentRepository;
import org.vigil.imaging.persistence.CommitmentRequestEntity;
import org.vigil.imaging.persistence.CommitmentRequestEntity.Reference;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.persistence.PacsTaskRepository;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Storage commitment that modalities ask of Vigil, for the current tenant. */
@ApplicationScoped
@Transactional
public class GivenCommitments {
  private static final int NO_SUCH_INSTANCE = 0x0112;
  private static final int CLASS_INSTANCE_CONFLICT = 0x0119;

  @Inject private CommitmentRepository commitments;
  @Inject private StudyRepository studies;
  @Inject private PacsTaskRepository tasks;
  @Inject private ObjectStore store;
  @Inject private Event<AuditEvent> audit;

  /** Takes a request; the same one again is reported again. */
  public void asked(String transaction, String node, List<Reference> references) {
    Instant now = Clock.systemUTC().instant();
    if (commitments.request(transaction, node).isEmpty()) {
      commitments.add(new CommitmentRequestEntity(transaction, node, references, now));
    }
    tasks.add(PacsTaskKind.REPORT_COMMITMENT, transaction, node, now);
  }

  /**
   * One object's answer.
   *
   * @param failureReason (0008,1197), or null when it is committed
   */
  public record Answer(Reference reference, Integer failureReason) {}

  /** What can be said now: committed is what lies in storage, whole, with its row. */
  public List<Answer> answers(String transaction, String node) {
    List<Answer> answers = new ArrayList<>();
    commitments
        .request(transaction, node)
        .ifPresent(
            request ->
                request.references().forEach(r -> answers.add(new Answer(r, failureReason(r)))));
    return answers;
  }

  private Integer failureReason(Reference reference) {
    TenantId tenant = TenantContext.current();
    Optional<InstanceEntity> found;
    try {
      found = studies.instance(SopInstanceUid.of(reference.sopInstanceUid()));
    } catch (VigilException e) {
      return NO_SUCH_INSTANCE;
    }
    if (found.filter(i -> isHeld(tenant, i)).isEmpty()) {
      return NO_SUCH_INSTANCE;
    }
    return found.get().sopClassUid().equals(reference.sopClassUid())
        ? null
        : CLASS_INSTANCE_CONFLICT;
  }

  private boolean isHeld(TenantId tenant, InstanceEntity object) {
    return !object.isReleased() && store.holds(tenant, object.location(), object.storedBytes());
  }

  /** The modality has been told. */
  public void reported(String transaction, String node, List<Answer> answers) {
    int committed = (int) answers.stream().filter(a -> a.failureReason() == null).count();
    commitments
        .request(transaction, node)
        .ifPresent(
            r -> r.reported(committed, answers.size() - committed, Clock.systemUTC().instant()));
    audit.fire(
        AuditEvent.of(Action.STORAGE_COMMITMENT_GIVEN, Actor.system("imaging"))
            .on(transaction)
            .with(
                Map.of(
                    "node", node,
                    "committed", Integer.toString(committed),
                    "failed", Integer.toString(answers.size() - committed))));
  }
}
