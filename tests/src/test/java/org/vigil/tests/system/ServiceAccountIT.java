package org.vigil.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;

/** Peer systems that log in with client credentials, and the key that signs tokens. */
class ServiceAccountIT {
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
  void aServiceGetsATokenForItsSecretUntilItIsRevoked() {
    JsonNode account = create("RIS of the hospital", "RIS_SERVICE");
    String id = account.get("id").asText();
    Rest.Answer answer =
        token(account.get("clientId").asText(), account.get("clientSecret").asText());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("token_type").asText()).isEqualTo("Bearer");
    assertThat(answer.json().get("expires_in").asInt()).isEqualTo(3600);
    Rest ris = bearer(answer.json().get("access_token").asText());
    assertThat(ris.get("api/orders").status()).isEqualTo(200);
    assertThat(ris.get("api/alerts").status()).isEqualTo(403);

    assertThat(admin().get("api/service-accounts").text())
        .contains(account.get("clientId").asText())
        .doesNotContain(account.get("clientSecret").asText());
    assertThat(admin().send("DELETE", "api/service-accounts/" + id, null).status()).isEqualTo(204);

    assertThat(ris.get("api/orders").status()).isEqualTo(401);
    Rest.Answer refused =
        token(account.get("clientId").asText(), account.get("clientSecret").asText());
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().get("error").asText()).isEqualTo("invalid_client");
    assertThat(hospital.audit("SERVICE_ACCOUNT_CHANGED")).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aRotatedSecretServesBesideTheOldOne() {
    JsonNode account = create("PACS", "PACS_SERVICE");
    JsonNode rotated =
        admin().post("api/service-accounts/" + account.get("id").asText() + "/rotate", null).ok();

    assertThat(rotated.get("clientSecret").asText())
        .isNotEqualTo(account.get("clientSecret").asText());
    for (JsonNode each : List.of(account, rotated)) {
      assertThat(token(each.get("clientId").asText(), each.get("clientSecret").asText()).status())
          .isEqualTo(200);
    }
  }

  @Test
  void wrongSecretsOtherGrantsAndPeoplesRolesAreRefused() {
    JsonNode account = create("EHR", "EHR_SERVICE");
    String client = account.get("clientId").asText();

    assertThat(token(client, "wrong").status()).isEqualTo(401);
    assertThat(token("svc-nobody", account.get("clientSecret").asText()).status()).isEqualTo(401);
    Rest.Answer password =
        hospital
            .server()
            .anonymous()
            .form("api/auth/token", Map.of("grant_type", "password", "username", "radiologist"));
    assertThat(password.status()).isEqualTo(400);
    assertThat(password.json().get("error").asText()).isEqualTo("unsupported_grant_type");
    assertThat(
            admin()
                .post(
                    "api/service-accounts",
                    Map.of("displayName", "A person", "roles", List.of("RADIOLOGIST")))
                .status())
        .isEqualTo(400);
  }

  @Test
  void theTokenKeyRotatesWithoutLoggingAnybodyOut() {
    Rest session =
        Rest.loggedIn(hospital.server(), hospital.id(), "radiologist", TestHospital.PASSWORD, null);
    Rest operator = hospital.server().as(null, "PLATFORM_ADMIN");
    String before = operator.get("api/platform/keys/jwt").ok().get("keyId").asText();

    JsonNode rotated = operator.post("api/platform/keys/jwt/rotate", null).ok();

    assertThat(rotated.get("keyId").asText()).isNotEqualTo(before);
    assertThat(rotated.get("previousKeyId").asText()).isEqualTo(before);
    assertThat(rotated.get("warning").asBoolean()).isFalse();
    assertThat(session.get("api/worklist").status()).isEqualTo(200);
    assertThat(
            Rest.loggedIn(
                    hospital.server(), hospital.id(), "radiologist", TestHospital.PASSWORD, null)
                .get("api/worklist")
                .status())
        .isEqualTo(200);
    assertThat(hospital.as("RADIOLOGIST").get("api/worklist").status()).isEqualTo(200);
    assertThat(hospital.server().platformAudit("KEY_ROTATED")).isNotEmpty();
  }

  private static Rest admin() {
    return hospital.as("TENANT_ADMIN");
  }

  private static JsonNode create(String name, String role) {
    return admin()
        .post("api/service-accounts", Map.of("displayName", name, "roles", List.of(role)))
        .ok();
  }

  private static Rest.Answer token(String client, String secret) {
    return hospital
        .server()
        .anonymous()
        .form(
            "api/auth/token",
            Map.of(
                "grant_type", "client_credentials", "client_id", client, "client_secret", secret));
  }

  private static Rest bearer(String token) {
    return hospital.server().anonymous().with("Authorization", "Bearer " + token);
  }
}
