package org.vigil.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vigil.identity.domain.Base32;
import org.vigil.identity.domain.Totp;

/** One's own account in the page: first password, second factor; and emergency access. */
class AccountScreenIT extends BrowserTest {
  private static final String FIRST = "first-password-of-all";
  private static final String SECOND = "a quite different one 2";

  @Test
  void aNewPersonChoosesAPasswordSetsUpASecondFactorAndLogsInWithIt() {
    newAccount("nora", "RADIOLOGIST");
    Window window = window();
    window.expect("401.*api/auth/login");
    window.logIn().as(hospital().id(), "nora", FIRST);
    assertThat(window.find("profile-page")).hasAttribute("data-restricted", "password");
    assertAccessible(window);
    window.find("password-present").fill(FIRST);
    window.find("password-wanted").fill(SECOND);
    window.find("password-change").click();
    assertThat(window.find("password-changed")).isVisible();
    window.page().reload();

    window.logIn().as(hospital().id(), "nora", SECOND);
    window.find("nav-profile").click();
    window.find("second-factor-enrol").click();
    String secret = window.find("second-factor-secret").textContent();
    window.find("second-factor-code").fill(Totp.code(Base32.decode(secret), Instant.now()));
    window.find("second-factor-confirm").click();
    assertThat(window.find("recovery-codes").locator("li")).hasCount(10);
    window.page().reload();

    window.logIn().as(hospital().id(), "nora", SECOND);
    assertThat(window.logIn().error()).hasAttribute("data-code", "IDENTITY-0007");
    assertAccessible(window);
    window.find("login-code").fill(Totp.code(Base32.decode(secret), Instant.now().plusSeconds(30)));
    window.find("login-submit").click();
    assertThat(window.find("session-user")).containsText("nora");
  }

  @Test
  void emergencyAccessIsTakenForAReasonShownInABannerAndJudgedBySomebodyElse() {
    newAccount("otto", "RESIDENT;modality=CT");
    ownPassword("otto");
    Window resident = window();
    resident.logIn().as(hospital().id(), "otto", SECOND);
    resident.find("emergency-ask").click();
    resident.find("emergency-reason").fill("alone on call");
    resident.find("emergency-confirm").click();
    assertThat(resident.find("emergency-banner")).containsText("Emergency access until");
    assertAccessible(resident);

    Window admin = windowOf("tenant_admin");
    admin.find("nav-reviews").click();
    assertThat(admin.find("emergency-row")).containsText("alone on call");
    assertThat(admin.find("holder-row").first()).isVisible();
    assertAccessible(admin);
    admin.find("emergency-justified").click();
    admin.find("emergency-review-confirm").click();
    assertThat(admin.find("emergency-row")).hasAttribute("data-verdict", "justified");

    resident.find("emergency-end").click();
    assertThat(resident.find("emergency-ask")).isVisible();
    assertThat(hospital().audit("BREAK_GLASS_ENDED")).hasSize(1);
  }

  private static void newAccount(String user, String role) {
    hospital()
        .as("TENANT_ADMIN")
        .send(
            "PUT",
            "api/accounts/" + user,
            Map.of("displayName", user, "roles", List.of(role), "password", FIRST))
        .ok();
  }

  private static void ownPassword(String user) {
    org.vigil.tests.server.Rest.loggedIn(hospital().server(), hospital().id(), user, FIRST, null)
        .post("api/auth/profile/password", Map.of("present", FIRST, "wanted", SECOND));
  }
}
