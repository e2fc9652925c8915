package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.cli.demo.peer.Ris;
import org.vigil.dicom.data.UID;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.Visit;

/** What comes twice, as it does after every lost answer, is acknowledged and changes nothing. */
class DuplicatesIT {
  private static TestHospital hospital;

  @BeforeAll
  static void openHospital() {
    hospital = TestHospital.open();
  }

  @AfterAll
  static void closeHospital() {
    if (hospital != null) {
      hospital.close();
    }
  }

  @Test
  void theSameOrderAndStudyAgainChangeNothing() {
    Visit visit = hospital.critical();
    String order = visit.order(hospital.aeTitle(), "D" + UUID.randomUUID().toString().substring(9));
    assertThat(Ris.acknowledgementCode(hospital.sendMessage(order))).isEqualTo("AA");
    hospital.sendStudy(visit);
    hospital.waitUntilAnalysed(visit);
    hospital.waitUntilDelivered();
    JsonNode before = figures();

    assertThat(Ris.acknowledgementCode(hospital.sendMessage(order))).isEqualTo("AA");
    hospital.sendStudy(visit);
    hospital.sendStudy(visit);

    Patience.staysTrue("the figures to stay", () -> figures().equals(before));
    assertThat(hospital.worklist()).hasSize(1);
    assertThat(hospital.pacs().objects(UID.Comprehensive3DSRStorage)).hasSize(1);
    assertThat(hospital.pacs().objects(UID.SecondaryCaptureImageStorage)).hasSize(1);
    assertThat(hospital.ris().results()).hasSize(1);
    assertThat(hospital.chart().all(DiagnosticReport.class)).hasSize(1);
    assertThat(hospital.chart().all(Communication.class)).hasSize(1);
    assertThat(hospital.audit("ORDER_RECEIVED")).hasSize(1);
    assertThat(hospital.audit("ANALYSIS_COMPLETED")).hasSize(1);
  }

  @Test
  void theSameControlIdWithOtherContentIsRefused() {
    String controlId = "D" + UUID.randomUUID().toString().substring(9);
    assertThat(
            Ris.acknowledgementCode(
                hospital.sendMessage(hospital.normal().order(hospital.aeTitle(), controlId))))
        .isEqualTo("AA");

    String answer = hospital.sendMessage(hospital.normal().order(hospital.aeTitle(), controlId));

    assertThat(Ris.acknowledgementCode(answer)).isIn("AE", "AR");
    assertThat(answer).contains("MSH^1^10");
  }

  /** Counts that only new work can change; reading them is itself audited. */
  private static JsonNode figures() {
    com.fasterxml.jackson.databind.node.ObjectNode figures = hospital.summary().deepCopy();
    figures.remove("auditEvents");
    return figures;
  }
}
