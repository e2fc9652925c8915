package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.vigil.imaging.api.StorageVerifications.Finding;
import org.vigil.imaging.api.StorageVerifications.Verification;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.imaging.persistence.VerificationRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.VigilException;

/** What the upkeep of the storage reads and records, in short transactions. */
@ApplicationScoped
public class StorageLedger {
  private static final int BATCH = 100;

  @Inject private StudyRepository studies;
  @Inject private VerificationRepository verifications;
  @Inject private Event<AuditEvent> audit;

  /** Objects after one, in the order of their UIDs; the first batch after an empty text. */
  @Transactional
  public List<InstanceEntity> after(String sopInstanceUid) {
    return studies.instancesAfter(sopInstanceUid, BATCH);
  }

  /** Objects that lie in the clear, after one; those that could not be encrypted are passed by. */
  @Transactional
  public List<InstanceEntity> inTheClear(String afterSopInstanceUid) {
    return studies.inTheClear(afterSopInstanceUid, BATCH);
  }

  @Transactional
  public Set<String> known(Collection<String> locations) {
    return studies.known(locations);
  }

  /** Records where an object lies from now on. */
  @Transactional
  public void stored(String sopInstanceUid, String location, UUID storedAs) {
    studies.stored(SopInstanceUid.of(sopInstanceUid), location, storedAs);
  }

  @Transactional
  public void begin(UUID verification, Instant at, Actor actor) {
    verifications.begin(verification, at);
    audit.fire(
        AuditEvent.of(AuditEvent.Action.STORAGE_VERIFIED, actor)
            .on(verification.toString())
            .with(Map.of("step", "started")));
  }

  @Transactional
  public void found(UUID verification, Finding finding) {
    verifications.found(verification, finding);
  }

  @Transactional
  public void progress(UUID verification, long objects, long bytes, long encrypted) {
    verifications.progress(verification, objects, bytes, encrypted, null, null);
  }

  @Transactional
  public Verification end(
      UUID verification, long objects, long bytes, long encrypted, Instant at, String failure) {
    verifications.progress(verification, objects, bytes, encrypted, at, failure);
    Verification ended = find(verification);
    boolean sound = failure == null && ended.findings().isEmpty();
    audit.fire(
        AuditEvent.of(AuditEvent.Action.STORAGE_VERIFIED, Actor.system("imaging"))
            .outcome(sound ? AuditEvent.Outcome.SUCCESS : AuditEvent.Outcome.FAILURE)
            .on(verification.toString())
            .with(
                Map.of(
                    "step", "ended",
                    "objects", Long.toString(objects),
                    "findings", Integer.toString(ended.findings().size()))));
    return ended;
  }

  @Transactional
  public Verification find(UUID verification) {
    return verifications
        .find(verification)
        .orElseThrow(
            () -> new VigilException(ErrorCode.KERNEL_0004, Map.of("verification", verification)));
  }
}
