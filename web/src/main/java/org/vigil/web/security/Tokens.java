package org.vigil.web.security;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;
import org.vigil.tenancy.api.Accounts.AccountView;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.web.security.CurrentUser.Identity;

/**
 * Vigil's own JSON Web Tokens (RFC 7519): RS256 only, issuer {@code vigil}, audience {@code
 * vigil-api}; claims {@code tenant} and {@code groups} say for whom and as what; a group is a
 * {@link RoleGrant#text}.
 */
@ApplicationScoped
public class Tokens {
  /** Longest life of a session. */
  static final Duration LIFE = Duration.ofHours(4);

  private static final String ISSUER = "vigil";
  private static final String AUDIENCE = "vigil-api";
  private static final int CLOCK_SKEW_SECONDS = 30;

  @Inject
  @ConfigProperty(name = "vigil.home")
  private String home;

  private PrivateKey signingKey;
  private JwtConsumer consumer;

  @PostConstruct
  void loadKeys() {
    Path secrets = Path.of(home, "secrets");
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      signingKey =
          rsa.generatePrivate(new PKCS8EncodedKeySpec(pem(secrets.resolve("jwt-private.pem"))));
      PublicKey verificationKey =
          rsa.generatePublic(new X509EncodedKeySpec(pem(secrets.resolve("jwt-public.pem"))));
      consumer =
          new JwtConsumerBuilder()
              .setExpectedIssuer(ISSUER)
              .setExpectedAudience(AUDIENCE)
              .setRequireExpirationTime()
              .setRequireSubject()
              .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
              .setVerificationKey(verificationKey)
              .setJwsAlgorithmConstraints(
                  new AlgorithmConstraints(
                      ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256))
              .build();
    } catch (IOException | GeneralSecurityException e) {
      throw new VigilException(
          ErrorCode.KERNEL_0001, Map.of("step", "reading the token keys in secrets/"), e);
    }
  }

  /** A session's token and its end. */
  public IssuedToken issue(AccountView account) {
    Instant expires = Instant.now().plus(LIFE);
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject(account.userName());
    claims.setStringClaim("upn", account.userName());
    claims.setStringClaim("name", account.displayName());
    claims.setStringClaim("tenant", account.tenant().value());
    claims.setStringListClaim("groups", RoleGrant.texts(account.grants()));
    claims.setIssuedAtToNow();
    claims.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
    claims.setGeneratedJwtId();
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    signature.setKey(signingKey);
    try {
      return new IssuedToken(signature.getCompactSerialization(), expires);
    } catch (JoseException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "signing a token"), e);
    }
  }

  /**
   * Verifies a token.
   *
   * @throws VigilException IDENTITY-0002 for anything but a valid, unexpired token of ours
   */
  public Identity verify(String token) {
    try {
      JwtClaims claims = consumer.processToClaims(token);
      String tenant = claims.getStringClaimValue("tenant");
      String name = claims.getStringClaimValue("name");
      return new Identity(
          Optional.ofNullable(tenant).map(TenantId::of),
          claims.getSubject(),
          name == null ? claims.getSubject() : name,
          new AccessRights(grants(claims.getStringListClaimValue("groups"), tenant == null)));
    } catch (InvalidJwtException | MalformedClaimException e) {
      throw new VigilException(ErrorCode.IDENTITY_0002, Map.of(), e);
    }
  }

  /** Unknown groups are nothing to us; a hospital's people have no rights over the platform. */
  private static Set<RoleGrant> grants(List<String> groups, boolean platform) {
    Set<RoleGrant> grants = new HashSet<>();
    for (String group : groups == null ? List.<String>of() : groups) {
      try {
        RoleGrant grant = RoleGrant.parse(group);
        if (grant.role().isOfThePlatform() == platform) {
          grants.add(grant);
        }
      } catch (VigilException e) {
        continue;
      }
    }
    return grants;
  }

  private static byte[] pem(Path file) throws IOException {
    String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
    return Base64.getDecoder().decode(base64);
  }

  /** A signed token. */
  public record IssuedToken(String value, Instant expiresAt) {}
}
