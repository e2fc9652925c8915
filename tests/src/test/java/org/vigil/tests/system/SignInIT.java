package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.identity.domain.Base32;
import org.vigil.identity.domain.Totp;
import org.vigil.tests.server.RawHttps;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;

/** Accounts of people: sessions and their end, locks, passwords, second factors, roles. */
class SignInIT {
  private static final String FIRST = "first-password-of-all";
  private static final String SECOND = "a quite different one 2";

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
  void aTokenIsWorthNothingAfterLogOutWhichIsAudited() {
    Rest browser = logIn("radiologist", TestHospital.PASSWORD, null);
    assertThat(browser.get("api/auth/me").ok().get("username").asText()).isEqualTo("radiologist");

    browser.post("api/auth/logout", null);

    Rest.Answer replayed = browser.get("api/worklist");
    assertThat(replayed.status()).isEqualTo(401);
    assertThat(hospital.audit("TOKEN_REFUSED"))
        .anyMatch(
            e ->
                e.get("actorName").asText().equals("radiologist")
                    && problem(e).equals("session LOGGED_OUT"));
    assertThat(hospital.audit("LOGOUT")).isNotEmpty();
  }

  @Test
  void anAdministratorEndsSomebodysSessionsAtOnce() {
    newAccount("sam.reader", List.of("RADIOLOGIST"));
    Rest reader = firstLogIn("sam.reader");
    Rest admin = logIn("tenant_admin", TestHospital.PASSWORD, null);
    assertThat(admin.get("api/accounts/sessions").text()).contains("sam.reader");

    int ended =
        admin.send("DELETE", "api/accounts/sam.reader/sessions", null).ok().get("ended").asInt();

    assertThat(ended).isEqualTo(1);
    assertThat(reader.get("api/auth/me").status()).isEqualTo(401);
    assertThat(hospital.audit("SESSION_ENDED"))
        .anyMatch(e -> e.get("entity").asText().equals("sam.reader"));
  }

  @Test
  void aChangedRoleEndsSessionsIsAuditedAndNobodyChangesTheirOwn() {
    newAccount("kim.reader", List.of("RADIOLOGIST"));
    Rest reader = firstLogIn("kim.reader");
    Rest admin = logIn("tenant_admin", TestHospital.PASSWORD, null);

    admin
        .send(
            "PUT",
            "api/accounts/kim.reader",
            Map.of("displayName", "Kim", "roles", List.of("RESIDENT;modality=CT")))
        .ok();

    assertThat(reader.get("api/auth/me").status()).isEqualTo(401);
    JsonNode event =
        hospital.audit("ROLE_CHANGED").stream()
            .filter(e -> e.get("entity").asText().equals("kim.reader"))
            .findFirst()
            .orElseThrow();
    assertThat(event.get("details").get("before").asText()).isEqualTo("RADIOLOGIST");
    assertThat(event.get("details").get("after").asText()).isEqualTo("RESIDENT;modality=CT");
    assertThat(
            admin
                .send(
                    "PUT",
                    "api/accounts/tenant_admin",
                    Map.of("displayName", "Boss", "roles", List.of("TENANT_ADMIN", "RADIOLOGIST")))
                .status())
        .isEqualTo(403);
    assertThat(
            admin
                .send(
                    "PUT",
                    "api/accounts/kim.reader",
                    Map.of("displayName", "Kim", "roles", List.of("PLATFORM_ADMIN")))
                .status())
        .isEqualTo(403);
  }

  @Test
  void anAccountRestsAfterFiveFailuresUntilAnAdministratorUnlocksIt() {
    newAccount("lee.reader", List.of("RADIOLOGIST"));
    for (int i = 0; i < 5; i++) {
      assertThat(tryLogIn("lee.reader", "wrong-" + i, null).status()).isEqualTo(401);
    }

    Rest.Answer locked = tryLogIn("lee.reader", FIRST, null);

    assertThat(locked.status()).isEqualTo(429);
    assertThat(locked.json().get("code").asText()).isEqualTo("IDENTITY-0005");
    assertThat(locked.headers()).containsIgnoringCase("retry-after");
    logIn("tenant_admin", TestHospital.PASSWORD, null).post("api/accounts/lee.reader/unlock", null);
    assertThat(tryLogIn("lee.reader", FIRST, null).status()).isEqualTo(200);
  }

