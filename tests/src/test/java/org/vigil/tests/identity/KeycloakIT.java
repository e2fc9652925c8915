package org.vigil.tests.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;

/** A hospital whose people are in a Keycloak: bearer tokens, log-in by code, groups, keys. */
class KeycloakIT {
  private static TestHospital hospital;
  private static TestHospital other;
  private static Keycloak keycloak;

  @BeforeAll
  static void open() {
    keycloak = Keycloak.start(VigilServer.shared().pages() + "api/auth/openid/callback");
    hospital = TestHospital.open();
    other = TestHospital.open();
    keycloak.await();
    hospital
        .as("TENANT_ADMIN")
        .send(
            "PUT",
            "api/identity-provider",
            Map.of(
                "issuer", keycloak.issuer(),
                "audience", "vigil-hospital",
                "clientId", "vigil",
                "clientSecret", keycloak.secret(),
                "groups", Map.of("radiology", List.of("RADIOLOGIST;modality=DX+CR"))))
        .ok();
  }

  @AfterAll
  static void close() {
    if (keycloak != null) {
      keycloak.close();
    }
    Stream.of(hospital, other).filter(h -> h != null).forEach(TestHospital::close);
  }

  @Test
  void aBearerTokenOfTheProviderIsAcceptedForItsHospitalWithTheRolesOfItsGroups() {
    Rest maeve = bearer(keycloak.accessToken("maeve"));

    assertThat(maeve.get("api/auth/me").ok().get("tenant").asText()).isEqualTo(hospital.id());
    assertThat(maeve.get("api/auth/me").ok().get("username").asText()).isEqualTo("maeve");
    assertThat(maeve.get("api/auth/me").ok().get("displayName").asText())
        .isEqualTo("Maeve Halloran");
    assertThat(maeve.get("api/auth/me").ok().get("roles").get(0).asText())
        .isEqualTo("RADIOLOGIST;modality=CR+DX");
    assertThat(maeve.get("api/worklist").status()).isEqualTo(200);
    assertThat(maeve.get("api/audit").status()).isEqualTo(403);
    assertThat(maeve.with("X-Tenant-ID", other.id()).get("api/worklist").status()).isEqualTo(403);
  }

  @Test
  void aGroupWithoutARoleMayDoNothing() {
    assertThat(bearer(keycloak.accessToken("paul")).get("api/worklist").status()).isEqualTo(403);
  }

  @Test
  void aTokenForAnotherAudienceOrChangedIsRefused() {
    String token = keycloak.accessToken("maeve");
    String[] parts = token.split("\\.", -1);

    assertThat(bearer(keycloak.accessTokenOfAnotherClient("maeve")).get("api/worklist").status())
        .isEqualTo(401);
    assertThat(
            bearer(parts[0] + "." + parts[1] + "." + parts[2].substring(1) + "A")
                .get("api/worklist")
                .status())
        .isEqualTo(401);
    assertThat(bearer(parts[0] + "." + parts[1] + ".").get("api/worklist").status()).isEqualTo(401);
  }

  @Test
  void aBearerTokenIsRevokedWithItsSessionRefreshedOnesToo() {
    Keycloak.Grant grant = keycloak.grant("maeve");
    assertThat(bearer(grant.accessToken()).get("api/worklist").status()).isEqualTo(200);
    assertThat(bearer(keycloak.refreshed(grant)).get("api/worklist").status()).isEqualTo(200);
    assertThat(hospital.audit("LOGIN"))
        .anyMatch(e -> e.get("details").get("method").asText().equals("OPENID_TOKEN"));

    hospital.as("TENANT_ADMIN").send("DELETE", "api/accounts/maeve/sessions", null).ok();

    assertThat(bearer(grant.accessToken()).get("api/worklist").status()).isEqualTo(401);
    assertThat(bearer(keycloak.refreshed(grant)).get("api/worklist").status()).isEqualTo(401);
    assertThat(bearer(keycloak.accessToken("maeve")).get("api/worklist").status()).isEqualTo(200);
    assertThat(hospital.audit("TOKEN_REFUSED"))
        .anyMatch(e -> e.get("details").get("problem").asText().equals("session REVOKED"));
  }

