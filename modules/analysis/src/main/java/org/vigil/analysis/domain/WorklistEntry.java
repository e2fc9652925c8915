package org.vigil.analysis.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.vigil.analysis.api.Worklist.AiStatus;
import org.vigil.analysis.api.Worklist.MatchStatus;
import org.vigil.analysis.api.Worklist.ReadingStatus;
import org.vigil.imaging.api.StudyView;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/**
 * A study's line of the worklist. It appears with the first image, is matched to its order or
 * quarantined, carries what AI found, and is read. The row is also the study's lock: whoever
 * changes the study's order, jobs or findings holds it.
 */
@Entity
@Table(name = "worklist_entry")
public class WorklistEntry {
  private static final String SEPARATOR = ",";

  /** Objects that accompany images and say nothing about what kind of examination it is. */
  private static final Set<String> NOT_ACQUISITIONS =
      Set.of("SR", "PR", "KO", "DOC", "SEG", "AU", "REG", "RWV", "PLAN");

  @Id
  @Column(name = "study_instance_uid")
  private String studyInstanceUid;

  @Version
  @Column(name = "row_version")
  private int rowVersion;

  @Column(name = "study_version")
  private int studyVersion;

  private boolean complete;

  @Column(name = "accession_number")
  private String accessionNumber;

  @Column(name = "issuer_of_accession_number")
  private String issuerOfAccessionNumber;

  @Column(name = "patient_id")
  private String patientId;

  @Column(name = "issuer_of_patient_id")
  private String issuerOfPatientId;

  @Column(name = "patient_name")
  private String patientName;

  @Column(name = "patient_birth_date")
  private LocalDate patientBirthDate;

  @Column(name = "patient_sex")
  private String patientSex;

  private String modalities;

  @Column(name = "study_description")
  private String studyDescription;

  @Column(name = "study_date")
  private LocalDate studyDate;

  @Column(name = "received_at")
  private Instant receivedAt;

