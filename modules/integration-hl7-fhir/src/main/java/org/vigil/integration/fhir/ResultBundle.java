package org.vigil.integration.fhir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.AnalysisView.FindingView;
import org.vigil.analysis.api.OrderView;
import org.vigil.integration.domain.Codes;
import org.vigil.integration.domain.Disclaimer;
import org.vigil.integration.domain.Parcel;
import org.vigil.kernel.Code;
import org.vigil.kernel.Severity;

/**
 * A result as a FHIR R4 transaction Bundle. Every resource is PUT under an id that derives from
 * what it is, so that sending it again changes nothing; the patient, the order and its provider are
 * the EHR's own and are referred to by identifier.
 */
final class ResultBundle {
  private static final String OBSERVATION_CATEGORY =
      "http://terminology.hl7.org/CodeSystem/observation-category";
  private static final String INTERPRETATION =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
  private static final String COMMUNICATION_CATEGORY =
      "http://terminology.hl7.org/CodeSystem/communication-category";
  private static final String IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final String DICOM_UID = "urn:dicom:uid";

  private final Parcel parcel;
  private final AnalysisView analysis;
  private final OrderView order;
  private final Bundle bundle = new Bundle();

  private ResultBundle(Parcel parcel) {
    this.parcel = parcel;
    this.analysis = parcel.analysis();
    this.order = parcel.order();
    bundle.setType(Bundle.BundleType.TRANSACTION);
  }

  /** Device, ImagingStudy, Observations, DiagnosticReport and, for a critical one, the alert. */
  static Bundle ofResult(Parcel parcel) {
    ResultBundle made = new ResultBundle(parcel);
    made.put(made.device());
    made.put(made.imagingStudy());
    made.analysis.findings().forEach(finding -> made.put(made.observation(finding)));
    made.put(made.report());
    if (parcel.notice() != null) {
      made.put(made.communication(parcel.notice()));
    }
    return made.bundle;
  }

  /** The alert alone, as it stands now. */
  static Bundle ofNotice(Parcel parcel) {
    ResultBundle made = new ResultBundle(parcel);
    made.put(made.communication(parcel.notice()));
    return made.bundle;
  }

