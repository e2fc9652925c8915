package org.vigil.imaging.query;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.dicomweb.StudyIndex;
import org.vigil.imaging.domain.QueryLevel;
import org.vigil.imaging.persistence.StudyEntity;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.StudyInstanceUid;

/** The objects that a C-MOVE or C-GET asks for (PS3.4 §C.4.2, §C.4.3); who got them is audited. */
@ApplicationScoped
public class RequestedObjects {
  private static final int MOST_STUDIES = 1000;

  private final StudyIndex index;
  private final StudyRepository studies;
  private final Event<AuditEvent> audit;

  @Inject
  public RequestedObjects(StudyIndex index, StudyRepository studies, Event<AuditEvent> audit) {
    this.index = index;
    this.studies = studies;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected RequestedObjects() {
    this(null, null, null);
  }

  /**
   * Finds objects of the current tenant and writes down that a peer gets them.
   *
   * @param keys the identifier: unique keys of its level and of those above it
   * @param how for the audit trail, for example the receiver of a C-MOVE
   * @return none where nothing is stored under these keys
   * @throws org.vigil.kernel.VigilException IMAGING-0094 where the level's own key has no value
   */
  @Transactional
  public List<InstanceView> find(QueryLevel level, Attributes keys, Actor peer, String how) {
    if (StudyKeys.uids(keys, level.uniqueKey()).isEmpty()) {
      throw QueryLevel.mismatch("unique key of the level");
    }
    List<InstanceView> wanted = new ArrayList<>();
    for (StudyInstanceUid study : named(level, keys)) {
      List<InstanceView> found =
          studies.instances(study).stream().filter(i -> isWanted(level, keys, i)).toList();
      if (!found.isEmpty()) {
        StudyView whose = studies.study(study).map(StudyEntity::view).orElseThrow();
        studies.accessed(study);
        audit.fire(
            AuditEvent.of(AuditEvent.Action.IMAGE_ACCESSED, peer)
                .about(study, whose.patientId())
                .with(Map.of("what", how, "objects", Integer.toString(found.size()))));
        wanted.addAll(found);
      }
    }
    return wanted;
  }

  private Set<StudyInstanceUid> named(QueryLevel level, Attributes keys) {
    Set<StudyInstanceUid> named = new LinkedHashSet<>();
    if (level == QueryLevel.PATIENT) {
      String patient = keys.getString(Tag.PatientID, "").strip();
      index.search(StudyKeys.search(keys, 0, MOST_STUDIES)).stream()
          .map(StudyIndex.Found::study)
          .filter(study -> patient.equals(study.patientId()))
          .forEach(study -> named.add(study.studyInstanceUid()));
      return named;
    }
    if (StudyKeys.uids(keys, Tag.StudyInstanceUID).isEmpty()) {
      throw QueryLevel.mismatch("study instance UID");
    }
    StudyKeys.uids(keys, Tag.StudyInstanceUID).forEach(uid -> named.add(StudyInstanceUid.of(uid)));
    return named;
  }

  private static boolean isWanted(QueryLevel level, Attributes keys, InstanceView instance) {
    return level.compareTo(QueryLevel.STUDY) <= 0
        || isAmong(keys, Tag.SeriesInstanceUID, instance.seriesInstanceUid().value())
            && (level == QueryLevel.SERIES
                || isAmong(keys, Tag.SOPInstanceUID, instance.sopInstanceUid().value()));
  }

  /** A peer that leaves a level out means all of it. */
  private static boolean isAmong(Attributes keys, int tag, String uid) {
    Set<String> wanted = StudyKeys.uids(keys, tag);
    return wanted.isEmpty() || wanted.contains(uid);
  }
}
