package org.vigil.imaging.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vigil.imaging.api.DicomWeb.Search;
import org.vigil.imaging.api.InstanceView.Availability;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.domain.QueryLevel;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.imaging.persistence.StudyEntity;

/** Searches studies of the current tenant (QIDO-RS, PS3.18 §10.6). */
@ApplicationScoped
public class StudyIndex {
  /** The ordinal of the slowest {@link Availability} of instances {@code i}. */
  static final String SLOWEST =
      "max(case when i.releasedAt is not null then 2 when i.tier = :cold then 1 else 0 end)";

  private static final String STUDIES = " from Study s";

  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /**
   * Studies that match, newest first.
   *
   * @throws org.vigil.kernel.VigilException KERNEL-0003 for a key that is not indexed
   */
  @Transactional
  public List<Found> search(Search search) {
    SearchConditions conditions = conditions(search);
    List<StudyView> page =
        conditions
            .bind(
                em.createQuery(
                    "select s"
                        + STUDIES
                        + conditions.where()
                        + " order by s.firstInstanceAt desc, s.studyInstanceUid",
                    StudyEntity.class))
            .setFirstResult(search.offset())
            .setMaxResults(search.limit())
            .getResultStream()
            .map(StudyEntity::view)
            .toList();
    return counted(page);
  }

  /** How many studies match beyond a page that is full, at most {@link Remaining#MOST_COUNTED}. */
  @Transactional
  long remaining(Search search) {
    SearchConditions conditions = conditions(search);
    return Remaining.count(
        conditions.bind(
            em.createQuery(
                "select s.studyInstanceUid" + STUDIES + conditions.where(), String.class)),
        search);
  }

  private static SearchConditions conditions(Search search) {
    return SearchConditions.of(QueryLevel.STUDY, search.keys(), search.only());
  }

  private List<Found> counted(List<StudyView> page) {
    if (page.isEmpty()) {
      return List.of();
    }
    Map<String, Object[]> counts =
        em.createQuery(
                "select i.studyInstanceUid, count(distinct i.seriesInstanceUid), count(i), "
                    + SLOWEST
                    + " from Instance i where i.studyInstanceUid in :studies"
                    + " group by i.studyInstanceUid",
                Object[].class)
            .setParameter("cold", StorageTier.COLD)
            .setParameter("studies", page.stream().map(s -> s.studyInstanceUid().value()).toList())
            .getResultStream()
            .collect(Collectors.toMap(row -> (String) row[0], row -> row));
    return page.stream()
        .map(
            study -> {
              Object[] row = counts.get(study.studyInstanceUid().value());
              return new Found(
                  study,
                  row == null ? 0 : ((Number) row[1]).intValue(),
                  row == null ? 0 : ((Number) row[2]).intValue(),
                  row == null
                      ? Availability.ONLINE
                      : Availability.values()[((Number) row[3]).intValue()]);
            })
        .toList();
  }

  /** A study and how much of it there is, objects of Vigil's own included. */
  public record Found(StudyView study, int series, int instances, Availability availability) {}
}
