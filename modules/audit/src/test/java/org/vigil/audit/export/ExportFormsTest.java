package org.vigil.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openehealth.ipf.commons.audit.unmarshal.dicom.DICOMAuditParser;
import org.vigil.audit.api.AuditTrail.Entry;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;

/** What leaves the house: FHIR, DICOM, CSV and PDF. */
class ExportFormsTest {
  private static Entry entry(Action action, String user) {
    return new Entry(
        42,
        Instant.parse("2026-11-22T02:17:00.123456Z"),
        action,
        Outcome.SUCCESS,
        "PERSON",
        user,
        "10.0.0.7",
        "1.2.3",
        "P1",
        "analysis-1",
        Map.of("modelVersion", "1.1.0"));
  }

  @Test
  void aReadFollowsThePatientReadPattern() {
    AuditEvent event = FhirAuditEvents.resource(entry(Action.IMAGE_ACCESSED, "reader"), "st-agnes");

    assertThat(event.getMeta().getProfile().get(0).getValue())
        .endsWith("IHE.BasicAudit.PatientRead");
    assertThat(event.getType().getCode()).isEqualTo("rest");
    assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("read");
    assertThat(event.getAgent()).hasSize(2);
    assertThat(event.getAgentFirstRep().getRequestor()).isTrue();
    assertThat(event.getAgentFirstRep().getNetwork().getAddress()).isEqualTo("10.0.0.7");
    assertThat(event.getEntity().get(0).getWhat().getIdentifier().getValue()).isEqualTo("P1");
    assertThat(FhirAuditEvents.json(entry(Action.LOGIN, "reader"), "st-agnes"))
        .contains("110114")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void everyActionHasItsDicomMessage(Action action) throws Exception {
    String xml = DicomAuditMessages.xml(entry(action, "reader"), "st-agnes");

    var message = new DICOMAuditParser().parse(xml, true);
    assertThat(message.getEventIdentification().getEventDateTime())
        .isEqualTo(Instant.parse("2026-11-22T02:17:00.123456Z"));
    assertThat(message.getActiveParticipants().get(0).getUserID()).isEqualTo("reader");
    assertThat(xml).contains("P1", "1.2.3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "=cmd()|'=cmd()",
        "+1|'+1",
        "-1|'-1",
        "@SUM(A1)|'@SUM(A1)",
        "plain|plain",
        "a,b|\"a,b\"",
        "say \"hi\"|\"say \"\"hi\"\"\"",
        "=a,b|\"'=a,b\""
      })
  void noCellIsTakenForAFormula(String value, String cell) {
    assertThat(CsvTable.cell(value)).isEqualTo(cell);
  }

  @Test
  void theReportIsAPdfOfAsManyPagesAsItTakes() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (QuarterlyReport report = new QuarterlyReport("Audit report 2026 Q4")) {
      report.section("Events", java.util.Collections.nCopies(120, "LOGIN  success  7"));
      report.section("Names", List.of("Österreich 日本"));
      report.write(out);
    }

    try (var document = Loader.loadPDF(out.toByteArray())) {
      assertThat(document.getNumberOfPages()).isEqualTo(3);
      assertThat(new PDFTextStripper().getText(document))
          .contains("Audit report 2026 Q4", "LOGIN success 7".substring(0, 5), "Österreich ??");
    }
  }
}
