package org.vigil.imaging.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.DicomWeb.Target;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.persistence.StudyEntity;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Finds what a request asks for and audits the access in the same transaction. */
@ApplicationScoped
public class AccessedObjects {
  private final StudyRepository studies;
  private final Event<AuditEvent> audit;

  @Inject
  public AccessedObjects(StudyRepository studies, Event<AuditEvent> audit) {
    this.studies = studies;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected AccessedObjects() {
    this(null, null);
  }

  /**
   * The instances asked for.
   *
   * @param auditedActor whose access is to be audited, or null when it was a moment ago
   * @throws VigilException IMAGING-0004 when the study is unknown, IMAGING-0005 when it has no such
   *     series or instance
   */
  @Transactional
  public List<InstanceView> find(Target target, Actor auditedActor, String what) {
    StudyView study =
        studies
            .study(target.study())
            .map(StudyEntity::view)
            .orElseThrow(
                () ->
                    new VigilException(
                        ErrorCode.IMAGING_0004, Map.of("study", target.study().value())));
    List<InstanceView> found =
        target.instance() == null
            ? studies.instances(target.study())
            : studies.instanceView(target.instance()).stream().toList();
    List<InstanceView> asked = found.stream().filter(i -> matches(i, target)).toList();
    if (asked.isEmpty()) {
      throw new VigilException(ErrorCode.IMAGING_0005, Map.of("study", target.study().value()));
    }
    if (auditedActor != null) {
      studies.accessed(target.study());
      audit.fire(
          AuditEvent.of(AuditEvent.Action.IMAGE_ACCESSED, auditedActor)
              .about(target.study(), study.patientId())
              .with(Map.of("what", what)));
    }
    return asked;
  }

  private static boolean matches(InstanceView instance, Target target) {
    return instance.studyInstanceUid().equals(target.study())
        && (target.series() == null || instance.seriesInstanceUid().equals(target.series()))
        && (target.instance() == null || instance.sopInstanceUid().equals(target.instance()));
  }
}