  @Test
  void aNewKeyOfTheProviderIsFetchedByItself() {
    String before = keycloak.accessToken("maeve");
    keycloak.rotateKey();
    String after = keycloak.accessToken("maeve");
    assertThat(header(after)).isNotEqualTo(header(before));

    // At most once in half a minute Vigil asks for keys it does not know.
    Patience.until(
        "a token of the new key to be accepted",
        () -> bearer(after).get("api/worklist").status(),
        status -> status == 200);
    assertThat(bearer(before).get("api/worklist").status()).isEqualTo(200);
  }

  @Test
  void aPersonLogsInAtTheProviderAndHasASessionOfVigils() {
    Rest anonymous = hospital.server().anonymous();
    assertThat(
            anonymous
                .get("api/auth/openid?tenant=" + hospital.id())
                .ok()
                .get("available")
                .asBoolean())
        .isTrue();
    assertThat(
            anonymous.get("api/auth/openid?tenant=" + other.id()).ok().get("available").asBoolean())
        .isFalse();

    Rest.Answer start = anonymous.get("api/auth/openid/start?tenant=" + hospital.id());
    assertThat(start.status()).isEqualTo(303);
    String callback = passKeycloaksLogIn(location(start), "maeve");
    String path = callback.substring(hospital.server().pages().length());

    assertThat(location(anonymous.get(path))).contains("log-in-refused");

    Rest.Answer again = anonymous.get("api/auth/openid/start?tenant=" + hospital.id());
    String second = passKeycloaksLogIn(location(again), "maeve");
    String secondPath = second.substring(hospital.server().pages().length());
    Rest browser = anonymous.with("Cookie", again.cookie("vigil_openid"));
    Rest.Answer done = browser.get(secondPath);
    assertThat(done.status()).isEqualTo(303);
    assertThat(location(done)).isEqualTo(hospital.server().pages());
    Rest session = anonymous.with("Cookie", done.cookie("vigil_session"));
    assertThat(session.get("api/auth/me").ok().get("username").asText()).isEqualTo("maeve");
    assertThat(session.get("api/worklist").status()).isEqualTo(200);
    assertThat(location(browser.get(secondPath))).contains("log-in-refused");

    session.with("X-Requested-With", "vigil").post("api/auth/logout", null);
    assertThat(session.get("api/worklist").status()).isEqualTo(401);
    assertThat(hospital.audit("LOGIN"))
        .anyMatch(
            e ->
                e.get("actorName").asText().equals("maeve")
                    && e.get("details").get("method").asText().equals("OPENID"));
  }

  /** As a browser would, through the provider's own page; gives back where it is sent then. */
  private static String passKeycloaksLogIn(String authorize, String user) {
    HttpResponse<String> page = keycloak.send(HttpRequest.newBuilder(URI.create(authorize)).GET());
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    Matcher action = Pattern.compile("action=\"([^\"]+)\"").matcher(page.body());
    assertThat(action.find()).as(page.body()).isTrue();
    String cookies =
        page.headers().allValues("set-cookie").stream()
            .map(c -> c.substring(0, c.indexOf(';')))
            .collect(Collectors.joining("; "));
    HttpResponse<String> answer =
        keycloak.send(
            HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookies)
                .POST(
                    Keycloak.form(
                        Map.of(
                            "username",
                            user,
                            "password",
                            keycloak.password(),
                            "credentialId",
                            ""))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("location").orElseThrow();
  }

  private static String location(Rest.Answer answer) {
    Matcher location = Pattern.compile("(?i)location=\\[([^\\]]+)\\]").matcher(answer.headers());
    assertThat(location.find()).as(answer.toString()).isTrue();
    return location.group(1);
  }

  private static String header(String token) {
    return token.substring(0, token.indexOf('.'));
  }

  private static Rest bearer(String token) {
    return hospital.server().anonymous().with("Authorization", "Bearer " + token);
  }
}
