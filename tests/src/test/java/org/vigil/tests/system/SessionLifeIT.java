package org.vigil.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.vigil.cli.Vigil;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.server.Profile;
import org.vigil.cli.server.Settings;
import org.vigil.tests.server.HandmadeToken;
import org.vigil.tests.server.KeySetServer;
import org.vigil.tests.server.Patience;
import org.vigil.tests.server.Rest;
import org.vigil.tests.server.TestHospital;
import org.vigil.tests.server.VigilServer;

/**
 * Sessions on a server of the production profile: what ends them, streams and restarts included,
 * and that tokens without one are not let in there.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SessionLifeIT {
  private static final String IDLE = "PT20S";

  private static VigilServer server;
  private static TestHospital hospital;

  @BeforeAll
  static void start() {
    server =
        new VigilServer(
            "sessions",
            Map.of(
                Settings.PROFILE,
                Profile.PRODUCTION.key(),
                Settings.BIND_ADDRESS,
                "127.0.0.1",
                "vigil.session.idle",
                IDLE));
    server.start();
    hospital = TestHospital.open(server);
  }

  @AfterAll
  static void stop() {
    if (hospital != null) {
      hospital.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  @Order(1)
  void tokensWithoutASessionAreForTheOperatorOnThisHostAndForMinutes() {
    assertThat(bearer("test-reader", hospital.id(), "RADIOLOGIST", 5).get("api/worklist").status())
        .isEqualTo(401);
    assertThat(bearer("vigil-cli", null, "PLATFORM_ADMIN", 5).get("api/platform/tenants").status())
        .isEqualTo(200);
    assertThat(bearer("vigil-cli", null, "PLATFORM_ADMIN", 60).get("api/platform/tenants").status())
        .isEqualTo(401);
    assertThat(bearer("somebody", null, "PLATFORM_ADMIN", 5).get("api/platform/tenants").status())
        .isEqualTo(401);
    assertThat(server.platformAudit("TOKEN_REFUSED")).anyMatch(d -> d.contains("no session"));
  }

  @Test
  @Order(1)
  void anOperatorsCommandWantsTheLogInOfSomebodyOfTheHospital() {
    InputStream standard = System.in;
    try {
      System.setIn(new ByteArrayInputStream((TestHospital.PASSWORD + "\n").getBytes(UTF_8)));
      assertThat(holds()).isEqualTo(2);
      assertThat(holds("--login", "compliance_officer")).isZero();
      System.setIn(new ByteArrayInputStream("wrong\n".getBytes(UTF_8)));
      assertThat(holds("--login", "compliance_officer")).isEqualTo(7);
    } finally {
      System.setIn(standard);
    }
  }

  private static int holds(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "audit",
                "hold",
                "list",
                "--home",
                server.home().root().toString(),
                "--tenant",
                hospital.id()));
    arguments.addAll(List.of(more));
    return Vigil.commandLine().execute(arguments.toArray(String[]::new));
  }

  @Test
  @Order(2)
  void aLogOutEndsTheOpenStreamToo() throws Exception {
    Rest reader = logIn();
    try (InputStream events = reader.stream("api/worklist/events")) {
      assertThat(events.read()).isNotNegative();
      CompletableFuture<byte[]> rest =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return events.readAllBytes();
                } catch (IOException e) {
                  // Reset rather than ended: the stream is over either way.
                  return new byte[0];
                }
              });

      reader.post("api/auth/logout", null);

      assertThat(rest.get(60, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  @Order(3)
  void aSessionThatOnlyThePageUsesEndsByItself() {
    Rest reader = logIn();
    Rest page = reader.with("X-Vigil-Background", "1");
    assertThat(page.get("api/worklist").status()).isEqualTo(200);

    Patience.until(
        "the session to end of idleness",
        () -> page.get("api/worklist").status(),
        status -> status == 401);

    assertThat(reader.get("api/worklist").status()).isEqualTo(401);
    assertThat(
            server.texts(
                "select end_reason from platform.login_session where end_reason = ?", "IDLE"))
        .isNotEmpty();
  }

  /** Keys and tokens are as of a provider whose key happens to be the server's own. */
  @Test
  @Order(4)
  void aTokenOfAProviderThatNobodyUsesEndsByItselfToo() throws Exception {
    HandmadeToken own = new HandmadeToken(server, hospital.id());
    try (KeySetServer provider = new KeySetServer(own.keyId(), publicKey())) {
      server.texts(
          "with p as (insert into platform.identity_provider (tenant_id, issuer, audience,"
              + " client_id, jwks_uri, authorization_endpoint, token_endpoint, user_name_claim,"
              + " groups_claim) values (?, 'https://sso.example', 'vigil-test', 'vigil', ?, '', '',"
              + " 'preferred_username', 'groups') returning tenant_id) insert into"
              + " platform.identity_provider_group select tenant_id, 'radiology', 'RADIOLOGIST'"
              + " from p returning tenant_id",
          hospital.id(),
          provider.uri());
      Rest used = ofProvider("first-session");
      Rest revoked = ofProvider("third-session");
      assertThat(revoked.get("api/worklist").status()).isEqualTo(200);
      assertThat(
              administrator()
                  .send("DELETE", "api/accounts/maeve/sessions", null)
                  .json()
                  .get("ended")
                  .asInt())
          .isEqualTo(1);
      assertThat(revoked.get("api/worklist").status()).isEqualTo(401);
      assertThat(ofProvider("third-session").get("api/worklist").status())
          .as("a refreshed token of the same session")
          .isEqualTo(401);

      Rest unused = ofProvider("second-session");
      assertThat(unused.get("api/worklist").status()).isEqualTo(200);

      // The one that is used lasts while the other, shown by a page alone, ends.
      Patience.until(
          "the session behind the token to end of idleness",
          () -> {
            assertThat(used.get("api/worklist").status()).isEqualTo(200);
            return unused.with("X-Vigil-Background", "1").get("api/worklist").status();
          },
          status -> status == 401);

      assertThat(ofProvider("second-session").get("api/worklist").status()).isEqualTo(401);
      assertThat(used.get("api/worklist").status()).isEqualTo(200);
      used.post("api/auth/logout", null);
      assertThat(ofProvider("first-session").get("api/worklist").status()).isEqualTo(401);
      assertThat(
              server.texts(
                  "select end_reason from platform.login_session where method = 'OPENID_TOKEN'"
                      + " and tenant_id = ?",
                  hospital.id()))
          .containsExactlyInAnyOrder("IDLE", "LOGGED_OUT", "REVOKED");
      assertThat(hoursAtMost("OPENID_TOKEN")).containsExactly("4");
    }
  }

  @Test
  @Order(5)
  void whatWasLoggedOutStaysRefusedAfterARestart() {
    Rest reader = logIn();
    reader.post("api/auth/logout", null);
    server.kill();
    server.start();

    assertThat(reader.get("api/worklist").status()).isEqualTo(401);
    assertThat(logIn().get("api/worklist").status()).isEqualTo(200);
  }

  /** Both clocks are wound forward in the database, while the server does not run. */
  @Test
  @Order(6)
  void aSessionInUseEndsAfterFourHoursAndWhatExpiresIsToldInTheLog() {
    String secret =
        administrator()
            .post(
                "api/service-accounts",
                Map.of("displayName", "Night RIS", "roles", List.of("RIS_SERVICE")))
            .json()
            .get("clientId")
            .asText();
    Rest reader = logIn();
    assertThat(reader.get("api/worklist").status()).isEqualTo(200);
    assertThat(hoursAtMost("PASSWORD")).containsExactly("4");
    server.kill();
    server.texts(
        "update platform.login_session set last_seen_at = now() + interval '1 minute',"
            + " ends_at = now() + interval '60 seconds'"
            + " where tenant_id = ? and ended_at is null returning user_name",
        hospital.id());
    server.texts(
        "update platform.service_account set secret_expires_at = now() + interval '9 days 1 hour'"
            + " where client_id = ? returning client_id",
        secret);
    server.start();

    Patience.until(
        "the session in use to end",
        () -> reader.get("api/worklist").status(),
        status -> status == 401);
    assertThat(
            server.texts(
                "select end_reason from platform.login_session where end_reason = ?", "EXPIRED"))
        .isNotEmpty();
    Patience.until(
        "the warning in the log",
        () -> log().contains("The secret of service account " + secret),
        found -> found);
    assertThat(log()).containsPattern("secret of service account " + secret + ".*, in [89] days");
  }

  private static String log() {
    try {
      return Files.readString(server.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Longest lives of the sessions of a method, in hours. */
  private static List<String> hoursAtMost(String method) {
    return server.texts(
        "select distinct (extract(epoch from ends_at - opened_at) / 3600)::int::text"
            + " from platform.login_session where method = ?",
        method);
  }

  /** A fresh token of one of the provider's sessions. */
  private static Rest ofProvider(String session) {
    String token =
        new HandmadeToken(server, hospital.id())
            .claim("tenant", null)
            .claim("iss", "https://sso.example")
            .claim("aud", "vigil-test")
            .claim("preferred_username", "maeve")
            .claim("groups", List.of("radiology"))
            .claim("sid", session)
            .claim("jti", UUID.randomUUID().toString())
            .signed();
    return server.anonymous().with("Authorization", "Bearer " + token);
  }

  private static RSAPublicKey publicKey() throws Exception {
    String pem = Files.readString(server.home().jwtPublicKey());
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new X509EncodedKeySpec(
                    Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""))));
  }

  private static Rest administrator() {
    return Rest.loggedIn(server, hospital.id(), "tenant_admin", TestHospital.PASSWORD, null);
  }

  private static Rest logIn() {
    return Rest.loggedIn(server, hospital.id(), "radiologist", TestHospital.PASSWORD, null);
  }

  private static Rest bearer(String user, String tenant, String role, int minutes) {
    String token =
        new TokenSigner(server.home(), Clock.systemUTC())
            .sign(user, tenant, List.of(role), Duration.ofMinutes(minutes));
    return server.anonymous().with("Authorization", "Bearer " + token);
  }
}
