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
import java.util.UUID;
import org.vigil.analysis.api.OrderView;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.kernel.Priority;
import org.vigil.kernel.StudyInstanceUid;

/**
 * An imaging order. It is placed by the RIS and known by the placer's number and the sending
 * facility; it waits for its study, is matched to the first that comes (an examination may make
 * more than one, each line of the worklist then points here), and may be cancelled at any time. A
 * new order under the number of a cancelled one reinstates it.
 */
@Entity
@Table(name = "imaging_order")
public class ImagingOrder {
  @Id private UUID id;

  @Version
  @Column(name = "row_version")
  private int rowVersion;

  @Enumerated(EnumType.STRING)
  private OrderView.Status status;

  @Column(name = "placer_order_number")
  private String placerOrderNumber;

  @Column(name = "filler_order_number")
  private String fillerOrderNumber;

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

  @Column(name = "procedure_code")
  private String procedureCode;

  @Column(name = "procedure_text")
  private String procedureText;

  private String modality;

  @Enumerated(EnumType.STRING)
  private Priority priority;

  @Column(name = "ordering_provider_id")
  private String orderingProviderId;

  @Column(name = "ordering_provider_name")
  private String orderingProviderName;

  @Column(name = "reason_for_study")
  private String reasonForStudy;

  @Column(name = "ordered_at")
  private Instant orderedAt;

  @Column(name = "received_at")
  private Instant receivedAt;

  @Column(name = "sending_application")
  private String sendingApplication;

  @Column(name = "sending_facility")
  private String sendingFacility;

  @Column(name = "study_instance_uid")
  private String studyInstanceUid;

  protected ImagingOrder() {}

  /** A new order. */
  public static ImagingOrder place(PlaceOrder command, Instant receivedAt) {
    ImagingOrder order = new ImagingOrder();
    order.id = UUID.randomUUID();
    order.status = OrderView.Status.AWAITING_STUDY;
    order.placerOrderNumber = command.placerOrderNumber();
    order.sendingFacility = facility(command);
    order.receivedAt = receivedAt;
    order.take(command);
    return order;
  }

  /** What stands for a facility the sender did not name, so that its orders stay unique. */
  public static String facility(PlaceOrder command) {
    return command.sendingFacility() == null ? "" : command.sendingFacility().strip();
  }

  /** Takes what the RIS says now; reinstates a cancelled order. */
  public void change(PlaceOrder command) {
    take(command);
    if (status == OrderView.Status.CANCELLED) {
      status =
          studyInstanceUid == null ? OrderView.Status.AWAITING_STUDY : OrderView.Status.MATCHED;
    }
  }

  /**
   * Cancels; the study, where it has come, keeps its order, since its results still concern the
   * clinician who asked.
   */
  public void cancel() {
    status = OrderView.Status.CANCELLED;
  }

  /** Notes that a study has come for it. */
  public void matchedTo(StudyInstanceUid study) {
    if (studyInstanceUid == null) {
      studyInstanceUid = study.value();
    }
    if (status == OrderView.Status.AWAITING_STUDY) {
      status = OrderView.Status.MATCHED;
    }
  }

  /** Takes a study back: it waits again. */
  public void unmatchedFrom(StudyInstanceUid study) {
    if (study.value().equals(studyInstanceUid)) {
      studyInstanceUid = null;
      if (status == OrderView.Status.MATCHED) {
        status = OrderView.Status.AWAITING_STUDY;
      }
    }
  }

  private void take(PlaceOrder command) {
    fillerOrderNumber = command.fillerOrderNumber();
    accessionNumber = command.accessionNumber();
    issuerOfAccessionNumber = command.issuerOfAccessionNumber();
    patientId = command.patientId();
    issuerOfPatientId = command.issuerOfPatientId();
    patientName = command.patientName();
    patientBirthDate = command.patientBirthDate();
    patientSex = command.patientSex();
    procedureCode = command.procedureCode();
    procedureText = command.procedureText();
    modality = command.modality();
    priority = command.priority() == null ? Priority.ROUTINE : command.priority();
    orderingProviderId = command.orderingProviderId();
    orderingProviderName = command.orderingProviderName();
    reasonForStudy = command.reasonForStudy();
    orderedAt = command.orderedAt() == null ? receivedAt : command.orderedAt();
    sendingApplication = command.sendingApplication();
  }

  public UUID id() {
    return id;
  }

  public OrderView.Status status() {
    return status;
  }

  public String accessionNumber() {
    return accessionNumber;
  }

  /** The assigner of the accession number, or null where the RIS does not say. */
  public String issuerOfAccessionNumber() {
    return issuerOfAccessionNumber;
  }

  public String modality() {
    return modality;
  }

  public Priority priority() {
    return priority;
  }

  public Instant orderedAt() {
    return orderedAt;
  }

  public PatientIdentity patient() {
    return new PatientIdentity(
        patientId, issuerOfPatientId, patientName, patientBirthDate, patientSex);
  }

  public OrderView view() {
    return new OrderView(
        id,
        status,
        placerOrderNumber,
        fillerOrderNumber,
        accessionNumber,
        patientId,
        issuerOfPatientId,
        patientName,
        patientBirthDate,
        patientSex,
        procedureCode,
        procedureText,
        modality,
        priority,
        orderingProviderId,
        orderingProviderName,
        reasonForStudy,
        orderedAt,
        receivedAt,
        sendingApplication,
        sendingFacility.isEmpty() ? null : sendingFacility,
        studyInstanceUid == null ? null : StudyInstanceUid.of(studyInstanceUid));
  }
}
