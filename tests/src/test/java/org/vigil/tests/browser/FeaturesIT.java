package org.vigil.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Visit;

/**
 * The administrator switches a feature and the reader sees it; the privacy officer keeps consent.
 */
class FeaturesIT extends BrowserTest {

  @Test
  void whatTheAdministratorSwitchesOffIsNotOfferedToTheReader() {
    Visit before = hospital().critical();
    hospital().sendStudy(before);
    hospital().waitUntilLine(before, "aiStatus", "completed");

    Window admin = windowOf("tenant_admin");
    admin.go("features");
    Locator detection = admin.page().locator("[data-feature-key=abnormality_detection]");
    assertThat(detection).hasAttribute("data-enabled", "true");
    assertAccessible(admin);
    detection.getByTestId("feature-switch").click();
    assertThat(admin.find("feature-confirm")).isDisabled();
    admin.find("feature-reason").fill("under review");
    admin.find("feature-confirm").click();
    assertThat(detection).hasAttribute("data-enabled", "false");
    assertThat(admin.find("feature-log-row").first()).containsText("under review");
    admin.photograph("features");

    Visit after = hospital().normal();
    hospital().sendStudy(after);
    JsonNode line = hospital().waitUntilLine(after, "aiStatus", "not_run");
    org.assertj.core.api.Assertions.assertThat(line.get("aiNotRunReason").asText())
        .contains("under review");

    Window reader = windowOf("radiologist");
    reader.study(after.study());
    assertThat(reader.find("ai-unavailable")).containsText("AI analysis not available");
    assertThat(reader.find("ai-unavailable")).containsText("under review");
    assertThat(reader.find("ai-unavailable")).hasAttribute("data-code", "TENANCY-0009");
    assertThat(reader.find("reveal-switch")).hasCount(0);
    assertThat(reader.find("rerun")).hasCount(0);
    assertAccessible(reader);

    StudyScreen earlier = reader.study(before.study());
    assertThat(reader.find("ai-unavailable")).containsText("stays readable");
    earlier.reveal();
    assertThat(earlier.positiveFindings().first()).isVisible();

    hospital()
        .as("TENANT_ADMIN")
        .send(
            "PUT",
            "api/ai-features/abnormality_detection",
            Map.of("enabled", true, "reason", "end of the test"))
        .ok();
  }

  @Test
  void thePrivacyOfficerRecordsAnObjection() {
    Visit visit = hospital().normal();
    Window officer = windowOf("privacy_officer");
    officer.go("consents");
    assertAccessible(officer);
    officer.find("consent-patient").fill(visit.patientId());
    officer.find("consent-reason").fill("told the front desk");
    officer.find("consent-save").click();
    Locator row = officer.find("consent-row").first();
    assertThat(row).hasAttribute("data-opted-out", "true");
    assertThat(row).containsText(visit.patientId());

    hospital().sendStudy(visit);
    hospital().waitUntilLine(visit, "aiStatus", "not_run");
    Window reader = windowOf("radiologist");
    reader.study(visit.study());
    assertThat(reader.find("ai-unavailable")).containsText("opted out");
    assertThat(reader.find("nav-features")).hasCount(0);
  }
}
