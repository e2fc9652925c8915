package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.domain.WorkitemState;

/** A unified procedure step of the current tenant: its attributes as DICOM JSON, and its lock. */
@Entity(name = "Workitem")
@Table(name = "workitem")
public class WorkitemEntity {
  @Id
  @Column(name = "sop_instance_uid", length = 64)
  private String sopInstanceUid;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private WorkitemState state;

  @Column(name = "transaction_uid")
  private String transactionUid;

  @Column(name = "patient_id")
  private String patientId;

  @Column(name = "starts", nullable = false)
  private String starts;

  @Column(name = "dataset", nullable = false)
  private String dataset;

  @Column(name = "created_by", nullable = false)
  private String createdBy;

  @Column(name = "created_at", nullable = false)
  private Instant createdAt;

  @Column(name = "changed_at", nullable = false)
  private Instant changedAt;

  @Column(name = "cancellation_request")
  private String cancellationRequest;

  /** For Hibernate. */
  protected WorkitemEntity() {}

  /** A scheduled one. */
  public WorkitemEntity(String uid, Attributes attributes, String by, Instant at) {
    sopInstanceUid = uid;
    state = WorkitemState.SCHEDULED;
    createdBy = by;
    createdAt = at;
    describe(attributes, at);
  }

  /** Takes its attributes over. */
  public final void describe(Attributes attributes, Instant at) {
    patientId = attributes.getString(Tag.PatientID);
    starts = attributes.getString(Tag.ScheduledProcedureStepStartDateTime, "");
    changedAt = at;
    Attributes kept = new Attributes(attributes);
    kept.remove(Tag.TransactionUID);
    kept.remove(Tag.ProcedureStepState);
    dataset = StoredDataset.write(kept);
  }

  /** Somebody has claimed it, and opens it with this UID. */
  public void claimed(String transaction, Instant at) {
    transactionUid = transaction;
    moved(WorkitemState.IN_PROGRESS, at);
  }

  /** It has ended. */
  public void moved(WorkitemState to, Instant at) {
    state = to;
    changedAt = at;
  }

  /** Its performer is told that somebody wants it cancelled. */
  public void cancellationRequested(Attributes report) {
    cancellationRequest = StoredDataset.write(report);
  }

  /** The latest request to cancel while it is in progress, as its subscribers heard of it. */
  public Optional<Attributes> cancellationRequest() {
    return state == WorkitemState.IN_PROGRESS && cancellationRequest != null
        ? Optional.of(StoredDataset.read(cancellationRequest))
        : Optional.empty();
  }

  public String sopInstanceUid() {
    return sopInstanceUid;
  }

  String starts() {
    return starts;
  }

  String dataset() {
    return dataset;
  }

  String createdBy() {
    return createdBy;
  }

  Instant createdAt() {
    return createdAt;
  }

  public WorkitemState state() {
    return state;
  }

  /** Or null while nobody has claimed it. */
  public String transactionUid() {
    return transactionUid;
  }

  public String patientId() {
    return patientId;
  }

  /** Its attributes with its state, without the Transaction UID, which only its owner knows. */
  public Attributes attributes() {
    Attributes read = StoredDataset.read(dataset);
    read.setString(Tag.ProcedureStepState, VR.CS, state.term());
    return read;
  }
}
