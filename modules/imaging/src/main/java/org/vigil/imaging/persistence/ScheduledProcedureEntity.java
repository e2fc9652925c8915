package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.vigil.dicom.data.Uids;
import org.vigil.imaging.api.ProcedureOrdered;

/** What an order asks a modality to do: one scheduled procedure step of one requested procedure. */
@Entity(name = "ScheduledProcedure")
@Table(name = "scheduled_procedure")
public class ScheduledProcedureEntity {
  @Id
  @Column(name = "order_id")
  private UUID orderId;

  @Enumerated(EnumType.STRING)
  @Column(name = "status", nullable = false)
  private Status status = Status.SCHEDULED;

  @Column(name = "study_instance_uid", nullable = false)
  private String studyInstanceUid;

  @Column(name = "procedure_step_id", nullable = false)
  private String procedureStepId;

  @Column(name = "accession_number")
  private String accessionNumber;

  @Column(name = "issuer_of_accession_number")
  private String issuerOfAccessionNumber;

  @Column(name = "placer_order_number")
  private String placerOrderNumber;

  @Column(name = "filler_order_number")
  private String fillerOrderNumber;

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

  @Column(name = "procedure_code")
  private String procedureCode;

  @Column(name = "procedure_text")
  private String procedureText;

  @Column(name = "modality")
  private String modality;

  @Column(name = "priority", nullable = false)
  private String priority;

  @Column(name = "referring_physician")
  private String referringPhysician;

  @Column(name = "reason")
  private String reason;

  @Column(name = "scheduled_at", nullable = false)
  private Instant scheduledAt;

  @Column(name = "changed_at", nullable = false)
  private Instant changedAt;

  /** For Hibernate. */
  protected ScheduledProcedureEntity() {}

  /** Where it stands. */
  public enum Status {
    SCHEDULED,
    /** A modality has begun. */
    STARTED,
    /** The modality has ended, or the study is complete. */
    COMPLETED,
    CANCELLED
  }

  /** A new one, with identifiers of its own. */
  public ScheduledProcedureEntity(UUID order) {
    orderId = order;
    studyInstanceUid = Uids.fresh();
    // SH has 16 characters: 62 bits of the order's random id in base 36 with a letter before them.
    procedureStepId =
        "P"
            + Long.toString(order.getLeastSignificantBits() & (-1L >>> 2), 36)
                .toUpperCase(java.util.Locale.ROOT);
  }

  /** Takes over what the RIS says now; a cancelled one that is ordered again is scheduled again. */
  public void describe(ProcedureOrdered event, Instant at) {
    changedAt = at;
    if (event.cancelled()) {
      status = status == Status.COMPLETED ? status : Status.CANCELLED;
      return;
    }
    status = status == Status.CANCELLED ? Status.SCHEDULED : status;
    accessionNumber = event.accessionNumber();
    issuerOfAccessionNumber = event.issuerOfAccessionNumber();
    placerOrderNumber = event.placerOrderNumber();
    fillerOrderNumber = event.fillerOrderNumber();
    patientId = event.patientId();
    issuerOfPatientId = event.issuerOfPatientId();
    patientName = event.patientName();
    patientBirthDate = event.patientBirthDate();
    patientSex = event.patientSex();
    procedureCode = event.procedureCode();
    procedureText = event.procedureText();
    modality = event.modality();
    priority = event.priority().name();
    referringPhysician = event.referringPhysician();
    reason = event.reason();
    scheduledAt = event.scheduledAt();
  }

  /** A modality has begun, or ended; what is cancelled or complete stays so. */
  public void progressed(Status reached, Instant at) {
    if (status == Status.SCHEDULED || status == Status.STARTED) {
      status = reached;
      changedAt = at;
    }
  }

  public UUID orderId() {
    return orderId;
  }

  public Status status() {
    return status;
  }

  public String studyInstanceUid() {
    return studyInstanceUid;
  }

  public String procedureStepId() {
    return procedureStepId;
  }

  public String accessionNumber() {
    return accessionNumber;
  }

  public String issuerOfAccessionNumber() {
    return issuerOfAccessionNumber;
  }

  public String placerOrderNumber() {
    return placerOrderNumber;
  }

  public String fillerOrderNumber() {
    return fillerOrderNumber;
  }

  public String patientId() {
    return patientId;
  }

  public String issuerOfPatientId() {
    return issuerOfPatientId;
  }

  public String patientName() {
    return patientName;
  }

  public LocalDate patientBirthDate() {
    return patientBirthDate;
  }

  public String patientSex() {
    return patientSex;
  }

  public String procedureCode() {
    return procedureCode;
  }

  public String procedureText() {
    return procedureText;
  }

  public String modality() {
    return modality;
  }

  /** Name of a {@link org.vigil.kernel.Priority}. */
  public String priority() {
    return priority;
  }

  public String referringPhysician() {
    return referringPhysician;
  }

  public String reason() {
    return reason;
  }

  public Instant scheduledAt() {
    return scheduledAt;
  }
}
