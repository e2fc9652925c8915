package org.vigil.web.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.identity.api.OpenIdProviders.Provider;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** What Vigil asks of an OpenID provider: its configuration, and tokens for a code. */
@ApplicationScoped
public class OpenIdClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject
  @ConfigProperty(name = "vigil.profile", defaultValue = "production")
  private String profile;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Reads a provider's configuration (OpenID Connect Discovery 1.0 §4).
   *
   * @throws VigilException KERNEL-0003 where the issuer is not HTTPS, IDENTITY-0015 where it does
   *     not answer or is another
   */
  public Endpoints discover(String issuer) {
    URI base = checked(issuer, "issuer");
    String path = base.toString().replaceAll("/$", "") + "/.well-known/openid-configuration";
    JsonNode found = ask(HttpRequest.newBuilder(URI.create(path)).GET());
    if (!issuer.equals(found.path("issuer").asText())) {
      throw new VigilException(
          ErrorCode.IDENTITY_0015, Map.of("problem", "it names another issuer"));
    }
    return new Endpoints(
        checked(found.path("jwks_uri").asText(), "jwks_uri"),
        checked(found.path("authorization_endpoint").asText(), "authorization_endpoint"),
        checked(found.path("token_endpoint").asText(), "token_endpoint"));
  }

  /** Exchanges a code for an ID token (RFC 6749 §4.1.3 with RFC 7636). */
  String idToken(
      Provider provider,
      Optional<char[]> secret,
      String code,
      String verifier,
      String redirectUri) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("client_id", provider.clientId());
    form.put("code_verifier", verifier);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(provider.tokenEndpoint())
            .header("Content-Type", "application/x-www-form-urlencoded");
    secret.ifPresent(
        s ->
            request.header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            (encode(provider.clientId()) + ":" + encode(new String(s)))
                                .getBytes(StandardCharsets.UTF_8))));
    JsonNode answer = ask(request.POST(HttpRequest.BodyPublishers.ofString(form(form))));
    String token = answer.path("id_token").asText();
    if (token.isEmpty()) {
      throw new VigilException(ErrorCode.IDENTITY_0015, Map.of("problem", "it gave no ID token"));
    }
    return token;
  }

  /** Fields as {@code application/x-www-form-urlencoded}. */
  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private JsonNode ask(HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> response =
          http.send(
              request.timeout(PATIENCE).header("Accept", "application/json").build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new VigilException(
              ErrorCode.IDENTITY_0015, Map.of("status", response.statusCode()));
        }
        return JSON.readTree(body.readNBytes(LONGEST_ANSWER));
      }
    } catch (IOException e) {
      throw new VigilException(ErrorCode.IDENTITY_0015, Map.of(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VigilException(ErrorCode.IDENTITY_0015, Map.of(), e);
    }
  }

  /** HTTPS; in the demo also plain HTTP on this machine. */
  private URI checked(String uri, String field) {
    try {
      URI parsed = URI.create(uri);
      boolean secure = "https".equals(parsed.getScheme()) && parsed.getHost() != null;
      boolean trial =
          profile.equals("demo")
              && "http".equals(parsed.getScheme())
              && parsed.getHost() != null
              && InetAddress.getByName(parsed.getHost()).isLoopbackAddress();
      if (secure || trial) {
        return parsed;
      }
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw malformed(field, e);
    }
    throw malformed(field, null);
  }

  private static VigilException malformed(String field, Exception cause) {
    return new VigilException(
        ErrorCode.KERNEL_0003, Map.of("field", field, "problem", "is not an https URL"), cause);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Where a provider answers. */
  public record Endpoints(URI jwks, URI authorization, URI token) {}
}
