package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.vigil.imaging.domain.StepReport;

/** A modality performed procedure step. */
@Entity(name = "PerformedStep")
@Table(name = "performed_step")
public class PerformedStepEntity {
  @Id
  @Column(name = "sop_instance_uid", length = 64)
  private String sopInstanceUid;

  @Enumerated(EnumType.STRING)
  @Column(name = "status", nullable = false)
  private StepReport.Status status;

  @Column(name = "study_instance_uid")
  private String studyInstanceUid;

  @Column(name = "accession_number")
  private String accessionNumber;

  @Column(name = "procedure_step_id")
  private String procedureStepId;

  @Column(name = "patient_id")
  private String patientId;

  @Column(name = "modality")
  private String modality;

  @Column(name = "station", nullable = false)
  private String station;

  @Column(name = "created_at", nullable = false)
  private Instant createdAt;

  @Column(name = "changed_at", nullable = false)
  private Instant changedAt;

  /** For Hibernate. */
  protected PerformedStepEntity() {}

  /** One that has begun. */
  public PerformedStepEntity(String uid, StepReport begun, String station, Instant at) {
    sopInstanceUid = uid;
    status = StepReport.Status.IN_PROGRESS;
    studyInstanceUid = begun.studyInstanceUid();
    accessionNumber = begun.accessionNumber();
    procedureStepId = begun.procedureStepId();
    patientId = begun.patientId();
    modality = begun.modality();
    this.station = station;
    createdAt = at;
    changedAt = at;
  }

  /** It has changed. */
  public void changed(StepReport.Status to, Instant at) {
    status = to == null ? status : to;
    changedAt = at;
  }

  public StepReport.Status status() {
    return status;
  }

  public String sopInstanceUid() {
    return sopInstanceUid;
  }

  /** Or null where the modality did not say. */
  public String studyInstanceUid() {
    return studyInstanceUid;
  }

  public String accessionNumber() {
    return accessionNumber;
  }

  public String procedureStepId() {
    return procedureStepId;
  }

  public String patientId() {
    return patientId;
  }
}
