package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.cli.demo.peer.Pacs;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomReader;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/**
 * The night shift: order in, study in, the critical case on top, results out. Two normal films come
 * first, the pneumothorax last; it is read first, and PACS, RIS, EHR and the clinician hear of it.
 */
class OrdinaryNightIT {
  private static TestHospital hospital;
  private static List<Visit> normal;
  private static Visit critical;
  private static JsonNode line;

  @BeforeAll
  static void playTheNight() {
    hospital = TestHospital.open();
    normal = List.of(hospital.normal(), hospital.normal());
    critical = hospital.critical();
    normal.forEach(hospital::sendOrder);
    hospital.sendOrder(critical);
    normal.forEach(hospital::sendStudy);
    hospital.sendStudy(critical);
    normal.forEach(hospital::waitUntilAnalysed);
    line = hospital.waitUntilAnalysed(critical);
    hospital.waitUntilDelivered();
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void theCriticalStudyCameLastAndIsReadFirst() {
    assertThat(line.get("aiStatus").asText()).isEqualTo("completed");
    assertThat(line.get("severity").asText()).isEqualTo("critical");
    assertThat(line.get("topFinding").get("label").asText()).isEqualToIgnoringCase("pneumothorax");
    assertThat(line.get("matchStatus").asText()).isEqualTo("matched");
    assertThat(line.get("arrivalPosition").asInt()).isEqualTo(3);
    assertThat(line.get("position").asInt()).isEqualTo(1);
    assertThat(hospital.worklist().get(0).get("studyInstanceUid").asText())
        .isEqualTo(critical.study());
  }

  @Test
  void theArchiveHasAReportAndAHeatMapOfEachStudy() throws Exception {
    for (Visit visit : List.of(normal.get(0), normal.get(1), critical)) {
      assertThat(objects(visit, UID.Comprehensive3DSRStorage)).hasSize(1);
      assertThat(objects(visit, UID.SecondaryCaptureImageStorage)).hasSize(1);
    }
    Attributes report = objects(critical, UID.Comprehensive3DSRStorage).get(0);
    assertThat(report.getString(Tag.Modality)).isEqualTo("SR");
    assertThat(report.getString(Tag.PatientID)).isEqualTo(critical.patientId());
    assertThat(report.getString(Tag.AccessionNumber)).isEqualTo(critical.accession());
    assertThat(hospital.pacs().contradictions()).isZero();
  }

  @Test
  void theRisHasOneResultOfEachOrder() {
    assertThat(hospital.ris().results()).hasSize(3);
    String result =
        hospital.ris().results().stream()
            .filter(text -> text.contains(critical.accession()))
            .findFirst()
            .orElseThrow();
    assertThat(field(result, "MSH", 9)).startsWith("ORU^R01");
    assertThat(field(result, "MSH", 12)).isEqualTo("2.5.1");
    assertThat(field(result, "PID", 3)).startsWith(critical.patientId());
    assertThat(field(result, "OBR", 25)).isEqualTo("P");
    assertThat(result).containsIgnoringCase("pneumothorax");
    assertThat(hospital.ris().contradictions()).isZero();
  }

  @Test
  void theChartHasReportObservationsStudyDeviceAndOneStatCommunication() {
    assertThat(hospital.chart().all(DiagnosticReport.class)).hasSize(3);
    assertThat(hospital.chart().all(ImagingStudy.class)).hasSize(3);
    assertThat(hospital.chart().all(Device.class)).hasSize(1);
    DiagnosticReport report =
        hospital.chart().all(DiagnosticReport.class).stream()
            .filter(r -> r.getId().contains(line.get("analysisIds").get(0).asText()))
            .findFirst()
            .orElseThrow();
    assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    assertThat(report.getSubject().getIdentifier().getValue()).isEqualTo(critical.patientId());
    assertThat(report.getConclusion()).containsIgnoringCase("pneumothorax");
    assertThat(report.getResult())
        .allSatisfy(
            reference ->
                assertThat(
                        hospital
                            .chart()
                            .get("Observation", reference.getReferenceElement().getIdPart()))
                    .isInstanceOf(Observation.class));
    List<Communication> communications = hospital.chart().all(Communication.class);
    assertThat(communications).hasSize(1);
    assertThat(communications.get(0).getPriority())
        .isEqualTo(Communication.CommunicationPriority.STAT);
    assertThat(communications.get(0).getSubject().getIdentifier().getValue())
        .isEqualTo(critical.patientId());
  }

  @Test
  void theAuditTrailTellsWhatWasDoneAndByWhichModelVersion() {
    List<JsonNode> completed = hospital.audit("ANALYSIS_COMPLETED");
    assertThat(completed).hasSize(3);
    String version =
        hospital
            .as("RADIOLOGIST")
            .get("api/image-analysis/" + line.get("analysisIds").get(0).asText())
            .ok()
            .get("modelVersion")
            .asText();
    assertThat(version).isNotBlank();
    assertThat(completed)
        .allSatisfy(event -> assertThat(event.get("details").toString()).contains(version));
    assertThat(hospital.audit("ORDER_RECEIVED")).hasSize(3);
    assertThat(hospital.audit("STUDY_MATCHED")).hasSize(3);
    assertThat(hospital.audit("ALERT_RAISED")).hasSize(1);
  }

  private static List<Attributes> objects(Visit visit, String sopClass) throws Exception {
    List<Attributes> found = new java.util.ArrayList<>();
    for (Pacs.Stored stored : hospital.pacs().objects(sopClass)) {
      Attributes dataset = DicomReader.of(ByteSource.of(stored.file())).read().dataset();
      if (dataset.getString(Tag.StudyInstanceUID).equals(visit.study())) {
        found.add(dataset);
      }
    }
    return found;
  }

  private static String field(String message, String segment, int number) {
    for (String line : message.split("\r", -1)) {
      if (line.startsWith(segment + "|")) {
        // MSH-1 is the separator itself.
        return line.split("\\|", -1)[segment.equals("MSH") ? number - 1 : number];
      }
    }
    throw new AssertionError("no segment " + segment);
  }
}
