package org.vigil.cli.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.VigilHome;

/**
 * Vigil's REST interface, called from the host it runs on. It trusts the installation's own
 * certificate ({@code certs/https.pem}) and nothing else; where that file is absent because the
 * hospital brought its own, it trusts what the JDK trusts.
 */
public final class ApiClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How the cookie of a session begins. */
  private static final String SESSION = "vigil_session=";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_DOWNLOAD = Duration.ofHours(1);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final HttpClient http;
  private final URI base;
  private final String token;

  private ApiClient(HttpClient http, URI base, String token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  /**
   * A client with the platform administrator's rights, by a token valid for five minutes and signed
   * on this host.
   *
   * @param home the installation
   */
  public static ApiClient asPlatformAdministrator(VigilHome home) {
    String token =
        new TokenSigner(home, Clock.systemUTC())
            .sign("vigil-cli", null, List.of("PLATFORM_ADMIN"), Duration.ofMinutes(5));
    return withToken(home, token);
  }

  /**
   * A client with a token.
   *
   * @param home the installation
   * @param token compact form
   */
  public static ApiClient withToken(VigilHome home, String token) {
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(trusting(home))
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    int port = Settings.ofRunningServer(home).port(Port.HTTPS);
    return new ApiClient(http, URI.create("https://localhost:" + port + "/api/"), token);
  }

  /**
   * A client of somebody who logs in as on the page; {@link #logOut} ends the session.
   *
   * @param code of the authenticator app, or null
   */
  public static ApiClient loggedIn(
      VigilHome home, String tenant, String user, char[] password, String code) {
    ApiClient nobody = withToken(home, "");
    Map<String, Object> credentials = new LinkedHashMap<>();
    credentials.put("tenant", tenant);
    credentials.put("username", user);
    credentials.put("password", new String(password));
    credentials.put("code", code);
    try {
      HttpResponse<byte[]> answer =
          nobody.http.send(
              HttpRequest.newBuilder(nobody.base.resolve("auth/login"))
                  .timeout(PATIENCE)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(credentials)))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300) {
        throw refused("POST", "auth/login", answer.statusCode(), answer.body());
      }
      return nobody.as(
          answer.headers().allValues("Set-Cookie").stream()
              .filter(cookie -> cookie.startsWith(SESSION))
              .map(cookie -> cookie.substring(SESSION.length()).split(";", 2)[0])
              .findFirst()
              .orElseThrow(
                  () -> new CommandFailure(ExitCode.FAILED, "the server gave no session")));
    } catch (IOException e) {
      throw nobody.silent(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }

  /** Ends the session behind this client's token. */
  public void logOut() {
    send("POST", "auth/logout", null);
  }

  /** Somebody else over the same connections. */
  public ApiClient as(String otherToken) {
    return new ApiClient(http, base, otherToken);
  }

  /** A hospital, as the server tells it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Tenant(
      String id,
      String name,
      String timeZone,
      String aeTitle,
      String receivingFacility,
      String state,
      String code,
      String explanation) {}

  /** A hospital to create: users and destinations as in the REST contract. */
  public record NewTenant(
      String id,
      String name,
      String timeZone,
      String aeTitle,
      String receivingFacility,
      List<NewUser> users,
      List<Destination> destinations,
      String region,
      String storageRoot,
      String backupRoot,
      Integer queueShare) {}

  /** A local account to create. */
  public record NewUser(String username, String displayName, String password, List<String> roles) {}

  /** Where results go: {@code kind} is DICOM, HL7 or FHIR; {@code tls} null for plain. */
  public record Destination(
      String kind, String host, int port, String aeTitle, String url, String facility, Tls tls) {

    /** One without TLS settings. */
    public Destination(
        String kind, String host, int port, String aeTitle, String url, String facility) {
      this(kind, host, port, aeTitle, url, facility, null);
    }
  }

  /** TLS to a destination: certificates to trust, PEM, and alias of the key to present. */
  public record Tls(String trusted, String clientKey) {}

  /** The hospitals. */
  public List<Tenant> tenants() {
    return JSON.convertValue(
        get("platform/tenants").path("tenants"), new TypeReference<List<Tenant>>() {});
  }

  /** Creates a hospital, or brings it to this description. */
  public Tenant createTenant(NewTenant tenant) {
    return JSON.convertValue(send("POST", "platform/tenants", tenant), Tenant.class);
  }

  /**
   * Reads a resource.
   *
   * @param path below {@code /api/}
   */
  public JsonNode get(String path) {
    return send("GET", path, null);
  }

  /**
   * Sends a request.
   *
   * @param method GET, POST, PUT or DELETE
   * @param path below {@code /api/}
   * @param body written as JSON, or null
   * @return the answer; a missing node if it has no body
   */
  public JsonNode send(String method, String path, Object body) {
    return send(method, path, body, PATIENCE);
  }

  /** The same for what may take long. */
  public JsonNode send(String method, String path, Object body, Duration patience) {
    HttpRequest request = request(method, path, body, patience, "application/json");
    try (InputStream in = exchange(method, path, request)) {
      byte[] answer = in.readAllBytes();
      return answer.length == 0 ? JSON.missingNode() : JSON.readTree(answer);
    } catch (IOException e) {
      throw silent(e);
    }
  }

  /**
   * Reads a resource as it comes in; the caller closes the stream.
   *
   * @param accepted as in the header {@code Accept}
   */
  public InputStream open(String path, String accepted) {
    return exchange("GET", path, request("GET", path, null, LONGEST_DOWNLOAD, accepted));
  }

  /** Writes the answer into a new file that only its owner can read, as it comes in. */
  public void download(String method, String path, Object body, Path file) {
    HttpRequest request = request(method, path, body, LONGEST_DOWNLOAD, "*/*");
    try (InputStream in = exchange(method, path, request)) {
      Files.deleteIfExists(file);
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try (OutputStream out = Files.newOutputStream(file)) {
        in.transferTo(out);
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, file + " was not written in full: " + e, e);
    }
  }

  private HttpRequest request(
      String method, String path, Object body, Duration patience, String accepted) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(patience)
            .header("Authorization", "Bearer " + token)
            .header("Accept", accepted);
    if (body == null) {
      return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
    }
    try {
      return request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private InputStream exchange(String method, String path, HttpRequest request) {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() >= 300) {
        try (InputStream told = response.body()) {
          throw refused(method, path, response.statusCode(), told.readAllBytes());
        }
      }
      return response.body();
    } catch (IOException e) {
      throw silent(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }

  private CommandFailure silent(IOException cause) {
    return new CommandFailure(
        ExitCode.NOT_RUNNING,
        "no answer from " + base + " (" + cause + "): is Vigil running? See ./vigil status",
        cause);
  }

  private static CommandFailure refused(String method, String path, int status, byte[] answer) {
    String told = "";
    try {
      JsonNode body = JSON.readTree(answer);
      if (body != null && body.has("code")) {
        told = ": " + body.path("code").asText() + " " + body.path("error").asText();
      }
    } catch (IOException e) {
      // No JSON, so not from Vigil's resources: the status says what can be said.
      told = "";
    }
    return new CommandFailure(
        ExitCode.REFUSED, method + " /api/" + path + " was answered " + status + told);
  }

  /** The certificate of this very installation is good under any name, such as localhost. */
  private static TrustManager[] pinning(KeyStore trusted, TrustManager[] managers)
      throws KeyStoreException {
    if (trusted == null || !(managers[0] instanceof X509ExtendedTrustManager others)) {
      return managers;
    }
    List<Certificate> pinned = new ArrayList<>();
    for (String alias : Collections.list(trusted.aliases())) {
      pinned.add(trusted.getCertificate(alias));
    }
    return new TrustManager[] {new PinnedTrust(pinned, others)};
  }

  /** Trusts what the installation shows of itself, for other clients of this machine. */
  public static SSLContext trusting(VigilHome home) {
    try {
      KeyStore trusted = null;
      if (Files.exists(home.certificate())) {
        trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(home.certificate())) {
          int number = 0;
          for (Certificate certificate :
              CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            trusted.setCertificateEntry("vigil-" + number++, certificate);
          }
        }
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, pinning(trusted, managers.getTrustManagers()), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          home.certificate()
              + " is no certificate in PEM: correct it, or delete it to trust what"
              + " the JDK trusts",
          e);
    }
  }
}
