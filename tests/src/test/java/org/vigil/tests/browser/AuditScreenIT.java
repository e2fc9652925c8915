package org.vigil.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vigil.audit.domain.Anchor;
import org.vigil.audit.domain.ChainOfSeals;
import org.vigil.audit.domain.SealingKey;
import org.vigil.audit.domain.Trail;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Secrets;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Visit;

/** The auditor's page: verification and anchors, holds, unusual access, files. */
class AuditScreenIT extends BrowserTest {

  @Test
  void unusualAccessIsSettledWithANote() {
    Visit visit = hospital().normal();
    hospital()
        .as("PRIVACY_OFFICER")
        .post(
            "api/anomalies/watched", Map.of("patientId", visit.patientId(), "note", "well known"));
    hospital().sendStudy(visit);
    hospital().waitUntilAnalysed(visit);
    hospital().as("RADIOLOGIST").get("api/studies/" + visit.study()).ok();
    Patience.until(
        "the access to be told",
        () -> hospital().as("PRIVACY_OFFICER").get("api/anomalies?openOnly=true").ok(),
        told -> !told.get("anomalies").isEmpty());

    Window officer = windowOf("privacy_officer");
    officer.go("audit");
    assertThat(officer.find("audit-tab-integrity")).hasCount(0);
    assertThat(officer.find("audit-tab-holds")).hasCount(0);
    officer.find("audit-tab-anomalies").click();
    Locator row = officer.find("anomaly-row").first();
    assertThat(row).hasAttribute("data-rule", "WATCHED_PATIENT");
    assertThat(row).containsText(visit.patientId());
    assertAccessible(officer);
    officer.photograph("audit-anomalies");
    row.getByTestId("anomaly-review").click();
    assertThat(officer.find("settle-confirm")).isDisabled();
    officer.find("settle-reason").fill("the treating physician");
    officer.find("settle-confirm").click();
    officer.find("anomaly-open-only").uncheck();
    assertThat(officer.find("anomaly-row").filter(having("the treating physician")).first())
        .hasAttribute("data-open", "false");
    assertThat(hospital().audit("ANOMALY_REVIEWED")).isNotEmpty();
  }

  @Test
  void aHoldIsPlacedAndLiftedByKeyboard() {
    Window officer = windowOf("compliance_officer");
    officer.go("audit");
    officer.find("audit-tab-holds").focus();
    officer.page().keyboard().press("Enter");
    officer.find("hold-patient").fill("HOLD-1");
    officer.find("hold-from").fill("2026-01-01T00:00");
    officer.find("hold-reason").fill("lawsuit 7 of 2026");
    officer.page().keyboard().press("Enter");
    Locator row = officer.find("hold-row").first();
    assertThat(row).hasAttribute("data-in-force", "true");
    assertThat(row).containsText("Patient HOLD-1");
    assertThat(row).containsText("lawsuit 7 of 2026");
    assertAccessible(officer);
    officer.photograph("audit-holds");

    row.getByTestId("hold-lift").focus();
    officer.page().keyboard().press("Enter");
    officer.find("lift-reason").fill("settled");
    officer.page().keyboard().press("Tab");
    officer.page().keyboard().press("Tab");
    officer.page().keyboard().press("Enter");
    assertThat(row).hasAttribute("data-in-force", "false");
    assertThat(row).containsText("settled");
    assertThat(hospital().audit("LEGAL_HOLD_LIFTED")).hasSize(1);
  }

  @Test
  void theTrailAndAReportAreTakenAwayAsFiles() throws Exception {
    Window auditor = windowOf("auditor");
    auditor.go("audit");
    assertThat(auditor.find("audit-tab-holds")).hasCount(0);
    assertThat(auditor.find("audit-row").first()).isVisible();
    auditor.find("audit-user").fill("auditor");
    auditor.find("audit-search").click();
    assertThat(auditor.find("audit-row").first()).containsText("auditor");
    assertAccessible(auditor);
    auditor.photograph("audit-trail");
    assertThat(taken(auditor, "audit-export-csv")).startsWith("id,").contains("LOGIN");
    assertThat(taken(auditor, "audit-export-fhir")).contains("\"resourceType\":\"AuditEvent\"");
    assertThat(taken(auditor, "audit-export-dicom")).contains("<AuditMessage");

    auditor.find("audit-tab-reports").click();
    assertAccessible(auditor);
    assertThat(taken(auditor, "report-download")).startsWith("%PDF-");
    assertThat(hospital().audit("AUDIT_EXPORTED")).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void theTrailIsVerifiedItsAnchorTakenAwayAndTamperingIsNamed() throws Exception {
    Window auditor = windowOf("auditor");
    auditor.go("audit");
    auditor.find("audit-tab-integrity").click();
    auditor.find("verify-run").click();
    assertThat(auditor.find("verify-result")).hasAttribute("data-intact", "true");

    // No test waits for midnight: yesterday's seals are made by moving today's, which is tampering.
    anchorAsIfADayWereOver();
    auditor.find("audit-tab-trail").click();
    auditor.find("audit-tab-integrity").click();
    assertThat(auditor.find("anchor-row")).hasCount(1);
    String day = auditor.find("anchor-row").getAttribute("data-day");
    assertThat(taken(auditor, "anchor-download"))
        .contains("vigil-audit-anchor-1", day, "signature");
    auditor.find("verify-run").click();
    assertThat(auditor.find("verify-result")).hasAttribute("data-intact", "false");
    assertThat(auditor.find("verify-finding").first()).containsText("SEAL_CHANGED");
    assertAccessible(auditor);
    auditor.photograph("audit-integrity");
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static String taken(Window window, String button) throws Exception {
    Download download = window.page().waitForDownload(() -> window.find(button).click());
    return Files.readString(download.path(), StandardCharsets.ISO_8859_1);
  }

  private static void anchorAsIfADayWereOver() throws Exception {
    var home = hospital().server().home();
    String schema = "t_" + hospital().id().replace('-', '_');
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + hospital().server().port(Port.DATABASE) + "/vigil",
            "postgres",
            Secrets.read(home, "vigil.db.superuser.password"))) {
      try (var statement = connection.createStatement()) {
        statement.execute("set session_replication_role = replica");
        statement.execute(
            "update " + schema + ".audit_seal set sealed_at = sealed_at - interval '1 day'");
      }
      SealingKey key = SealingKey.read(home.auditPrivateKey(), home.auditPublicKey());
      // The server's sealer may be at work at this moment.
      Patience.until(
          "the day to be anchored", () -> anchor(connection, schema, key), Optional::isPresent);
    }
  }

  private static Optional<Anchor> anchor(Connection connection, String schema, SealingKey key) {
    try {
      return new ChainOfSeals(new Trail(connection, schema), key).anchor();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