  @Test
  void aFloodOfLogInsFromOneAddressIsStoppedAndOthersAreNot() {
    accountsWhosePasswordsAreQuicklyChecked(60);
    Rest.Answer last = null;
    for (int i = 0; i < 60 && (last == null || last.status() != 429); i++) {
      last = fromFloodersAddress("user" + i, "wrong-passphrase");
      assertThat(last.status()).isIn(401, 429);
    }

    assertThat(last.status()).isEqualTo(429);
    assertThat(last.headers()).containsIgnoringCase("retry-after: ");
    assertThat(fromFloodersAddress("radiologist", TestHospital.PASSWORD).status()).isEqualTo(429);
    assertThat(tryLogIn("radiologist", TestHospital.PASSWORD, null).status()).isEqualTo(200);
    assertThat(hospital.audit("LOGIN"))
        .anyMatch(
            e ->
                e.get("details").path("code").asText().equals("IDENTITY-0005")
                    && e.get("actorAddress").asText().equals("127.0.0.77"));
  }

  @Test
  void aFirstPasswordMustBeChangedBeforeAnythingElseAndWeakOnesAreRefused() {
    newAccount("pat.reader", List.of("RADIOLOGIST"));
    Rest restricted = logIn("pat.reader", FIRST, null);
    assertThat(restricted.get("api/auth/me").ok().get("restricted").asText()).isEqualTo("password");
    Rest.Answer refused = restricted.get("api/worklist");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("code").asText()).isEqualTo("IDENTITY-0013");

    assertThat(changePassword(restricted, FIRST, "short").status()).isEqualTo(422);
    assertThat(changePassword(restricted, FIRST, "passwordpassword").status()).isEqualTo(422);
    assertThat(changePassword(restricted, "not the present one", SECOND).status()).isEqualTo(401);
    assertThat(changePassword(restricted, FIRST, SECOND).status()).isEqualTo(204);

