package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.server.VigilHome;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;

/** Who may do what: 401 for whoever is nobody, 403 for the wrong role, and both without a hint. */
class AccessIT {
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

  @ParameterizedTest(name = "{0} at {1} is answered {2}")
  @CsvSource({
    "RADIOLOGIST, api/worklist, 200",
    "AUDITOR, api/worklist, 403",
    "REFERRING_CLINICIAN, api/worklist, 403",
    "AUDITOR, api/audit, 200",
    "RADIOLOGIST, api/audit, 403",
    "TENANT_ADMIN, api/audit, 403",
    "TENANT_ADMIN, api/platform/tenants, 403",
    "RADIOLOGIST, api/platform/tenants, 403",
    "AUDITOR, dicomweb/studies, 403",
    "TECHNOLOGIST, api/alerts, 403",
    "REFERRING_CLINICIAN, api/quarantine, 403",
    "REFERRING_CLINICIAN, api/deliveries, 403"
  })
  void aRoleSeesWhatItsWorkNeeds(String role, String path, int status) {
    assertThat(hospital.as(role).get(path).status()).isEqualTo(status);
  }

  @Test
  void aRefusalIsAudited() {
    int before = hospital.audit("ACCESS_REFUSED").size();

    hospital.as("TECHNOLOGIST").get("api/alerts");

    assertThat(hospital.audit("ACCESS_REFUSED")).hasSize(before + 1);
  }

  @Test
  void nobodyIsLetInWithoutAToken() {
    for (String path : List.of("api/worklist", "api/audit", "dicomweb/studies", "api/alerts")) {
      assertThat(hospital.server().anonymous().get(path).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void anExpiredTokenIsRefused() {
    Clock yesterday = Clock.fixed(Instant.now().minus(Duration.ofDays(1)), ZoneOffset.UTC);
    String token =
        new TokenSigner(hospital.server().home(), yesterday)
            .sign("late", hospital.id(), List.of("RADIOLOGIST"), Duration.ofHours(1));

    assertRefused(token);
  }

  @Test
  void anUnsignedTokenIsRefused() {
    String[] parts = hospital.server().token(hospital.id(), "RADIOLOGIST").split("\\.", -1);
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    assertRefused(none + "." + parts[1] + ".");
    assertRefused(none + "." + parts[1] + "." + parts[2]);
  }

  @Test
  void aTokenSignedByAnotherKeyIsRefused(@TempDir Path folder) throws Exception {
    VigilHome other = new VigilHome(folder);
    other.create();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    Files.writeString(
        other.jwtPrivateKey(),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");

    assertRefused(
        new TokenSigner(other, Clock.systemUTC())
            .sign("stranger", hospital.id(), List.of("RADIOLOGIST"), Duration.ofHours(1)));
  }

  @Test
  void aTokenOfAHospitalThatDoesNotExistIsRefused() {
    int status =
        hospital.server().as("no-such-hospital", "RADIOLOGIST").get("api/worklist").status();

    assertThat(status).isIn(401, 403, 404);
  }

  @Test
  void aWrongPasswordIsToldApartFromNothing() {
    Rest anonymous = hospital.server().anonymous();
    Rest.Answer wrong = anonymous.post("api/auth/login", login("radiologist", "wrong-passphrase"));
    Rest.Answer unknown = anonymous.post("api/auth/login", login("nobody", "wrong-passphrase"));
    Rest.Answer right =
        anonymous.post("api/auth/login", login("radiologist", TestHospital.PASSWORD));

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.json().get("code").asText()).isEqualTo("IDENTITY-0001");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.json().get("code").asText()).isEqualTo("IDENTITY-0001");
    assertThat(right.status()).isEqualTo(200);
    assertThat(right.headers()).contains("vigil_session", "HttpOnly", "Secure", "SameSite=Strict");
  }

  private static Map<String, String> login(String user, String password) {
    return Map.of("tenant", hospital.id(), "username", user, "password", password);
  }

  private static void assertRefused(String token) {
    Rest.Answer answer =
        hospital.server().anonymous().with("Authorization", "Bearer " + token).get("api/worklist");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().get("code").asText()).isEqualTo("IDENTITY-0002");
  }
}
