package org.vigil.integration.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.Varies;
import ca.uhn.hl7v2.model.v251.datatype.CE;
import ca.uhn.hl7v2.model.v251.datatype.CWE;
import ca.uhn.hl7v2.model.v251.datatype.NM;
import ca.uhn.hl7v2.model.v251.datatype.ST;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBR;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import ca.uhn.hl7v2.model.v251.segment.ORC;
import ca.uhn.hl7v2.model.v251.segment.PID;
import ca.uhn.hl7v2.util.Terser;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.AnalysisView.FindingView;
import org.vigil.analysis.api.OrderView;
import org.vigil.integration.domain.Codes;
import org.vigil.integration.domain.Disclaimer;
import org.vigil.integration.domain.Parcel;
import org.vigil.kernel.Code;
import org.vigil.kernel.Severity;

/**
 * ORU^R01 v2.5.1 (§7.3.1): what a model said of an order's study, as preliminary. Made twice of the
 * same parcel it is the same message, byte for byte.
 */
public final class ResultMessage {
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final String PRELIMINARY = "P";

  private final Parcel parcel;
  private final ORU_R01 message = new ORU_R01();
  private final ZoneId zone;
  private int observations;

  private ResultMessage(Parcel parcel) {
    this.parcel = parcel;
    this.zone = parcel.tenant().timeZone();
  }

  /** The message, segments ended by CR, to be sent as UTF-8. */
  public static String of(Parcel parcel) {
    try {
      return new ResultMessage(parcel).build();
    } catch (HL7Exception | java.io.IOException e) {
      throw new IllegalStateException("ORU^R01 could not be written", e);
    }
  }

  /** MSH-10 of a delivery: 20 characters that derive from its id (76 bits). */
  public static String controlId(UUID delivery) {
    return "V" + delivery.toString().replace("-", "").substring(0, 19);
  }

  private String build() throws HL7Exception, java.io.IOException {
    header();
    patient(message.getPATIENT_RESULT().getPATIENT().getPID());
    ORU_R01_ORDER_OBSERVATION group = message.getPATIENT_RESULT().getORDER_OBSERVATION();
    order(group.getORC());
    request(group.getOBR());
    group.getNTE(0).getSetIDNTE().setValue("1");
    group.getNTE(0).getComment(0).setValue(Disclaimer.of(parcel.analysis().notForClinicalUse()));
    AnalysisView analysis = parcel.analysis();
    plain(group, Codes.STUDY_INSTANCE_UID, analysis.study().value());
    plain(group, Codes.ALGORITHM_NAME, analysis.modelName());
    plain(group, Codes.ALGORITHM_VERSION, analysis.modelVersion());
    int finding = 0;
    for (FindingView view : analysis.findings()) {
      finding++;
      detection(group, view, finding);
      probability(group, view, finding);
    }
    return Hl7Context.parser().encode(message);
  }

  private void header() throws HL7Exception, java.io.IOException {
    message.initQuickstart("ORU", "R01", "P");
    OrderView order = parcel.order();
    var msh = message.getMSH();
    msh.getSendingApplication().getNamespaceID().setValue(Acknowledgment.APPLICATION);
    msh.getSendingFacility().getNamespaceID().setValue(parcel.tenant().receivingFacility());
    msh.getReceivingApplication().getNamespaceID().setValue(order.sendingApplication());
    String facility = parcel.destination().facility();
    msh.getReceivingFacility()
        .getNamespaceID()
        .setValue(facility == null || facility.isEmpty() ? order.sendingFacility() : facility);
    msh.getDateTimeOfMessage().getTime().setValue(Hl7Times.write(parcel.plannedAt(), zone));
    msh.getMessageControlID().setValue(controlId(parcel.deliveryId()));
    msh.getCharacterSet(0).setValue("UNICODE UTF-8");
  }

  private void patient(PID pid) throws HL7Exception {
    OrderView order = parcel.order();
    pid.getSetIDPID().setValue("1");
    pid.getPatientIdentifierList(0).getIDNumber().setValue(order.patientId());
    pid.getPatientIdentifierList(0)
        .getAssigningAuthority()
        .getNamespaceID()
        .setValue(order.issuerOfPatientId());
    pid.getPatientIdentifierList(0).getIdentifierTypeCode().setValue("MR");
    String[] name = parts(order.patientName());
    pid.getPatientName(0).getFamilyName().getSurname().setValue(name[0]);
    pid.getPatientName(0).getGivenName().setValue(name[1]);
    pid.getPatientName(0).getSecondAndFurtherGivenNamesOrInitialsThereof().setValue(name[2]);
    pid.getPatientName(0).getPrefixEgDR().setValue(name[3]);
    pid.getPatientName(0).getSuffixEgJRorIII().setValue(name[4]);
    if (order.patientBirthDate() != null) {
      pid.getDateTimeOfBirth().getTime().setValue(DAY.format(order.patientBirthDate()));
    }
    pid.getAdministrativeSex().setValue(order.patientSex());
  }

