package org.vigil.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vigil.tests.server.TestHospital;

/** Who gets in, what each role is offered, and that a log-out is one. */
class SessionIT extends BrowserTest {

  @Test
  void aWrongPasswordIsRefusedInWordsAndARightOneOpensTheWorklist() {
    Window window = window();
    window.expect("401.*api/auth/login");
    assertThat(window.find("disclaimer")).containsText(DISCLAIMER);
    assertAccessible(window);
    window.logIn().as(hospital().id(), "radiologist", "not the password");
    assertThat(window.logIn().error()).hasAttribute("data-code", "IDENTITY-0001");
    assertThat(window.logIn().error()).containsText("is not right");
    assertThat(window.find("login-password")).hasValue("");
    window.logIn().as(hospital().id(), "radiologist", TestHospital.PASSWORD);
    assertThat(window.find("session-user")).containsText("Test RADIOLOGIST");
    assertThat(window.find("worklist-table")).isVisible();
  }

  @Test
  void afterLoggingOutTheBrowserHoldsNoSession() {
    Window window = windowOf("radiologist");
    window.find("logout").click();
    assertThat(window.logIn().form()).isVisible();
    assertThat(window.page().context().cookies()).noneMatch(c -> c.name.equals("vigil_session"));
    window.page().reload();
    assertThat(window.logIn().form()).isVisible();
    assertThat(window.find("worklist-row")).hasCount(0);
    assertThat(
            window
                .page()
                .context()
                .request()
                .get(hospital().server().pages() + "api/auth/me")
                .status())
        .isEqualTo(401);
  }

  @Test
  void anAuditorSeesTheTrailAndNothingOfTheWorklist() {
    Window window = windowOf("auditor");
    assertThat(window.find("nav-audit")).isVisible();
    assertThat(window.find("nav-worklist")).hasCount(0);
    window.go("audit");
    assertThat(window.find("audit-row").first()).isVisible();
    window.page().evaluate("() => { window.location.hash = '#/exceptions' }");
    assertThat(window.page().getByText("Your role does not include this page.")).isVisible();
    assertThat(window.find("quarantine-row")).hasCount(0);
    assertThat(window.find("disclaimer")).containsText(DISCLAIMER);
  }

  @Test
  void aReferringClinicianSeesAlertsButNeitherWorklistNorAuditTrail() {
    Window window = windowOf("referring_clinician");
    assertThat(window.find("nav-alerts")).isVisible();
    assertThat(window.find("nav-worklist")).hasCount(0);
    assertThat(window.find("nav-audit")).hasCount(0);
    window.page().evaluate("() => { window.location.hash = '#/audit' }");
    assertThat(window.page().getByText("Your role does not include this page.")).isVisible();
    assertThat(window.find("audit-row")).hasCount(0);
  }

  @Test
  void aTechnologistReadsNoAiResultAndNoAlert() {
    Window window = windowOf("technologist");
    assertThat(window.find("worklist-table")).isVisible();
    assertThat(window.find("nav-alerts")).hasCount(0);
    assertThat(window.find("nav-audit")).hasCount(0);
  }
}
