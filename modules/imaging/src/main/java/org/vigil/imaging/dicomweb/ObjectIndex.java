package org.vigil.imaging.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.DicomWeb.ObjectSearch;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.InstanceView.Availability;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.persistence.SeriesEntity;
import org.vigil.imaging.persistence.SeriesKey;
import org.vigil.imaging.persistence.StudyEntity;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

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

  private static final Map<String, Key> SERIES_KEYS =
      Map.of(
          "Modality", new Key("e.modality", Kind.TEXT),
          "SeriesInstanceUID", new Key("e.key.seriesInstanceUid", Kind.UID),
          "SeriesNumber", new Key("e.seriesNumber", Kind.NUMBER),
          "SeriesDescription", new Key("e.seriesDescription", Kind.TEXT));
  private static final Map<String, Key> INSTANCE_KEYS = new HashMap<>(SERIES_KEYS);

  static {
    INSTANCE_KEYS.put("SOPClassUID", new Key("i.sopClassUid", Kind.UID));
    INSTANCE_KEYS.put("SOPInstanceUID", new Key("i.sopInstanceUid", Kind.UID));
    INSTANCE_KEYS.put("InstanceNumber", new Key("i.instanceNumber", Kind.NUMBER));
    INSTANCE_KEYS.put("Rows", new Key("i.rows", Kind.NUMBER));
    INSTANCE_KEYS.put("Columns", new Key("i.columns", Kind.NUMBER));
    INSTANCE_KEYS.put("NumberOfFrames", new Key("i.numberOfFrames", Kind.NUMBER));
  }

  private static final String SLOWEST = StudyIndex.SLOWEST;

  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /** Series that match; those of the newest studies first. */
  @Transactional
  public List<FoundSeries> series(ObjectSearch search) {
    SearchConditions conditions = conditions(search, SERIES_KEYS);
    List<Object[]> page =
        conditions
            .bind(
                em.createQuery("select s, e" + SERIES + conditions.where() + ORDER, Object[].class))
            .setFirstResult(search.studies().offset())
            .setMaxResults(search.studies().limit())
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
  public List<FoundInstance> instances(ObjectSearch search) {
    SearchConditions conditions = conditions(search, INSTANCE_KEYS);
    return conditions
        .bind(
            em.createQuery(
                "select s, e, i"
                    + INSTANCES
                    + conditions.where()
                    + ORDER
                    + ", i.instanceNumber nulls last, i.sopInstanceUid",
                Object[].class))
        .setFirstResult(search.studies().offset())
        .setMaxResults(search.studies().limit())
        .getResultStream()
        .map(
            row ->
                new FoundInstance(
                    ((StudyEntity) row[0]).view(),
                    ((InstanceEntity) row[2]).view((SeriesEntity) row[1])))
        .toList();
  }

  private static SearchConditions conditions(ObjectSearch search, Map<String, Key> known) {
    SearchConditions conditions = SearchConditions.of(search.studies());
    search
        .keys()
        .forEach(
            (name, value) -> {
              Key key = known.get(name);
              if (key == null) {
                throw new VigilException(
                    ErrorCode.KERNEL_0003,
                    Map.of("field", name, "problem", "is not a search key here"));
              }
              switch (key.kind()) {
                case TEXT -> conditions.like(key.path(), value);
                case UID -> conditions.uid(key.path(), value);
                case NUMBER -> conditions.number(key.path(), name, value);
              }
            });
    return conditions;
  }

  private enum Kind {
    TEXT,
    UID,
    NUMBER
  }

  private record Key(String path, Kind kind) {}

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
