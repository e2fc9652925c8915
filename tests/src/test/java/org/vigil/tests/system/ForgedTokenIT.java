package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vigil.tests.server.HandmadeToken;
import org.vigil.tests.server.RawHttps;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;

/**
 * Tokens and requests that only look right: refused with one answer, and audited with the reason.
 */
class ForgedTokenIT {
  private static TestHospital hospital;
  private static TestHospital other;

  @BeforeAll
  static void openHospitals() {
    hospital = TestHospital.open();
    other = TestHospital.open();
  }

  @AfterAll
  static void closeHospitals() {
    Stream.of(hospital, other).filter(h -> h != null).forEach(TestHospital::close);
  }

  private static HandmadeToken token() {
    return new HandmadeToken(hospital.server(), hospital.id());
  }

  static List<Arguments> forged() {
    long now = Instant.now().getEpochSecond();
    return List.of(
        Arguments.of("expired", token().claim("exp", now - 120).claim("iat", now - 600).signed()),
        Arguments.of("no expiry", token().claim("exp", null).signed()),
        Arguments.of("valid for a year", token().claim("exp", now + 31_536_000).signed()),
        Arguments.of("not yet valid", token().claim("nbf", now + 600).signed()),
        Arguments.of("another issuer", token().claim("iss", "elsewhere").signed()),
        Arguments.of("no issuer", token().claim("iss", null).signed()),
        Arguments.of("another audience", token().claim("aud", "another-api").signed()),
        Arguments.of("no audience", token().claim("aud", null).signed()),
        Arguments.of("no subject", token().claim("sub", null).signed()),
        Arguments.of("none", token().unsigned()),
        Arguments.of("HMAC with the public key", token().signedWithThePublicKeyAsSecret()),
        Arguments.of("RS512", token().header("alg", "RS512").signed()),
        Arguments.of("another key's name", token().header("kid", "nobody").signed()),
        Arguments.of("no key's name", token().header("kid", null).signed()),
        Arguments.of("a key of its own", token().header("jwk", Map.of("kty", "oct")).unsigned()),
        Arguments.of(
            "a critical extension",
            token().header("crit", List.of("urn:example:extension")).signed()),
        Arguments.of("changed", token().signed().replace(".", ".e30")),
        Arguments.of("oversized", token().claim("name", "x".repeat(9000)).signed()),
        Arguments.of(
            "no session that exists",
            token().claim("sid", "00000000-0000-4000-8000-000000000000").signed()),
        Arguments.of("a session that is no UUID", token().claim("sid", "x' or '1'='1").signed()),
        Arguments.of("groups that are no list", token().claim("groups", "RADIOLOGIST").signed()),
        Arguments.of("rubbish", "a.b.c"),
        Arguments.of("empty", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forged")
  void isRefusedWithoutAHint(String what, String token) {
    Rest.Answer answer =
        hospital.server().anonymous().with("Authorization", "Bearer " + token).get("api/worklist");

    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.json().get("code").asText()).isEqualTo("IDENTITY-0002");
    assertThat(answer.json().get("details")).isEmpty();
  }

  @Test
  void theSameTokenUnchangedIsAccepted() {
    assertThat(
            hospital
                .server()
                .anonymous()
                .with("Authorization", "Bearer " + token().signed())
                .get("api/worklist")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aHospitalsTokenGivesNoRightsOverThePlatform() {
    String token = token().claim("groups", List.of("PLATFORM_ADMIN", "RADIOLOGIST")).signed();

    assertThat(
            hospital
                .server()
                .anonymous()
                .with("Authorization", "Bearer " + token)
                .get("api/platform/tenants")
                .status())
        .isEqualTo(403);
  }

  @Test
  void anotherHospitalNamedInAHeaderIsRefusedAndAudited() {
    Rest.Answer answer =
        hospital.as("RADIOLOGIST").with("X-Tenant-ID", other.id()).get("api/worklist");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().get("code").asText()).isEqualTo("TENANCY-0003");
    assertThat(hospital.audit("TOKEN_REFUSED"))
        .anyMatch(e -> e.get("details").get("problem").asText().equals("another tenant named"));
    assertThat(
            hospital
                .as("RADIOLOGIST")
                .with("X-Tenant-ID", hospital.id())
                .get("api/worklist")
                .status())
        .isEqualTo(200);
  }

  @Test
  void twoTenantHeadersOfWhichOneIsForgedAreRefused() {
    String token = "Authorization: Bearer " + hospital.server().token(hospital.id(), "RADIOLOGIST");

    assertThat(send(token, "X-Tenant-ID: " + hospital.id(), "X-Tenant-ID: " + other.id()).status())
        .isEqualTo(403);
  }

  @Test
  void twoCredentialsInOneRequestAreRefused() {
    String mine = hospital.server().token(hospital.id(), "RADIOLOGIST");
    String theirs = other.server().token(other.id(), "RADIOLOGIST");

    assertThat(send("Authorization: Bearer " + mine, "Authorization: Bearer " + theirs).status())
        .isEqualTo(400);
    assertThat(send("Cookie: vigil_session=" + mine + "; vigil_session=" + theirs).status())
        .isEqualTo(400);
    assertThat(send("Cookie: vigil_session=" + mine, "Cookie: vigil_session=" + theirs).status())
        .isEqualTo(400);
    assertThat(send("Cookie: vigil_session=" + mine).status()).isEqualTo(200);
  }

  @Test
  void aRefusedTokenIsAuditedWithTheReason() {
    String token = token().claim("aud", "another-api").signed();
    hospital.server().anonymous().with("Authorization", "Bearer " + token).get("api/worklist");

    assertThat(hospital.server().logs()).isNotEmpty();
    assertThat(hospital.server().platformAudit("TOKEN_REFUSED"))
        .anyMatch(details -> details.contains("audience"));
  }

  private static Rest.Answer send(String... headers) {
    return RawHttps.send(
        hospital.server(), "127.0.0.1", "GET", "api/worklist", List.of(headers), null);
  }
}
