package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.vigil.imaging.api.PriorStudy;
import org.vigil.imaging.domain.PriorCandidate;
import org.vigil.kernel.StudyInstanceUid;

/** An earlier study that a PACS has and that is fetched, or was. */
@Entity(name = "PriorStudy")
@Table(name = "prior_study")
public class PriorStudyEntity {
  @Id
  @Column(name = "study_instance_uid", length = 64)
  private String studyInstanceUid;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private PriorStudy.State state = PriorStudy.State.WANTED;

  @Column(name = "node", nullable = false)
  private String node;

  @Column(name = "patient_id", nullable = false)
  private String patientId;

  @Column(name = "issuer_of_patient_id")
  private String issuerOfPatientId;

  @JdbcTypeCode(SqlTypes.LOCAL_DATE)
  @Column(name = "study_date")
  private LocalDate studyDate;

  @Column(name = "modalities", nullable = false)
  private String modalities;

  @Column(name = "study_description")
  private String studyDescription;

  @Column(name = "instances")
  private Integer instances;

  @Column(name = "relevance", nullable = false)
  private int relevance;

  @Column(name = "wanted_at", nullable = false)
  private Instant wantedAt;

  @Column(name = "stored_at")
  private Instant storedAt;

  @Column(name = "last_error")
  private String lastError;

  /** For Hibernate. */
  protected PriorStudyEntity() {}

  /** One that is wanted from a node. */
  public PriorStudyEntity(PriorCandidate found, String node, int relevance, Instant at) {
    this.studyInstanceUid = found.study().value();
    this.node = node;
    this.patientId = found.patientId();
    this.issuerOfPatientId = found.issuerOfPatientId();
    this.studyDate = found.studyDate();
    this.modalities = String.join("\\", new TreeSet<>(found.modalities()));
    this.studyDescription = found.studyDescription();
    this.instances = found.instances() < 0 ? null : (Integer) found.instances();
    this.relevance = relevance;
    this.wantedAt = at;
  }

  /** It is wanted again, perhaps from another node. */
  public void wantedFrom(String pacsNode, Instant at) {
    node = pacsNode;
    state = PriorStudy.State.WANTED;
    wantedAt = at;
  }

  /** All of it is here. */
  public void stored(Instant at) {
    state = PriorStudy.State.STORED;
    storedAt = at;
    lastError = null;
  }

  /** It was not given. */
  public void failed(String reason) {
    state = PriorStudy.State.FAILED;
    lastError = reason;
  }

  public String studyInstanceUid() {
    return studyInstanceUid;
  }

  public PriorStudy.State state() {
    return state;
  }

  public String node() {
    return node;
  }

  public String patientId() {
    return patientId;
  }

  /**
   * As other modules see it, while nothing of it is here.
   *
   * @param obstacle what keeps it from coming, as far as the task of fetching it tells; or null
   */
  public PriorStudy view(String obstacle) {
    Set<String> kinds = new TreeSet<>(Arrays.asList(modalities.split("\\\\", -1)));
    kinds.remove("");
    return new PriorStudy(
        StudyInstanceUid.of(studyInstanceUid),
        studyDate,
        kinds,
        studyDescription,
        state,
        0,
        switch (state) {
          case STORED -> null;
          case WANTED -> obstacle;
          case FAILED -> lastError;
        });
  }
}