  @Column(name = "last_image_at")
  private Instant lastImageAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "match_status")
  private MatchStatus matchStatus;

  @Column(name = "order_id")
  private UUID orderId;

  @Column(name = "order_priority")
  @Enumerated(EnumType.STRING)
  private Priority orderPriority;

  @Column(name = "suspected_order_id")
  private UUID suspectedOrderId;

  @Column(name = "rejected_order_ids")
  private String rejectedOrderIds;

  private String differences;

  @Column(name = "quarantined_at")
  private Instant quarantinedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "ai_status")
  private AiStatus aiStatus;

  @Column(name = "ai_not_run_reason")
  private String aiNotRunReason;

  @Enumerated(EnumType.STRING)
  private Severity severity;

  @Column(name = "top_finding_label")
  private String topFindingLabel;

  @Column(name = "top_finding_confidence")
  private Double topFindingConfidence;

  @Column(name = "ranked_at")
  private Instant rankedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "reading_status")
  private ReadingStatus readingStatus;

  @Column(name = "reading_changed_by")
  private String readingChangedBy;

  @Column(name = "reading_changed_at")
  private Instant readingChangedAt;

  protected WorklistEntry() {}

  /** A study whose first image has come. */
  public static WorklistEntry arrived(StudyView study) {
    WorklistEntry entry = new WorklistEntry();
    entry.studyInstanceUid = study.studyInstanceUid().value();
    entry.matchStatus = MatchStatus.UNMATCHED;
    entry.rejectedOrderIds = "";
    entry.differences = "";
    entry.aiStatus = AiStatus.PENDING;
    entry.readingStatus = ReadingStatus.UNREAD;
    entry.takeFrom(study);
    return entry;
  }

  /**
   * Takes what is known of the study now.
   *
   * @return true when a version came that a reader who is done with the study has not seen: it is
   *     unread again
   */
  public boolean completed(StudyView study) {
    boolean unseen =
        complete && study.version() > studyVersion && readingStatus == ReadingStatus.READ;
    if (unseen) {
      readingStatus = ReadingStatus.UNREAD;
    }
    complete = true;
    takeFrom(study);
    return unseen;
  }

  private void takeFrom(StudyView study) {
    studyVersion = study.version();
    accessionNumber = study.accessionNumber();
    issuerOfAccessionNumber = study.issuerOfAccessionNumber();
    patientId = study.patientId();
    issuerOfPatientId = study.issuerOfPatientId();
    patientName = study.patientName();
    patientBirthDate = study.patientBirthDate();
    patientSex = study.patientSex();
    modalities = String.join(SEPARATOR, new TreeSet<>(study.modalities()));
    studyDescription = study.studyDescription();
    receivedAt = study.firstInstanceAt();
    lastImageAt = study.lastInstanceAt();
    studyDate =
        study.studyDate() != null
            ? study.studyDate()
            : receivedAt.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /** The study belongs to the order. */
  public void matchTo(ImagingOrder order) {
    matchStatus = MatchStatus.MATCHED;
    orderId = order.id();
    orderPriority = order.priority();
    suspectedOrderId = null;
    differences = "";
    quarantinedAt = null;
  }

  /** Follows a change of its order's priority. */
  public void orderPriority(Priority priority) {
    orderPriority = priority;
  }

  /**
   * Sets it aside until a person has looked. It keeps the place in the list that the order in
   * question gives it: a mistake at the scanner must not make a patient wait longer.
   *
   * @param order null where several orders are in question
   */
  public void quarantine(ImagingOrder order, List<String> differing, Instant now) {
    matchStatus = MatchStatus.QUARANTINED;
    orderId = null;
    suspectedOrderId = order == null ? null : order.id();
    orderPriority = order == null ? null : order.priority();
    differences = String.join(SEPARATOR, differing);
    quarantinedAt = now;
  }

  /**
   * It does not belong to any order that may be in question, nor to another: it goes on without
   * one.
   */
  public void reject(Collection<UUID> notItsOrders) {
    Set<String> rejected = new TreeSet<>();
    identity().rejectedOrders().forEach(id -> rejected.add(id.toString()));
    notItsOrders.forEach(id -> rejected.add(id.toString()));
    rejectedOrderIds = String.join(SEPARATOR, rejected);
    matchStatus = MatchStatus.UNMATCHED;
    orderId = null;
    orderPriority = null;
    suspectedOrderId = null;
    differences = "";
    quarantinedAt = null;
  }

  /** AI will not see this version of the study; {@code reason} is a sentence for the reader. */
  public void notRun(String reason) {
    aiStatus = AiStatus.NOT_RUN;
    aiNotRunReason = reason;
  }

  /**
   * Takes over what AI says.
   *
   * @return whether status, severity or finding changed
   */
  public boolean show(AiSummary summary, Instant now) {
    String label = summary.topFinding() == null ? null : summary.topFinding().label();
    Double confidence = summary.topFinding() == null ? null : summary.topFinding().confidence();
    boolean changed =
        aiStatus != summary.status()
            || severity != summary.severity()
            || !Objects.equals(topFindingLabel, label)
            || !Objects.equals(topFindingConfidence, confidence);
    if (severity != summary.severity()) {
      rankedAt = now;
    }
    aiStatus = summary.status();
    if (aiStatus != AiStatus.NOT_RUN) {
      aiNotRunReason = null;
    } else if (aiNotRunReason == null) {
      aiNotRunReason = "AI has not seen the latest images of this study.";
    }
    severity = summary.severity();
    topFindingLabel = label;
    topFindingConfidence = confidence;
    return changed;
  }

  /**
   * Notes what the reader does.
   *
   * @return whether that is new
   */
  public boolean reading(ReadingStatus status, String reader, Instant now) {
    if (readingStatus == status) {
      return false;
    }
    readingStatus = status;
    readingChangedBy = reader;
    readingChangedAt = now;
    return true;
  }

  /**
   * Insists on a quarantined study.
   *
   * @throws VigilException KERNEL-0005 when it is not quarantined
   */
  public void mustBeQuarantined() {
    if (matchStatus != MatchStatus.QUARANTINED) {
      throw new VigilException(
          ErrorCode.KERNEL_0005,
          Map.of("matchStatus", matchStatus.name(), "needed", "QUARANTINED"));
    }
  }

  public StudyInstanceUid study() {
    return StudyInstanceUid.of(studyInstanceUid);
  }

  public int studyVersion() {
    return studyVersion;
  }

  public boolean complete() {
    return complete;
  }

  public String accessionNumber() {
    return accessionNumber;
  }

  public PatientIdentity patient() {
    return new PatientIdentity(
        patientId, issuerOfPatientId, patientName, patientBirthDate, patientSex);
  }

  /** By what it can be matched. */
  public StudyIdentity identity() {
    Set<String> kinds = acquired(modalities);
    Set<UUID> rejected =
        Arrays.stream(rejectedOrderIds.split(SEPARATOR, -1))
            .filter(id -> !id.isEmpty())
            .map(UUID::fromString)
            .collect(java.util.stream.Collectors.toSet());
    return new StudyIdentity(
        study(), accessionNumber, issuerOfAccessionNumber, patient(), kinds, studyDate, rejected);
  }

  /** The kinds of images among modalities as the row keeps them. */
  public static Set<String> acquired(String stored) {
    Set<String> kinds = new TreeSet<>(Arrays.asList(stored.split(SEPARATOR, -1)));
    kinds.removeIf(m -> m.isBlank() || NOT_ACQUISITIONS.contains(m));
    return kinds;
  }

  /** The kinds of its images, joined by {@code /}; those of accompanying objects only if alone. */
  public String modality() {
    Set<String> kinds = identity().modalities();
    return kinds.isEmpty()
        ? modalities.replace(SEPARATOR, "/")
        : String.join("/", new TreeSet<>(kinds));
  }

  public String studyDescription() {
    return studyDescription;
  }

  public Instant receivedAt() {
    return receivedAt;
  }

  public Instant lastImageAt() {
    return lastImageAt;
  }

  public Instant rankedAt() {
    return rankedAt;
  }

  public MatchStatus matchStatus() {
    return matchStatus;
  }

  /** The order matched, or null. */
  public UUID orderId() {
    return orderId;
  }

  public Priority orderPriority() {
    return orderPriority;
  }

  /** The order whose patient differs, or null. */
  public UUID suspectedOrderId() {
    return suspectedOrderId;
  }

  public List<String> differences() {
    return differences.isEmpty() ? List.of() : List.of(differences.split(SEPARATOR, -1));
  }

  public Instant quarantinedAt() {
    return quarantinedAt;
  }

  public AiStatus aiStatus() {
    return aiStatus;
  }

  public String aiNotRunReason() {
    return aiNotRunReason;
  }

  public Severity severity() {
    return severity;
  }

  public String topFindingLabel() {
    return topFindingLabel;
  }

  public Double topFindingConfidence() {
    return topFindingConfidence;
  }

  public ReadingStatus readingStatus() {
    return readingStatus;
  }

  /**
   * For the reading order.
   *
   * @param flagged whether AI's findings count in it
   */
  public ReadingOrder.Line line(boolean flagged) {
    return new ReadingOrder.Line(
        flagged ? severity : null, orderPriority, receivedAt, studyInstanceUid);
  }
}
