package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.domain.ObjectHeader;
import org.vigil.kernel.StudyInstanceUid;

/**
 * A study of the current tenant. Its life: first image → incomplete, with a due time that every
 * further image moves on → complete at the due time (version + 1) → incomplete again when a late
 * image comes.
 */
@Entity(name = "Study")
@Table(name = "study")
public class StudyEntity {
  private static final String SEPARATOR = "\\";

  @Id
  @Column(name = "study_instance_uid", length = 64)
  private String studyInstanceUid;

  @Column(name = "version", nullable = false)
  private int version;

  @Column(name = "complete", nullable = false)
  private boolean complete;

  @Column(name = "complete_due_at")
  private Instant completeDueAt;

  @Column(name = "completed_at")
  private Instant completedAt;

  @Column(name = "patient_id")
  private String patientId;

  @Column(name = "issuer_of_patient_id")
  private String issuerOfPatientId;

  @Column(name = "patient_name")
  private String patientName;

  @JdbcTypeCode(SqlTypes.LOCAL_DATE)
  @Column(name = "patient_birth_date")
  private LocalDate patientBirthDate;

  @Column(name = "patient_sex")
  private String patientSex;

  @Column(name = "accession_number")
  private String accessionNumber;

  @Column(name = "issuer_of_accession_number")
  private String issuerOfAccessionNumber;

  @Column(name = "study_id")
  private String studyId;

  @JdbcTypeCode(SqlTypes.LOCAL_DATE)
  @Column(name = "study_date")
  private LocalDate studyDate;

  // Without this Hibernate shifts a wall-clock time between the server's zone and UTC.
  @JdbcTypeCode(SqlTypes.LOCAL_TIME)
  @Column(name = "study_time")
  private LocalTime studyTime;

  @Column(name = "study_description")
  private String studyDescription;

  @Column(name = "referring_physician_name")
  private String referringPhysicianName;

  @Column(name = "modalities", nullable = false)
  private String modalities = "";

  @Column(name = "prior", nullable = false)
  private boolean prior;

  @Column(name = "calling_ae_title")
  private String callingAeTitle;

  @Column(name = "instance_count", nullable = false)
  private int instanceCount;

  @Column(name = "first_instance_at", nullable = false)
  private Instant firstInstanceAt;

  @Column(name = "last_instance_at", nullable = false)
  private Instant lastInstanceAt;

  /** For Hibernate. */
  protected StudyEntity() {}

  /** Notes who sent the first object. */
  public void sentBy(String callingAe) {
    this.callingAeTitle = callingAe;
  }

  /**
   * Takes in what an object says about its patient and study. What an earlier object said stands:
   * texts are only filled in where they were missing.
   */
  public void describe(ObjectHeader header) {
    patientId = first(patientId, header.patientId());
    issuerOfPatientId = first(issuerOfPatientId, header.issuerOfPatientId());
    patientName = first(patientName, header.patientName());
    patientBirthDate = first(patientBirthDate, header.patientBirthDate());
    patientSex = first(patientSex, header.patientSex());
    accessionNumber = first(accessionNumber, header.accessionNumber());
    issuerOfAccessionNumber = first(issuerOfAccessionNumber, header.issuerOfAccessionNumber());
    studyId = first(studyId, header.studyId());
    studyDate = first(studyDate, header.studyDate());
    studyTime = first(studyTime, header.studyTime());
    studyDescription = first(studyDescription, header.studyDescription());
    referringPhysicianName = first(referringPhysicianName, header.referringPhysicianName());
    if (header.modality() != null) {
      Set<String> all = new TreeSet<>(modalitySet());
      all.add(header.modality());
      modalities = String.join(SEPARATOR, all);
    }
  }

  private static <T> T first(T known, T told) {
    return known != null ? known : told;
  }

  /**
   * Counts an object received.
   *
   * @param dueAt when the study is complete unless more comes; null when this object does not put
   *     completeness off, as a report does that joins a complete study
   */
  public void received(Instant at, Instant dueAt) {
    instanceCount++;
    lastInstanceAt = at;
    if (dueAt != null) {
      complete = false;
      completeDueAt = dueAt;
    }
  }

  /** It was fetched from the PACS to be compared with: nobody is to read it anew. */
  public void becomePrior() {
    prior = true;
    completeDueAt = null;
  }

  /** Somebody has sent it: it is to be read. */
  public void becomeCurrent() {
    prior = false;
    complete = false;
  }

  public boolean isPrior() {
    return prior;
  }

  /** Moves the due time; a complete study has none. */
  public void awaitUntil(Instant dueAt) {
    if (!complete && !prior) {
      completeDueAt = dueAt;
    }
  }

  /** Marks this set of images complete under the next version. */
  public void completed(Instant at) {
    complete = true;
    completeDueAt = null;
    completedAt = at;
    version++;
  }

  public boolean isComplete() {
    return complete;
  }

  public Instant completeDueAt() {
    return completeDueAt;
  }

  public String patientId() {
    return patientId;
  }

  public Instant firstInstanceAt() {
    return firstInstanceAt;
  }

  /** As other modules see it. */
  public StudyView view() {
    return new StudyView(
        StudyInstanceUid.of(studyInstanceUid),
        version,
        complete,
        patientId,
        issuerOfPatientId,
        patientName,
        patientBirthDate,
        patientSex,
        accessionNumber,
        issuerOfAccessionNumber,
        studyId,
        studyDate,
        studyTime,
        studyDescription,
        referringPhysicianName,
        Collections.unmodifiableSet(modalitySet()),
        callingAeTitle,
        instanceCount,
        firstInstanceAt,
        lastInstanceAt);
  }

  private Set<String> modalitySet() {
    Set<String> set = new TreeSet<>();
    if (!modalities.isEmpty()) {
      Collections.addAll(set, modalities.split("\\\\", -1));
    }
    return set;
  }
}
