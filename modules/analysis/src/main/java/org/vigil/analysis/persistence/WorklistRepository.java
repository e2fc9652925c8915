package org.vigil.analysis.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.vigil.analysis.api.OrderView;
import org.vigil.analysis.api.Worklist;
import org.vigil.analysis.domain.ImagingOrder;
import org.vigil.analysis.domain.ReadingOrder;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;
import org.vigil.kernel.StudyInstanceUid;

/** Lines of the worklist. */
@ApplicationScoped
public class WorklistRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  protected WorklistRepository() {}

  public WorklistRepository(EntityManager em) {
    this.em = em;
  }

  public void add(WorklistEntry entry) {
    em.persist(entry);
  }

  /**
   * Finds and locks a study's line. Everybody who changes a study's order, jobs or findings takes
   * this lock before any other row's.
   */
  public Optional<WorklistEntry> lock(StudyInstanceUid study) {
    return Optional.ofNullable(
        em.find(WorklistEntry.class, study.value(), LockModeType.PESSIMISTIC_WRITE));
  }

  /** Whether a study is not read, is in quarantine, or a model is not done with it. */
  public boolean isUnfinished(StudyInstanceUid study) {
    return ((Number)
                em.createNativeQuery(
                        "select (select count(*) from worklist_entry where study_instance_uid ="
                            + " :study and (reading_status <> 'READ' or match_status ="
                            + " 'QUARANTINED')) + (select count(*) from image_analysis where"
                            + " study_instance_uid = :study and status in ('PENDING',"
                            + " 'PROCESSING'))")
                    .setParameter("study", study.value())
                    .getSingleResult())
            .longValue()
        > 0;
  }

  /** By what a study is matched, read without a lock. */
  public Optional<MatchKeys> keysOf(StudyInstanceUid study) {
    return em.createQuery(
            "select w.accessionNumber, w.patientId from WorklistEntry w"
                + " where w.studyInstanceUid = :study",
            Object[].class)
        .setParameter("study", study.value())
        .getResultStream()
        .findFirst()
        .map(row -> MatchKeys.ofStudy(study, (String) row[0], (String) row[1]));
  }

  /**
   * Studies an order may concern, oldest first: those without an order that share its accession
   * number or patient id, and those that are matched to it or in question with it.
   */
  public List<StudyInstanceUid> concernedBy(ImagingOrder order) {
    return em.createQuery(
            "select w.studyInstanceUid from WorklistEntry w"
                + " where w.orderId = :order or w.suspectedOrderId = :order"
                + " or (w.matchStatus <> :matched"
                + " and (w.accessionNumber = :accession or w.patientId = :patient))"
                + " order by w.receivedAt, w.studyInstanceUid",
            String.class)
        .setParameter("order", order.id())
        .setParameter("matched", Worklist.MatchStatus.MATCHED)
        .setParameter("accession", order.accessionNumber())
        .setParameter("patient", order.patient().id())
        .getResultStream()
        .map(StudyInstanceUid::of)
        .toList();
  }

  /** Unread lines and those being read, in order of arrival. */
  public List<WorklistEntry> open() {
    return em.createQuery(
            "select w from WorklistEntry w where w.readingStatus <> :read"
                + " order by w.receivedAt, w.studyInstanceUid",
            WorklistEntry.class)
        .setParameter("read", Worklist.ReadingStatus.READ)
        .getResultList();
  }

  /**
   * What the reading order needs to know of open lines, in order of arrival.
   *
   * @param flagged whether AI's findings count for a study with images of these modalities
   */
  public List<ReadingOrder.Line> openLines(Predicate<Set<String>> flagged) {
    return em.createQuery(
            "select w.severity, w.orderPriority, w.receivedAt, w.studyInstanceUid, w.modalities"
                + " from WorklistEntry w where w.readingStatus <> :read"
                + " order by w.receivedAt, w.studyInstanceUid",
            Object[].class)
        .setParameter("read", Worklist.ReadingStatus.READ)
        .getResultStream()
        .map(
            row ->
                new ReadingOrder.Line(
                    flagged.test(WorklistEntry.acquired((String) row[4]))
                        ? (Severity) row[0]
                        : null,
                    (Priority) row[1],
                    (Instant) row[2],
                    (String) row[3]))
        .toList();
  }

  /** How many lines that have been read arrived after this one. */
  public long readAfter(WorklistEntry entry) {
    return em.createQuery(
            "select count(w) from WorklistEntry w where w.readingStatus = :read"
                + " and (w.receivedAt > :received"
                + " or (w.receivedAt = :received and w.studyInstanceUid < :study))",
            Long.class)
        .setParameter("read", Worklist.ReadingStatus.READ)
        .setParameter("received", entry.receivedAt())
        .setParameter("study", entry.study().value())
        .getSingleResult();
  }

  /** A line without a lock, to look at. */
  public Optional<WorklistEntry> find(StudyInstanceUid study) {
    return Optional.ofNullable(em.find(WorklistEntry.class, study.value()));
  }

  /** The ids of a study's analyses, newest first. */
  public List<UUID> analyses(StudyInstanceUid study) {
    return em.createQuery(
            "select a.id from ImageAnalysis a where a.studyInstanceUid = :study"
                + " order by a.requestedAt desc, a.id",
            UUID.class)
        .setParameter("study", study.value())
        .getResultList();
  }

  /** Lines that have been read, the latest first. */
  public List<WorklistEntry> read(int limit) {
    return em.createQuery(
            "select w from WorklistEntry w where w.readingStatus = :read"
                + " order by w.receivedAt desc, w.studyInstanceUid",
            WorklistEntry.class)
        .setParameter("read", Worklist.ReadingStatus.READ)
        .setMaxResults(limit)
        .getResultList();
  }

  /** The ids of analyses by study, newest first, for lines that are open or, if asked, read. */
  public Map<String, List<UUID>> analyses(boolean includeRead) {
    Map<String, List<UUID>> ids = new HashMap<>();
    em.createQuery(
            "select a.studyInstanceUid, a.id from ImageAnalysis a, WorklistEntry w"
                + " where w.studyInstanceUid = a.studyInstanceUid"
                + " and (:all = true or w.readingStatus <> :read)"
                + " order by a.requestedAt desc, a.id",
            Object[].class)
        .setParameter("all", includeRead)
        .setParameter("read", Worklist.ReadingStatus.READ)
        .getResultStream()
        .forEach(
            row -> ids.computeIfAbsent((String) row[0], s -> new ArrayList<>()).add((UUID) row[1]));
    return ids;
  }

  /** Quarantined lines, the longest waiting first. */
  public List<WorklistEntry> quarantined() {
    return em.createQuery(
            "select w from WorklistEntry w where w.matchStatus = :quarantined"
                + " order by w.quarantinedAt, w.studyInstanceUid",
            WorklistEntry.class)
        .setParameter("quarantined", Worklist.MatchStatus.QUARANTINED)
        .getResultList();
  }

  public Worklist.Totals totals() {
    Object[] counts =
        em.createQuery(
                "select count(w),"
                    + " coalesce(sum(case when w.aiStatus = :completed then 1 else 0 end), 0),"
                    + " coalesce(sum(case when w.aiStatus = :failed then 1 else 0 end), 0),"
                    + " coalesce(sum(case when w.aiStatus = :notRun then 1 else 0 end), 0),"
                    + " coalesce(sum(case when w.aiStatus in (:pending, :processing) then 1 else 0"
                    + " end), 0),"
                    + " coalesce(sum(case when w.matchStatus = :quarantined then 1 else 0 end), 0),"
                    + " coalesce(sum(case when w.matchStatus = :unmatched then 1 else 0 end), 0)"
                    + " from WorklistEntry w",
                Object[].class)
            .setParameter("completed", Worklist.AiStatus.COMPLETED)
            .setParameter("failed", Worklist.AiStatus.FAILED)
            .setParameter("notRun", Worklist.AiStatus.NOT_RUN)
            .setParameter("pending", Worklist.AiStatus.PENDING)
            .setParameter("processing", Worklist.AiStatus.PROCESSING)
            .setParameter("quarantined", Worklist.MatchStatus.QUARANTINED)
            .setParameter("unmatched", Worklist.MatchStatus.UNMATCHED)
            .getSingleResult();
    long awaiting =
        em.createQuery("select count(o) from ImagingOrder o where o.status = :awaiting", Long.class)
            .setParameter("awaiting", OrderView.Status.AWAITING_STUDY)
            .getSingleResult();
    return new Worklist.Totals(
        number(counts[0]),
        number(counts[1]),
        number(counts[2]),
        number(counts[3]),
        number(counts[4]),
        number(counts[5]),
        number(counts[6]),
        awaiting);
  }

  private static long number(Object count) {
    return ((Number) count).longValue();
  }
}
