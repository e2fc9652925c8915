package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.InstanceView.Origin;
import org.vigil.imaging.domain.ObjectHeader;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/** Rows of the current tenant; every method runs in the caller's transaction. */
@ApplicationScoped
public class StudyRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /**
   * Creates the study's row unless it is there. Waits for a concurrent creator to commit or roll
   * back.
   *
   * @return whether it was created
   */
  public boolean insertStudy(StudyInstanceUid uid, Instant at) {
    return em.createNativeQuery(
                "insert into study (study_instance_uid, first_instance_at, last_instance_at)"
                    + " values (:uid, :at, :at) on conflict do nothing")
            .setParameter("uid", uid.value())
            .setParameter("at", at)
            .executeUpdate()
        == 1;
  }

  /** The study, locked until the end of the transaction. */
  public Optional<StudyEntity> lockStudy(StudyInstanceUid uid) {
    return Optional.ofNullable(
        em.find(StudyEntity.class, uid.value(), LockModeType.PESSIMISTIC_WRITE));
  }

  public Optional<StudyEntity> study(StudyInstanceUid uid) {
    return Optional.ofNullable(em.find(StudyEntity.class, uid.value()));
  }

  /** Creates the series' row unless it is there. */
  public void ensureSeries(ObjectHeader header, Origin origin) {
    em.createQuery(
            "insert into Series (key.studyInstanceUid, key.seriesInstanceUid, modality,"
                + " seriesNumber, seriesDescription, bodyPart, origin) values (:study, :series,"
                + " :modality, :number, :description, :bodyPart, :origin) on conflict do nothing")
        .setParameter("study", header.study().value())
        .setParameter("series", header.series().value())
        .setParameter("modality", header.modality())
        .setParameter("number", header.seriesNumber())
        .setParameter("description", header.seriesDescription())
        .setParameter("bodyPart", header.bodyPart())
        .setParameter("origin", origin)
        .executeUpdate();
  }

  /**
   * Creates each instance's row unless one with its SOP instance UID is there. Waits for a
   * concurrent creator to commit or roll back.
   *
   * @return whether each was created, in their order
   */
  public boolean[] insertInstances(List<NewInstance> instances) {
    return em.unwrap(Session.class)
        .doReturningWork(connection -> InstanceRows.insert(connection, instances));
  }

  public Optional<InstanceEntity> instance(SopInstanceUid uid) {
    return Optional.ofNullable(em.find(InstanceEntity.class, uid.value()));
  }

  /**
   * Says that an object lies in the hot tier now, as it was received, wherever it lay before.
   *
   * @param storedAs id in the header of the encrypted file
   */
  public void stored(SopInstanceUid uid, String location, UUID storedAs) {
    em.createNativeQuery(
            "update instance set location = :location, stored_as = :stored, tier = 'HOT',"
                + " placed_at = clock_timestamp(), stored_syntax = null, stored_sha256 = null,"
                + " stored_bytes = null, answer_bytes = null, released_at = null,"
                + " released_to = null where sop_instance_uid = :uid")
        .setParameter("location", location)
        .setParameter("stored", storedAs)
        .setParameter("uid", uid.value())
        .executeUpdate();
  }

  /** Notes that a person looks at a study, at most once an hour. */
  public void accessed(StudyInstanceUid uid) {
    em.createNativeQuery(
            "update study set accessed_at = clock_timestamp() where study_instance_uid = :uid and"
                + " coalesce(accessed_at, '-infinity') < clock_timestamp() - interval '1 hour'")
        .setParameter("uid", uid.value())
        .executeUpdate();
  }

  /** Objects that are kept here, by UID, after one of them; at most {@code limit}. */
  public List<InstanceEntity> instancesAfter(String sopInstanceUid, int limit) {
    return em.createQuery(
            "select i from Instance i where i.sopInstanceUid > :uid and i.releasedAt is null"
                + " order by i.sopInstanceUid",
            InstanceEntity.class)
        .setParameter("uid", sopInstanceUid)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Objects after one of them that lie in the clear, at most {@code limit}. */
  public List<InstanceEntity> inTheClear(String sopInstanceUid, int limit) {
    return em.createQuery(
            "select i from Instance i where i.storedAs is null and i.sopInstanceUid > :uid"
                + " order by i.sopInstanceUid",
            InstanceEntity.class)
        .setParameter("uid", sopInstanceUid)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Which of these locations a row names: an object's place, or a file that is to be removed. */
  @SuppressWarnings("unchecked")
  public Set<String> known(Collection<String> locations) {
    return locations.isEmpty()
        ? Set.of()
        : new HashSet<>(
            (List<String>)
                em.createNativeQuery(
                        "select location from instance where location in (:locations)"
                            + " union select location from storage_removal"
                            + " where location in (:locations)",
                        String.class)
                    .setParameter("locations", locations)
                    .getResultList());
  }

  public Optional<InstanceView> instanceView(SopInstanceUid uid) {
    return em.createQuery(
            "select i, s from Instance i join Series s on s.key.studyInstanceUid ="
                + " i.studyInstanceUid and s.key.seriesInstanceUid = i.seriesInstanceUid"
                + " where i.sopInstanceUid = :uid",
            Object[].class)
        .setParameter("uid", uid.value())
        .getResultStream()
        .map(StudyRepository::view)
        .findFirst();
  }

  /** By series number, instance number, then UID; numbers left out come last. */
  public List<InstanceView> instances(StudyInstanceUid study) {
    return em.createQuery(
            "select i, s from Instance i join Series s on s.key.studyInstanceUid ="
                + " i.studyInstanceUid and s.key.seriesInstanceUid = i.seriesInstanceUid"
                + " where i.studyInstanceUid = :study"
                + " order by s.seriesNumber nulls last, i.seriesInstanceUid,"
                + " i.instanceNumber nulls last, i.sopInstanceUid",
            Object[].class)
        .setParameter("study", study.value())
        .getResultStream()
        .map(StudyRepository::view)
        .toList();
  }

  private static InstanceView view(Object[] row) {
    return ((InstanceEntity) row[0]).view((SeriesEntity) row[1]);
  }

  /** Studies whose completeness is awaited, with the time at which they are due. */
  public List<Due> awaited() {
    return em.createQuery(
            "select s.studyInstanceUid, s.completeDueAt from Study s"
                + " where s.complete = false and s.completeDueAt is not null"
                + " order by s.completeDueAt",
            Object[].class)
        .getResultStream()
        .map(row -> new Due(StudyInstanceUid.of((String) row[0]), (Instant) row[1]))
        .toList();
  }

  /** A study and when it is due. */
  public record Due(StudyInstanceUid study, Instant at) {}

  /**
   * An object about to be recorded.
   *
   * @param location in the object store
   * @param storedAs id in the header of the encrypted file
   */
  public record NewInstance(
      ObjectHeader header,
      String transferSyntaxUid,
      Origin origin,
      long bytes,
      String sha256,
      String location,
      UUID storedAs,
      Instant receivedAt) {}
}