  private void order(ORC orc) throws HL7Exception {
    OrderView order = parcel.order();
    orc.getOrderControl().setValue("RE");
    orc.getPlacerOrderNumber().getEntityIdentifier().setValue(order.placerOrderNumber());
    orc.getFillerOrderNumber().getEntityIdentifier().setValue(order.fillerOrderNumber());
    orc.getOrderingProvider(0).getIDNumber().setValue(order.orderingProviderId());
    orc.getOrderingProvider(0)
        .getFamilyName()
        .getSurname()
        .setValue(parts(order.orderingProviderName())[0]);
    orc.getOrderingProvider(0).getGivenName().setValue(parts(order.orderingProviderName())[1]);
  }

  private void request(OBR obr) throws HL7Exception {
    OrderView order = parcel.order();
    String completed = Hl7Times.write(parcel.analysis().completedAt(), zone);
    obr.getSetIDOBR().setValue("1");
    obr.getPlacerOrderNumber().getEntityIdentifier().setValue(order.placerOrderNumber());
    obr.getFillerOrderNumber().getEntityIdentifier().setValue(order.fillerOrderNumber());
    obr.getUniversalServiceIdentifier().getIdentifier().setValue(order.procedureCode());
    obr.getUniversalServiceIdentifier().getText().setValue(order.procedureText());
    obr.getObservationDateTime().getTime().setValue(completed);
    obr.getOrderingProvider(0).getIDNumber().setValue(order.orderingProviderId());
    obr.getPlacerField1().setValue(order.accessionNumber());
    obr.getResultsRptStatusChngDateTime().getTime().setValue(completed);
    obr.getDiagnosticServSectID().setValue(parcel.analysis().modality());
    obr.getResultStatus().setValue(PRELIMINARY);
  }

  private void plain(ORU_R01_ORDER_OBSERVATION group, Code what, String value) throws HL7Exception {
    ST text = new ST(message);
    text.setValue(value);
    observation(group, "ST", what, text);
  }

  private void detection(ORU_R01_ORDER_OBSERVATION group, FindingView finding, int number)
      throws HL7Exception {
    Code said = finding.positive() ? Codes.DETECTED : Codes.NOT_DETECTED;
    CWE coded = new CWE(message);
    coded.getIdentifier().setValue(said.value());
    coded.getText().setValue(said.meaning());
    coded.getNameOfCodingSystem().setValue(said.scheme());
    OBX obx = observation(group, "CWE", finding.code(), coded);
    obx.getObservationSubID().setValue(Integer.toString(number));
    flag(obx, finding);
  }

  private void probability(ORU_R01_ORDER_OBSERVATION group, FindingView finding, int number)
      throws HL7Exception {
    NM value = new NM(message);
    value.setValue(decimal(finding.confidence()));
    OBX obx = observation(group, "NM", finding.code(), value);
    obx.getObservationSubID().setValue(Integer.toString(number));
    obx.getUnits().getIdentifier().setValue("1");
    obx.getUnits().getText().setValue("probability");
    obx.getUnits().getNameOfCodingSystem().setValue(Code.UCUM);
    obx.getReferencesRange().setValue("<" + decimal(finding.operatingPoint()));
    flag(obx, finding);
  }

  // Table 0078. A negative gets no "N": a model's silence is not a normal finding.
  private static void flag(OBX obx, FindingView finding) throws HL7Exception {
    if (finding.positive()) {
      obx.getAbnormalFlags(0).setValue(finding.severity() == Severity.CRITICAL ? "AA" : "A");
    }
  }

  private OBX observation(ORU_R01_ORDER_OBSERVATION group, String type, Code what, Type value)
      throws HL7Exception {
    OBX obx = group.getOBSERVATION(observations++).getOBX();
    obx.getSetIDOBX().setValue(Integer.toString(observations));
    obx.getValueType().setValue(type);
    CE identifier = obx.getObservationIdentifier();
    identifier.getIdentifier().setValue(what.value());
    identifier.getText().setValue(what.meaning());
    identifier.getNameOfCodingSystem().setValue(what.scheme());
    Varies field = obx.getObservationValue(0);
    field.setData(value);
    obx.getObservationResultStatus().setValue(PRELIMINARY);
    obx.getDateTimeOfTheObservation()
        .getTime()
        .setValue(Hl7Times.write(parcel.analysis().completedAt(), zone));
    // OBX-18: the model version as the device that observed.
    Terser.set(
        obx, 18, 0, 1, 1, parcel.analysis().modelId() + " " + parcel.analysis().modelVersion());
    Terser.set(obx, 18, 0, 2, 1, Acknowledgment.APPLICATION);
    Terser.set(obx, 18, 0, 3, 1, parcel.analysis().modelUid());
    Terser.set(obx, 18, 0, 4, 1, "ISO");
    return obx;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A DICOM PN's five parts, empty where absent. */
  private static String[] parts(String name) {
    String[] parts = {"", "", "", "", ""};
    String[] given = name == null ? new String[0] : name.split("\\^", 5);
    System.arraycopy(given, 0, parts, 0, given.length);
    return parts;
  }
}
