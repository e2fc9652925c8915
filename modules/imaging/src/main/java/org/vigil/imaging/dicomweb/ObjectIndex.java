package org.vigil.imaging.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.DicomWeb.Search;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.InstanceView.Availability;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.domain.QueryLevel;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.persistence.SeriesEntity;
import org.vigil.imaging.persistence.SeriesKey;
import org.vigil.imaging.persistence.StudyEntity;

/** Searches series and instances of all studies of the current tenant (PS3.18 §10.6). */
@ApplicationScoped
public class ObjectIndex {
  private static final String SERIES =
      " from Series e join Study s on s.studyInstanceUid = e.key.studyInstanceUid";
  private static final String INSTANCES =
      " from Instance i"
          + " join Series e on e.key.studyInstanceUid = i.studyInstanceUid"
          + " and e.key.seriesInstanceUid = i.seriesInstanceUid"
          + " join Study s on s.studyInstanceUid = i.studyInstanceUid";
  private static final String ORDER =
      " order by s.firstInstanceAt desc, s.studyInstanceUid,"
          + " e.seriesNumber nulls last, e.key.seriesInstanceUid";

  private static final String SLOWEST = StudyIndex.SLOWEST;

  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /** Series that match; those of the newest studies first. */
  @Transactional
  public List<FoundSeries> series(Search search) {
    SearchConditions conditions = conditions(QueryLevel.SERIES, search);
    List<Object[]> page =
        conditions
            .bind(
                em.createQuery("select s, e" + SERIES + conditions.where() + ORDER, Object[].class))
            .setFirstResult(search.offset())
            .setMaxResults(search.limit())
            .getResultList();
    if (page.isEmpty()) {
      return List.of();
    }
    Map<SeriesKey, Object[]> counts = counts(page.stream().map(r -> (SeriesEntity) r[1]).toList());
    return page.stream()
        .map(
            row -> {
              SeriesEntity series = (SeriesEntity) row[1];
              Object[] count = counts.get(series.key());
              return new FoundSeries(
                  ((StudyEntity) row[0]).view(),
                  series,
                  count == null ? 0 : ((Number) count[2]).intValue(),
                  count == null
                      ? Availability.ONLINE
                      : Availability.values()[((Number) count[3]).intValue()]);
            })
        .toList();
  }

  private Map<SeriesKey, Object[]> counts(List<SeriesEntity> series) {
    Map<SeriesKey, Object[]> counts = new HashMap<>();
    em.createQuery(
            "select i.studyInstanceUid, i.seriesInstanceUid, count(i), "
                + SLOWEST
                + " from Instance i where i.studyInstanceUid in :studies and i.seriesInstanceUid in :series"
                + " group by i.studyInstanceUid, i.seriesInstanceUid",
            Object[].class)
        .setParameter("cold", StorageTier.COLD)
        .setParameter(
            "studies", series.stream().map(e -> e.key().studyInstanceUid()).distinct().toList())
        .setParameter("series", series.stream().map(e -> e.key().seriesInstanceUid()).toList())
        .getResultStream()
        .forEach(row -> counts.put(new SeriesKey((String) row[0], (String) row[1]), row));
    return counts;
  }

  /** Instances that match; those of the newest studies first. */
  @Transactional
  public List<FoundInstance> instances(Search search) {
    SearchConditions conditions = conditions(QueryLevel.IMAGE, search);
    return conditions
        .bind(
            em.createQuery(
                "select s, e, i"
                    + INSTANCES
                    + conditions.where()
                    + ORDER
                    + ", i.instanceNumber nulls last, i.sopInstanceUid",
                Object[].class))
        .setFirstResult(search.offset())
        .setMaxResults(search.limit())
        .getResultStream()
        .map(
            row ->
                new FoundInstance(
                    ((StudyEntity) row[0]).view(),
                    ((InstanceEntity) row[2]).view((SeriesEntity) row[1])))
        .toList();
  }

  /** How many series match beyond a page that is full, at most {@link Remaining#MOST_COUNTED}. */
  @Transactional
  long remainingSeries(Search search) {
    SearchConditions conditions = conditions(QueryLevel.SERIES, search);
    return Remaining.count(
        conditions.bind(
            em.createQuery(
                "select e.key.seriesInstanceUid" + SERIES + conditions.where(), String.class)),
        search);
  }

  /** The same of instances. */
  @Transactional
  long remainingInstances(Search search) {
    SearchConditions conditions = conditions(QueryLevel.IMAGE, search);
    return Remaining.count(
        conditions.bind(
            em.createQuery(
                "select i.sopInstanceUid" + INSTANCES + conditions.where(), String.class)),
        search);
  }

  private static SearchConditions conditions(QueryLevel level, Search search) {
    return SearchConditions.of(level, search.keys(), search.only());
  }

  /**
   * A series.
   *
   * @param instances how many objects it has
   * @param availability that of the slowest of them
   */
  record FoundSeries(
      StudyView study, SeriesEntity series, int instances, Availability availability) {}

  /** An object with its study. */
  record FoundInstance(StudyView study, InstanceView instance) {}
}