    assertThat(restricted.get("api/auth/me").status()).isEqualTo(401);
    assertThat(tryLogIn("pat.reader", FIRST, null).status()).isEqualTo(401);
    assertThat(logIn("pat.reader", SECOND, null).get("api/worklist").status()).isEqualTo(200);
    assertThat(hospital.audit("PASSWORD_CHANGED")).isNotEmpty();
  }

  @Test
  void aSecondFactorIsAskedOnceSetUpACodeServesOnceAndARecoveryCodeToo() {
    newAccount("max.reader", List.of("RADIOLOGIST"));
    Rest session = firstLogIn("max.reader");
    JsonNode enrolment = session.post("api/auth/profile/second-factor", null).ok();
    byte[] secret = Base32.decode(enrolment.get("secret").asText());
    assertThat(enrolment.get("otpauthUri").asText())
        .startsWith("otpauth://totp/Vigil%3Amax.reader")
        .contains("issuer=Vigil");
    assertThat(
            session
                .post("api/auth/profile/second-factor/confirm", Map.of("code", "000000"))
                .status())
        .isEqualTo(401);
    String code = Totp.code(secret, Instant.now());
    JsonNode codes =
        session
            .post("api/auth/profile/second-factor/confirm", Map.of("code", code))
            .ok()
            .get("recoveryCodes");
    assertThat(codes).hasSize(10);

    Rest.Answer asked = tryLogIn("max.reader", SECOND, null);
    assertThat(asked.status()).isEqualTo(401);
    assertThat(asked.json().get("code").asText()).isEqualTo("IDENTITY-0007");
    assertThat(tryLogIn("max.reader", SECOND, code).json().get("code").asText())
        .isEqualTo("IDENTITY-0008");
    String next = Totp.code(secret, Instant.now().plusSeconds(30));
    assertThat(tryLogIn("max.reader", SECOND, next).status()).isEqualTo(200);
    assertThat(tryLogIn("max.reader", SECOND, next).status()).isEqualTo(401);
    String recovery = codes.get(0).asText().toLowerCase(java.util.Locale.ROOT);
    assertThat(tryLogIn("max.reader", SECOND, recovery).status()).isEqualTo(200);
    assertThat(tryLogIn("max.reader", SECOND, recovery).status()).isEqualTo(401);
    assertThat(hospital.audit("SECOND_FACTOR_CHANGED")).isNotEmpty();
    assertThat(
            hospital
                .server()
                .texts(
                    "select encode(totp_secret, 'escape') from platform.user_account where user_name"
                        + " = ?",
                    "max.reader")
                .get(0))
        .doesNotContain(new String(secret, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Test
  void aHospitalThatAsksForSecondFactorsLetsNobodyElseIn() {
    try (TestHospital strict = TestHospital.open()) {
      strict
          .as("TENANT_ADMIN")
          .send("PUT", "api/login-policy", Map.of("secondFactorRequired", true))
          .ok();

      Rest reader =
          Rest.loggedIn(strict.server(), strict.id(), "radiologist", TestHospital.PASSWORD, null);

      assertThat(reader.get("api/auth/me").ok().get("restricted").asText())
          .isEqualTo("second-factor");
      assertThat(reader.get("api/worklist").status()).isEqualTo(403);
      assertThat(reader.post("api/auth/profile/second-factor", null).status()).isEqualTo(200);
    }
  }

  @Test
  void aSwitchedOffAccountLogsInNoMore() {
    newAccount("gone.reader", List.of("RADIOLOGIST"));
    Rest session = firstLogIn("gone.reader");
    logIn("tenant_admin", TestHospital.PASSWORD, null)
        .send(
            "PUT",
            "api/accounts/gone.reader",
            Map.of("displayName", "Gone", "roles", List.of("RADIOLOGIST"), "enabled", false))
        .ok();

    assertThat(session.get("api/worklist").status()).isEqualTo(401);
    assertThat(tryLogIn("gone.reader", SECOND, null).status()).isEqualTo(401);
  }

  /**
   * Accounts {@code user0} and so on. Failures are counted together for five minutes, in which a
   * slow machine does not check enough passwords at what they should cost.
   */
  private static void accountsWhosePasswordsAreQuicklyChecked(int count) {
    Base64.Encoder base64 = Base64.getEncoder();
    String hash =
        "pbkdf2-sha256$1$"
            + base64.encodeToString(new byte[16])
            + "$"
            + base64.encodeToString(new byte[32]);
    assertThat(
            hospital
                .server()
                .texts(
                    "insert into platform.user_account (id, tenant_id, user_name, display_name,"
                        + " password_hash) select gen_random_uuid(), ?, 'user' || n, 'Flooded', ?"
                        + " from generate_series(0, "
                        + (count - 1)
                        + ") n returning user_name",
                    hospital.id(),
                    hash))
        .hasSize(count);
  }

  private static String problem(JsonNode event) {
    return event.get("details").get("problem").asText();
  }

  private static void newAccount(String user, List<String> roles) {
    logIn("tenant_admin", TestHospital.PASSWORD, null)
        .send(
            "PUT",
            "api/accounts/" + user,
            Map.of("displayName", "Test " + user, "roles", roles, "password", FIRST))
        .ok();
  }

  /** Logs in with the first password, changes it, and logs in with the new one. */
  private static Rest firstLogIn(String user) {
    changePassword(logIn(user, FIRST, null), FIRST, SECOND);
    return logIn(user, SECOND, null);
  }

  private static Rest.Answer changePassword(Rest session, String present, String wanted) {
    return session.post("api/auth/profile/password", Map.of("present", present, "wanted", wanted));
  }

  private static Rest logIn(String user, String password, String code) {
    return Rest.loggedIn(hospital.server(), hospital.id(), user, password, code);
  }

  private static Rest.Answer tryLogIn(String user, String password, String code) {
    Map<String, Object> credentials = new HashMap<>();
    credentials.put("tenant", hospital.id());
    credentials.put("username", user);
    credentials.put("password", password);
    credentials.put("code", code);
    return hospital.server().anonymous().post("api/auth/login", credentials);
  }

  private static Rest.Answer fromFloodersAddress(String user, String password) {
    return RawHttps.send(
        hospital.server(),
        "127.0.0.77",
        "POST",
        "api/auth/login",
        List.of(),
        "{\"tenant\":\"%s\",\"username\":\"%s\",\"password\":\"%s\"}"
            .formatted(hospital.id(), user, password));
  }
}