  private void put(Resource resource) {
    String path = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    String base = parcel.destination().url().replaceAll("/+$", "");
    bundle
        .addEntry()
        .setFullUrl(base + "/" + path)
        .setResource(resource)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.PUT)
        .setUrl(path);
  }

  private Device device() {
    Device device = new Device();
    device.setId(deviceId());
    device.addIdentifier().setSystem(DICOM_UID).setValue("urn:oid:" + analysis.modelUid());
    device.setStatus(Device.FHIRDeviceStatus.ACTIVE);
    device.addDeviceName().setName(analysis.modelName()).setType(Device.DeviceNameType.MODELNAME);
    device.setModelNumber(analysis.modelId());
    device.addVersion().setValue(analysis.modelVersion());
    device.setType(new CodeableConcept().setText("AI model for medical images"));
    String use = analysis.intendedUse() == null ? "" : analysis.intendedUse() + " ";
    device.addNote().setText(use + Disclaimer.of(analysis.notForClinicalUse()));
    return device;
  }

  private ImagingStudy imagingStudy() {
    ImagingStudy study = new ImagingStudy();
    study.setId(imagingStudyId());
    study.addIdentifier().setSystem(DICOM_UID).setValue("urn:oid:" + analysis.study().value());
    if (order.accessionNumber() != null) {
      study.addIdentifier(
          typed("ACSN", "Accession ID", system("accession"), order.accessionNumber()));
    }
    study.setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
    study.setSubject(patient());
    study.addBasedOn(serviceRequest());
    DateTimeType taken = taken();
    if (taken != null) {
      study.setStartedElement(taken);
    }
    for (String modality : parcel.study().modalities().stream().sorted().toList()) {
      study
          .addModality()
          .setSystem("http://dicom.nema.org/resources/ontology/DCM")
          .setCode(modality);
    }
    study.setNumberOfInstances(parcel.study().instanceCount());
    if (parcel.study().studyDescription() != null) {
      study.setDescription(parcel.study().studyDescription());
    }
    return study;
  }

  private Observation observation(FindingView finding) {
    Observation observation = new Observation();
    observation.setId(finding.id().toString());
    observation.addIdentifier().setSystem(DICOM_UID).setValue("urn:oid:" + finding.trackingUid());
    observation.setStatus(Observation.ObservationStatus.PRELIMINARY);
    observation.addCategory().addCoding(new Coding(OBSERVATION_CATEGORY, "imaging", "Imaging"));
    observation.setCode(concept(finding.code()));
    observation.setSubject(patient());
    observation.addBasedOn(serviceRequest());
    DateTimeType taken = taken();
    observation.setEffective(taken == null ? moment(analysis) : taken);
    observation.setIssued(Date.from(analysis.completedAt()));
    observation.setDevice(reference("Device", deviceId()));
    observation.addDerivedFrom(reference("ImagingStudy", imagingStudyId()));
    observation.setValue(concept(finding.positive() ? Codes.DETECTED : Codes.NOT_DETECTED));
    // No "N" for a negative: a model's silence is not a normal finding.
    if (finding.positive()) {
      observation
          .addInterpretation()
          .addCoding(
              finding.severity() == Severity.CRITICAL
                  ? new Coding(INTERPRETATION, "AA", "Critical abnormal")
                  : new Coding(INTERPRETATION, "A", "Abnormal"));
    }
    observation
        .addComponent()
        .setCode(concept(Codes.PROBABILITY))
        .setValue(fraction(finding.confidence()));
    observation
        .addComponent()
        .setCode(concept(Codes.OPERATING_POINT))
        .setValue(fraction(finding.operatingPoint()));
    observation.addNote().setText(Disclaimer.of(analysis.notForClinicalUse()));
    return observation;
  }

  private DiagnosticReport report() {
    DiagnosticReport report = new DiagnosticReport();
    report.setId(reportId());
    report.addIdentifier().setSystem(system("analysis")).setValue(analysis.id().toString());
    report.setStatus(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    report.addCategory(concept(Codes.RADIOLOGY));
    CodeableConcept code = concept(Codes.IMAGING_STUDY_REPORT);
    if (order.procedureText() != null) {
      code.setText(order.procedureText());
    }
    report.setCode(code);
    report.setSubject(patient());
    report.addBasedOn(serviceRequest());
    DateTimeType taken = taken();
    report.setEffective(taken == null ? moment(analysis) : taken);
    report.setIssued(Date.from(analysis.completedAt()));
    report.addImagingStudy(reference("ImagingStudy", imagingStudyId()));
    analysis
        .findings()
        .forEach(finding -> report.addResult(reference("Observation", finding.id().toString())));
    report.setConclusion(conclusion());
    return report;
  }

  private Communication communication(Parcel.Notice notice) {
    Communication communication = new Communication();
    communication.setId(notice.alertId().toString());
    communication.addIdentifier().setSystem(system("alert")).setValue(notice.alertId().toString());
    boolean taken = notice.acknowledgedAt() != null;
    communication.setStatus(
        taken
            ? Communication.CommunicationStatus.COMPLETED
            : Communication.CommunicationStatus.INPROGRESS);
    communication.addCategory().addCoding(new Coding(COMMUNICATION_CATEGORY, "alert", "Alert"));
    communication.setPriority(Communication.CommunicationPriority.STAT);
    communication.setSubject(patient());
    communication.addBasedOn(serviceRequest());
    communication.addAbout(reference("DiagnosticReport", reportId()));
    communication.setSent(
        Date.from(notice.sentAt() == null ? notice.createdAt() : notice.sentAt()));
    if (taken) {
      communication.setReceived(Date.from(notice.acknowledgedAt()));
    }
    communication.addRecipient(recipient(notice));
    communication.setSender(reference("Device", deviceId()));
    communication.addPayload().setContent(new StringType(payload(notice)));
    if (notice.escalationLevel() > 0) {
      communication
          .addNote()
          .setText("Not acknowledged in time; escalation level " + notice.escalationLevel() + ".");
    }
    return communication;
  }

  private Reference recipient(Parcel.Notice notice) {
    Reference recipient = new Reference().setType("Practitioner");
    if (notice.recipientId() != null) {
      recipient.setIdentifier(
          new Identifier().setSystem(system("provider")).setValue(notice.recipientId()));
    }
    return recipient.setDisplay(notice.recipientName());
  }

  private String payload(Parcel.Notice notice) {
    String accession =
        order.accessionNumber() == null ? "" : " in study " + order.accessionNumber();
    return "Critical finding suspected by AI: "
        + notice.findingLabel()
        + accession
        + ". Please look at the images and acknowledge. "
        + Disclaimer.of(analysis.notForClinicalUse());
  }

  private String conclusion() {
    List<String> found = new ArrayList<>();
    for (FindingView finding : analysis.findings()) {
      if (finding.positive()) {
        found.add(
            String.format(
                Locale.ROOT,
                "%s (%s, probability %.2f)",
                finding.code().meaning(),
                finding.severity().term(),
                finding.confidence()));
      }
    }
    String said =
        found.isEmpty()
            ? "The model " + analysis.modelName() + " detected none of the findings it looks for."
            : "Suspected by the model "
                + analysis.modelName()
                + ": "
                + String.join("; ", found)
                + ".";
    return said + " " + Disclaimer.of(analysis.notForClinicalUse());
  }

  private Reference patient() {
    String issuer = order.issuerOfPatientId();
    Reference patient = new Reference().setType("Patient");
    patient.setIdentifier(
        typed(
            "MR",
            "Medical record number",
            issuer == null ? system("patient") : system("patient:" + issuer),
            order.patientId()));
    return patient;
  }

  private Reference serviceRequest() {
    Reference request = new Reference().setType("ServiceRequest");
    request.setIdentifier(
        typed("PLAC", "Placer Identifier", system("placer-order"), order.placerOrderNumber()));
    return request;
  }

  private static Reference reference(String type, String id) {
    return new Reference(type + "/" + id).setType(type);
  }

  private static Identifier typed(String code, String display, String system, String value) {
    Identifier identifier = new Identifier().setSystem(system).setValue(value);
    identifier.getType().addCoding(new Coding(IDENTIFIER_TYPE, code, display));
    return identifier;
  }

  /** Numbers of a hospital mean something within it alone. */
  private String system(String what) {
    return "urn:vigil:" + parcel.tenant().id() + ":" + what.replace(' ', '-');
  }

  private static CodeableConcept concept(Code code) {
    return new CodeableConcept(new Coding(code.fhirSystem(), code.value(), code.meaning()))
        .setText(code.meaning());
  }

  private static Quantity fraction(double value) {
    return new Quantity()
        .setValue(java.math.BigDecimal.valueOf(Math.round(value * 10_000), 4))
        .setUnit("probability")
        .setSystem("http://unitsofmeasure.org")
        .setCode("1");
  }

  /** When the images were taken, by the hospital's clock; null when the study does not say. */
  private DateTimeType taken() {
    if (parcel.study().studyDate() == null) {
      return null;
    }
    if (parcel.study().studyTime() == null) {
      return new DateTimeType(parcel.study().studyDate().toString());
    }
    var zoned =
        parcel
            .study()
            .studyDate()
            .atTime(parcel.study().studyTime())
            .atZone(parcel.tenant().timeZone());
    return new DateTimeType(
        java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            zoned.withNano(0).toOffsetDateTime().withSecond(zoned.getSecond())));
  }

  private static DateTimeType moment(AnalysisView analysis) {
    return new DateTimeType(Date.from(analysis.completedAt()));
  }

  private String deviceId() {
    return derived("device|" + analysis.modelId() + "|" + analysis.modelVersion());
  }

  private String imagingStudyId() {
    return derived("study|" + parcel.tenant().id() + "|" + analysis.study().value());
  }

  private String reportId() {
    return analysis.id().toString();
  }

  private static String derived(String name) {
    return UUID.nameUUIDFromBytes(("vigil|" + name).getBytes(StandardCharsets.UTF_8)).toString();
  }
}
