package org.vigil.tests.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.vigil.tests.server.VigilServer;

/** A real Keycloak, unpacked by the build, with one realm; on a free port of the loopback. */
final class Keycloak implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DISTRIBUTIONS = Path.of("target/keycloak");

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final int port = VigilServer.freePorts(2).get(0);
  private final String password = UUID.randomUUID().toString();
  private final String secret = UUID.randomUUID().toString();
  private final Process process;

  private Keycloak(String redirectUri) {
    try (Stream<Path> found = Files.list(DISTRIBUTIONS)) {
      Path home =
          found
              .filter(p -> p.getFileName().toString().startsWith("keycloak-"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no Keycloak in " + DISTRIBUTIONS))
              .toAbsolutePath();
      clear(home.resolve("data"));
      Path realms = Files.createDirectories(home.resolve("data/import"));
      Files.writeString(
          realms.resolve("hospital-realm.json"),
          new String(
                  Keycloak.class
                      .getResourceAsStream("/keycloak/hospital-realm.json")
                      .readAllBytes(),
                  StandardCharsets.UTF_8)
              .replace("@SECRET@", secret)
              .replace("@PASSWORD@", password)
              .replace("@REDIRECT@", redirectUri));
      ProcessBuilder builder =
          new ProcessBuilder(
                  "bash",
                  home.resolve("bin/kc.sh").toString(),
                  "start-dev",
                  "--http-host=127.0.0.1",
                  "--http-port=" + port,
                  "--db=dev-mem",
                  "--import-realm")
              .redirectErrorStream(true)
              .redirectOutput(Path.of("target/keycloak.log").toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
      // It lives for a minute: code of the second compiler would cost more than it saves.
      builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
      builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
      builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", password);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins to start it; other things can be done meanwhile. */
  static Keycloak start(String redirectUri) {
    Keycloak keycloak = new Keycloak(redirectUri);
    Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close));
    return keycloak;
  }

  /** Waits until the realm answers. */
  void await() {
    // Its first start builds itself, which takes minutes on a busy machine.
    Awaitility.await("Keycloak to answer (target/keycloak.log)")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(500))
        .pollInSameThread()
        .until(this::answers);
  }

  /** The realm as tokens name it. */
  String issuer() {
    return "http://127.0.0.1:" + port + "/realms/hospital";
  }

  /** Of the client {@code vigil}. */
  String secret() {
    return secret;
  }

  /** Of everybody in the realm. */
  String password() {
    return password;
  }

  /** An access token of a user by the client {@code vigil}. */
  String accessToken(String user) {
    return grant(user).accessToken();
  }

  /** A new log-in of a user by the client {@code vigil}. */
  Grant grant(String user) {
    return grant(
        issuer(),
        Map.of(
            "grant_type",
            "password",
            "scope",
            "openid",
            "client_id",
            "vigil",
            "client_secret",
            secret,
            "username",
            user,
            "password",
            password));
  }

  /** A fresh access token of the same log-in. */
  String refreshed(Grant grant) {
    return grant(
            issuer(),
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                "vigil",
                "client_secret",
                secret,
                "refresh_token",
                grant.refreshToken()))
        .accessToken();
  }

  /** An access token of a user for something that is not Vigil. */
  String accessTokenOfAnotherClient(String user) {
    return grant(
            issuer(),
            Map.of(
                "grant_type", "password",
                "scope", "openid",
                "client_id", "cafeteria",
                "username", user,
                "password", password))
        .accessToken();
  }

  /** Signs with a new key from now on. */
  void rotateKey() {
    String master = "http://127.0.0.1:" + port;
    String admin =
        grant(
                master + "/realms/master",
                Map.of(
                    "grant_type", "password",
                    "client_id", "admin-cli",
                    "username", "admin",
                    "password", password))
            .accessToken();
    String component =
        "{\"name\":\"fresh\",\"providerId\":\"rsa-generated\","
            + "\"providerType\":\"org.keycloak.keys.KeyProvider\","
            + "\"config\":{\"priority\":[\"500\"],\"keySize\":[\"2048\"],\"active\":[\"true\"],"
            + "\"enabled\":[\"true\"],\"algorithm\":[\"RS256\"]}}";
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(master + "/admin/realms/hospital/components"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(component)));
    if (answer.statusCode() != 201) {
      throw new AssertionError("Keycloak answered " + answer.statusCode() + answer.body());
    }
  }

  /** Sends a request without following where it leads. */
  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(
          request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Fields as a form. */
  static HttpRequest.BodyPublisher form(Map<String, String> fields) {
    return HttpRequest.BodyPublishers.ofString(
        fields.entrySet().stream()
            .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&")));
  }

  private Grant grant(String realm, Map<String, String> fields) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(form(fields)));
    try {
      JsonNode body = JSON.readTree(answer.body());
      if (!body.has("access_token")) {
        throw new AssertionError("Keycloak answered " + answer.statusCode() + answer.body());
      }
      return new Grant(body.get("access_token").asText(), body.path("refresh_token").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("Keycloak has ended: see target/keycloak.log");
    }
    try {
      return http.send(
                  HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                      .timeout(Duration.ofSeconds(20))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      // Not listening yet.
      return false;
    }
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : all) {
          Files.delete(file);
        }
      }
    }
  }

  /** What a log-in gives. */
  record Grant(String accessToken, String refreshToken) {}

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
