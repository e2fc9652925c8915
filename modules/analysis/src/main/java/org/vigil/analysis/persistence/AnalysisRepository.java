package org.vigil.analysis.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vigil.analysis.api.Analyses;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.domain.AnalysisFinding;
import org.vigil.analysis.domain.Feedback;
import org.vigil.analysis.domain.HeatMapImage;
import org.vigil.analysis.domain.ImageAnalysis;
import org.vigil.imaging.api.ResultContent;
import org.vigil.kernel.Priority;
import org.vigil.kernel.StudyInstanceUid;

/** Analyses with findings, heat maps and feedback. */
@ApplicationScoped
public class AnalysisRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  protected AnalysisRepository() {}

  public AnalysisRepository(EntityManager em) {
    this.em = em;
  }

  public void add(ImageAnalysis analysis) {
    em.persist(analysis);
  }

  public void add(AnalysisFinding finding) {
    em.persist(finding);
  }

  public void add(HeatMapImage heatMap) {
    em.persist(heatMap);
  }

  public Optional<ImageAnalysis> find(UUID id) {
    return Optional.ofNullable(em.find(ImageAnalysis.class, id));
  }

  /** Whose study's line must be locked first; empty when the row is not visible. */
  public Optional<StudyInstanceUid> studyOf(UUID id) {
    return em.createQuery(
            "select a.studyInstanceUid from ImageAnalysis a where a.id = :id", String.class)
        .setParameter("id", id)
        .getResultStream()
        .findFirst()
        .map(StudyInstanceUid::of);
  }

  /** Finds and locks; the caller holds the study's line. */
  public Optional<ImageAnalysis> lock(UUID id) {
    return Optional.ofNullable(em.find(ImageAnalysis.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** All runs on a study with their findings, oldest first. */
  public List<ImageAnalysis> ofStudy(StudyInstanceUid study) {
    return em.createQuery(
            "select distinct a from ImageAnalysis a left join fetch a.findings"
                + " where a.studyInstanceUid = :study order by a.requestedAt, a.id",
            ImageAnalysis.class)
        .setParameter("study", study.value())
        .getResultList();
  }

  /** Jobs that have not ended, the oldest first. */
  public List<ImageAnalysis> waiting() {
    return em.createQuery(
            "select a from ImageAnalysis a where a.status in (:pending, :processing)"
                + " order by a.requestedAt, a.id",
            ImageAnalysis.class)
        .setParameter("pending", AnalysisView.Status.PENDING)
        .setParameter("processing", AnalysisView.Status.PROCESSING)
        .getResultList();
  }

  /** How many jobs of a priority wait, counted no further than {@code most}. */
  public int countWaiting(Priority priority, int most) {
    return em.createQuery(
            "select a.id from ImageAnalysis a where a.status = :pending"
                + " and a.priority = :priority",
            UUID.class)
        .setParameter("pending", AnalysisView.Status.PENDING)
        .setParameter("priority", priority)
        .setMaxResults(most)
        .getResultList()
        .size();
  }

  public Optional<ResultContent.HeatMap> heatMap(UUID analysis) {
    return Optional.ofNullable(em.find(HeatMapImage.class, analysis)).map(HeatMapImage::content);
  }

  /** The latest feedback by finding. */
  public Map<UUID, Feedback> feedback(Collection<UUID> analyses) {
    Map<UUID, Feedback> latest = new HashMap<>();
    if (!analyses.isEmpty()) {
      em.createQuery(
              "select f from Feedback f where f.analysisId in :analyses order by f.givenAt",
              Feedback.class)
          .setParameter("analyses", analyses)
          .getResultStream()
          .forEach(f -> latest.put(f.findingId(), f));
    }
    return latest;
  }

  /** What this reader said of the finding before, or a new row. */
  public Feedback feedbackBy(String reader, UUID analysis, UUID finding) {
    return em.createQuery(
            "select f from Feedback f where f.findingId = :finding and f.givenBy = :reader",
            Feedback.class)
        .setParameter("finding", finding)
        .setParameter("reader", reader)
        .getResultStream()
        .findFirst()
        .orElseGet(() -> new Feedback(analysis, finding, reader));
  }

  public void save(Feedback feedback) {
    em.persist(feedback);
  }

  /** The orders to which the analyses' studies are matched, by study. */
  public Map<String, UUID> ordersOf(Collection<String> studies) {
    Map<String, UUID> orders = new HashMap<>();
    if (!studies.isEmpty()) {
      em.createQuery(
              "select w.studyInstanceUid, w.orderId from WorklistEntry w"
                  + " where w.orderId is not null and w.studyInstanceUid in :studies",
              Object[].class)
          .setParameter("studies", studies)
          .getResultStream()
          .forEach(row -> orders.put((String) row[0], (UUID) row[1]));
    }
    return orders;
  }

  /** A page, newest first. */
  public List<ImageAnalysis> page(Analyses.Filter filter) {
    Restriction where = Restriction.of(filter);
    // The page is cut by id alone: cutting it with the findings joined would be done in memory.
    List<UUID> ids =
        where
            .bind(
                em.createQuery(
                    "select a.id from ImageAnalysis a"
                        + where.text()
                        + " order by a.requestedAt desc, a.id",
                    UUID.class))
            .setFirstResult((filter.page() - 1) * filter.limit())
            .setMaxResults(filter.limit())
            .getResultList();
    if (ids.isEmpty()) {
      return List.of();
    }
    return em.createQuery(
            "select distinct a from ImageAnalysis a left join fetch a.findings"
                + " where a.id in :ids order by a.requestedAt desc, a.id",
            ImageAnalysis.class)
        .setParameter("ids", ids)
        .getResultList();
  }

  public long count(Analyses.Filter filter) {
    Restriction where = Restriction.of(filter);
    return where
        .bind(em.createQuery("select count(a) from ImageAnalysis a" + where.text(), Long.class))
        .getSingleResult();
  }

  /** The where clause a filter asks for; every value is bound, none is written into the text. */
  private record Restriction(String text, Map<String, Object> values) {
    static Restriction of(Analyses.Filter filter) {
      List<String> terms = new ArrayList<>();
      Map<String, Object> values = new LinkedHashMap<>();
      if (filter.patientId() != null) {
        terms.add(
            "a.studyInstanceUid in"
                + " (select w.studyInstanceUid from WorklistEntry w where w.patientId = :patient)");
        values.put("patient", filter.patientId());
      }
      term(terms, values, "a.modality = :modality", "modality", filter.modality());
      term(terms, values, "a.status = :status", "status", filter.status());
      term(terms, values, "a.priority = :priority", "priority", filter.priority());
      term(terms, values, "a.requestedAt >= :from", "from", filter.from());
      term(terms, values, "a.requestedAt <= :to", "to", filter.to());
      return new Restriction(
          terms.isEmpty() ? "" : " where " + String.join(" and ", terms), values);
    }

    private static void term(
        List<String> terms, Map<String, Object> values, String term, String name, Object value) {
      if (value != null) {
        terms.add(term);
        values.put(name, value);
      }
    }

    <T> TypedQuery<T> bind(TypedQuery<T> query) {
      values.forEach(query::setParameter);
      return query;
    }
  }
}
