package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.vigil.dicom.deidentify.PseudonymKey;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.persistence.PseudonymKeyRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;

/** What of a copy is recorded: that it leaves, or was refused, and under which key it was made. */
@ApplicationScoped
public class CopyRegister {
  private static final int KEY_BYTES = 32;

  @Inject private PseudonymKeyRepository keys;
  @Inject private Event<AuditEvent> audit;

  /** Records that a copy leaves and gives the key for it. */
  @Transactional
  public PseudonymKey leaves(StudyView study, Map<String, String> details, Actor actor) {
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    PseudonymKey key = new PseudonymKey(keys.secret(fresh, Clock.systemUTC().instant()));
    audit.fire(event(study, details, actor));
    return key;
  }

  /** Records that a copy was asked for and not given. */
  @Transactional
  public void refused(StudyView study, Map<String, String> details, Actor actor) {
    audit.fire(event(study, details, actor).outcome(AuditEvent.Outcome.REFUSED));
  }

  private static AuditEvent event(StudyView study, Map<String, String> details, Actor actor) {
    return AuditEvent.of(AuditEvent.Action.STUDY_DEIDENTIFIED, actor)
        .about(study.studyInstanceUid(), study.patientId())
        .with(details);
  }
}
