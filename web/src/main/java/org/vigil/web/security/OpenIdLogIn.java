package org.vigil.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vigil.identity.api.OpenIdProviders;
import org.vigil.identity.api.OpenIdProviders.Provider;
import org.vigil.identity.api.Sessions.Method;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.web.security.OpenIdTokens.Subject;
import org.vigil.web.security.Tokens.IssuedToken;

/**
 * Logging in at the hospital's OpenID provider: authorization code with PKCE (RFC 7636), state and
 * nonce, each used once and only in the browser that began. What follows is a session of Vigil's.
 */
@ApplicationScoped
public class OpenIdLogIn {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int AT_ONCE = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Inject private OpenIdProviders providers;
  @Inject private OpenIdClient client;
  @Inject private OpenIdTokens tokens;
  @Inject private LogIn logIn;

  private final Map<String, Begun> begun = new ConcurrentHashMap<>();

  /**
   * Begins a log-in.
   *
   * @param redirectUri where the provider sends the browser back to
   * @throws VigilException IDENTITY-0014 for a hospital without provider, KERNEL-0006 when too many
   *     have begun
   */
  public Beginning begin(TenantId tenant, String redirectUri) {
    Provider provider =
        providers.find(tenant).orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0014));
    Instant now = Instant.now();
    begun.values().removeIf(b -> now.isAfter(b.expires()));
    if (begun.size() >= AT_ONCE) {
      throw new VigilException(ErrorCode.KERNEL_0006);
    }
    String state = random();
    Begun log = new Begun(tenant, random(), random(), random(), redirectUri, now.plus(PATIENCE));
    begun.put(state, log);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", provider.clientId());
    query.put("redirect_uri", redirectUri);
    query.put("scope", "openid profile");
    query.put("state", state);
    query.put("nonce", log.nonce());
    query.put("code_challenge", challenge(log.verifier()));
    query.put("code_challenge_method", "S256");
    String endpoint = provider.authorizationEndpoint().toString();
    return new Beginning(
        URI.create(endpoint + (endpoint.contains("?") ? "&" : "?") + OpenIdClient.form(query)),
        log.browser());
  }

  /**
   * Completes a log-in.
   *
   * @param browser what {@link #begin} gave the browser to keep
   * @throws VigilException IDENTITY-0002 for a log-in that did not begin in this browser,
   *     IDENTITY-0003 for somebody without a role, IDENTITY-0015 where the provider refuses
   */
  public IssuedToken complete(String state, String code, String browser, String address) {
    Begun log = state == null ? null : begun.remove(state);
    if (log == null
        || code == null
        || !log.browser().equals(browser)
        || Instant.now().isAfter(log.expires())) {
      throw new TokenRefused("state");
    }
    String userName = "unknown";
    try {
      Provider provider =
          providers
              .find(log.tenant())
              .orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0014));
      String idToken =
          client.idToken(
              provider,
              providers.clientSecret(log.tenant()),
              code,
              log.verifier(),
              log.redirectUri());
      Subject subject = tokens.verifyIdToken(idToken, provider, log.nonce());
      userName = subject.userName();
      if (subject.grants().isEmpty()) {
        throw new VigilException(
            ErrorCode.IDENTITY_0003, Map.of("reason", "no group of this person has a role"));
      }
      return logIn.succeeded(
          new LogIn.Who(log.tenant(), subject.userName(), subject.displayName(), false),
          Method.OPENID,
          subject.grants(),
          address,
          null);
    } catch (VigilException e) {
      logIn.refused(log.tenant(), Actor.person(userName, address), Method.OPENID, e);
      throw e;
    }
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Where to send the browser, and what it must keep until it comes back. */
  public record Beginning(URI provider, String browser) {}

  private record Begun(
      TenantId tenant,
      String verifier,
      String nonce,
      String browser,
      String redirectUri,
      Instant expires) {}
}
