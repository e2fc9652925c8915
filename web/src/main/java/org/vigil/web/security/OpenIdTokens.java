package org.vigil.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.http.Get;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.vigil.identity.api.OpenIdProviders.Provider;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.web.security.CurrentUser.Identity;
import org.vigil.web.security.Tokens.SessionOver;

/**
 * Tokens of hospitals' OpenID providers: signed with a public-key algorithm by a key of the
 * provider's JWKS, for the hospital's audience, not too old. The key set is kept for an hour and
 * fetched anew for a key that is not in it, at most once in half a minute.
 */
@ApplicationScoped
public class OpenIdTokens {
  private static final long KEPT_SECONDS = 3600;
  private static final long REFETCHED_AFTER_MILLIS = 30_000;
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int LONGEST_LIFE_MINUTES = 240;

  @Inject
  @ConfigProperty(name = "vigil.openid.clock-skew-seconds", defaultValue = "30")
  private int clockSkewSeconds;

  @Inject private LogIn logIn;

  private final Map<String, HttpsJwks> keySets = new ConcurrentHashMap<>();

  /**
   * Verifies an access token that a peer or application sent as bearer token, and the session
   * behind it, which begins with its first use.
   *
   * @param byPerson whether somebody did something, as opposed to a page that refreshes itself
   */
  Identity verify(String token, Provider provider, String address, boolean byPerson) {
    Subject subject = verified(token, provider, provider.audience(), null);
    Identity identity =
        new Identity(
            Optional.of(provider.tenant()),
            subject.userName(),
            subject.displayName(),
            new AccessRights(subject.grants()),
            subject.session(),
            null);
    try {
      logIn.continued(
          new LogIn.Who(provider.tenant(), subject.userName(), subject.displayName(), false),
          subject.session(),
          address,
          byPerson);
    } catch (VigilException e) {
      throw new SessionOver(identity, e);
    }
    return identity;
  }

  /** Verifies the ID token of a log-in that this nonce began. */
  Subject verifyIdToken(String token, Provider provider, String nonce) {
    return verified(token, provider, provider.clientId(), nonce);
  }

  private Subject verified(String token, Provider provider, String audience, String nonce) {
    if (token.length() > Tokens.LONGEST_TOKEN) {
      throw new TokenRefused("too long");
    }
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setExpectedIssuer(provider.issuer())
            .setExpectedAudience(audience)
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .setRequireSubject()
            .setMaxFutureValidityInMinutes(LONGEST_LIFE_MINUTES)
            .setAllowedClockSkewInSeconds(clockSkewSeconds)
            .setVerificationKeyResolver(
                new HttpsJwksVerificationKeyResolver(keySet(provider.jwksUri().toString())))
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT,
                    AlgorithmIdentifiers.RSA_USING_SHA256,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
                    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
            .build();
    try {
      JwtClaims claims = consumer.processToClaims(token);
      if (nonce != null && !nonce.equals(claims.getStringClaimValue("nonce"))) {
        throw new TokenRefused("nonce");
      }
      String userName = claims.getStringClaimValue(provider.userNameClaim());
      String name = claims.getStringClaimValue("name");
      if (userName == null || userName.isBlank()) {
        throw new TokenRefused("no user name");
      }
      return new Subject(
          userName,
          name == null ? userName : name,
          grants(claims, provider),
          session(token, claims, provider));
    } catch (InvalidJwtException e) {
      throw new TokenRefused(Tokens.problem(e), e);
    } catch (MalformedClaimException e) {
      throw new TokenRefused("malformed", e);
    }
  }

  /**
   * The provider's session (OpenID Connect Front-Channel Logout 1.0 §3), so that a refreshed token
   * goes on with it and only a new log-in begins another; else the token's own.
   */
  private static UUID session(String token, JwtClaims claims, Provider provider)
      throws MalformedClaimException {
    String sid = claims.getStringClaimValue("sid");
    String which =
        sid != null
            ? "sid " + sid + " " + claims.getClaimValueAsString("auth_time")
            : claims.getJwtId() != null ? "jti " + claims.getJwtId() : "token " + token;
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256")
                  .digest(
                      (provider.tenant().value() + " " + provider.issuer() + " " + which)
                          .getBytes(StandardCharsets.UTF_8)));
      return new UUID(hash.getLong(), hash.getLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Set<RoleGrant> grants(JwtClaims claims, Provider provider) {
    Set<RoleGrant> grants = new HashSet<>();
    for (Object group : at(claims.getClaimsMap(), provider.groupsClaim())) {
      provider.grants().getOrDefault(String.valueOf(group), Set.of()).stream()
          .filter(grant -> !grant.role().isOfThePlatform())
          .forEach(grants::add);
    }
    return grants;
  }

  /** The list at a path such as {@code realm_access.roles}; empty when there is none. */
  private static List<Object> at(Map<String, Object> claims, String path) {
    Object value = claims.get(path);
    if (value == null) {
      value = claims;
      for (String name : path.split("\\.", -1)) {
        value = value instanceof Map<?, ?> map ? map.get(name) : null;
      }
    }
    return value instanceof List<?> list ? new ArrayList<>(list) : List.of();
  }

  private HttpsJwks keySet(String uri) {
    return keySets.computeIfAbsent(
        uri,
        u -> {
          Get http = new Get();
          http.setConnectTimeout(TIMEOUT_MILLIS);
          http.setReadTimeout(TIMEOUT_MILLIS);
          HttpsJwks keySet = new HttpsJwks(u);
          keySet.setSimpleHttpGet(http);
          keySet.setDefaultCacheDuration(KEPT_SECONDS);
          keySet.setRefreshReprieveThreshold(REFETCHED_AFTER_MILLIS);
          // A provider that is down for a while does not lock everybody out.
          keySet.setRetainCacheOnErrorDuration(KEPT_SECONDS);
          return keySet;
        });
  }

  /** Who logged in at the provider, and the session there. */
  record Subject(String userName, String displayName, Set<RoleGrant> grants, UUID session) {}
}
