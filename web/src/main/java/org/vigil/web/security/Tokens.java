package org.vigil.web.security;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.vigil.identity.api.Sessions;
import org.vigil.identity.api.Sessions.SessionView;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.web.security.CurrentUser.Identity;

/**
 * Vigil's own JSON Web Tokens (RFC 7519, RFC 8725): RS256 only, issuer {@code vigil}, audience
 * {@code vigil-api}; claims {@code tenant} and {@code groups} say for whom and as what; a group is
 * a {@link RoleGrant#text}. {@code sid} names the session that stands behind the token and ends it.
 */
@ApplicationScoped
public class Tokens {
  /** Longer ones are not read. */
  static final int LONGEST_TOKEN = 8192;

  static final String ISSUER = "vigil";
  private static final String AUDIENCE = "vigil-api";
  private static final int CLOCK_SKEW_SECONDS = 30;
  private static final int LONGEST_LIFE_MINUTES = 24 * 60 + 5;

  /** Of the tokens that ./vigil signs for itself on the server's host. */
  private static final Duration OPERATOR_LIFE = Duration.ofMinutes(5);

  private static final String OPERATOR = "vigil-cli";

  @Inject
  @ConfigProperty(name = "vigil.profile", defaultValue = "production")
  private String profile;

  @Inject private SigningKeys keys;
  @Inject private Sessions sessions;

  private JwtConsumer reader;
  private JwtConsumer consumer;

  @PostConstruct
  void build() {
    reader =
        new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setDisableRequireSignature()
            .setSkipSignatureVerification()
            .setJwsAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS)
            .build();
    consumer =
        new JwtConsumerBuilder()
            .setExpectedIssuer(ISSUER)
            .setExpectedAudience(AUDIENCE)
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .setRequireSubject()
            .setMaxFutureValidityInMinutes(LONGEST_LIFE_MINUTES)
            .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
            .setVerificationKeyResolver((signature, nesting) -> verificationKey(signature))
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256))
            .build();
  }

  /**
   * A session's token.
   *
   * @param restricted what its holder must do before anything else, or null
   */
  public IssuedToken issue(
      SessionView session, String displayName, Set<RoleGrant> grants, String restricted) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject(session.userName());
    claims.setStringClaim("upn", session.userName());
    claims.setStringClaim("name", displayName);
    claims.setStringClaim("tenant", session.tenant().value());
    claims.setStringListClaim("groups", RoleGrant.texts(grants));
    claims.setStringClaim("sid", session.id().toString());
    if (restricted != null) {
      claims.setStringClaim("restricted", restricted);
    }
    claims.setIssuedAt(NumericDate.fromSeconds(session.openedAt().getEpochSecond()));
    claims.setNotBefore(NumericDate.fromSeconds(session.openedAt().getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(session.endsAt().getEpochSecond()));
    claims.setGeneratedJwtId();
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    signature.setKeyIdHeaderValue(keys.keyId());
    signature.setKey(keys.signingKey());
    try {
      return new IssuedToken(signature.getCompactSerialization(), session.endsAt());
    } catch (JoseException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "signing a token"), e);
    }
  }

  /** Issuer and algorithm that a token claims, unverified. */
  Claimed read(String token) {
    if (token.length() > LONGEST_TOKEN) {
      throw new TokenRefused("too long");
    }
    try {
      JwtContext context = reader.process(token);
      JsonWebStructure outermost = context.getJoseObjects().get(0);
      return new Claimed(
          context.getJwtClaims().getIssuer(),
          outermost.getAlgorithmHeaderValue(),
          context.getJwtClaims().getAudience());
    } catch (InvalidJwtException | MalformedClaimException e) {
      throw new TokenRefused("malformed", e);
    }
  }

  /**
   * Verifies a token of ours, and its session.
   *
   * @param byPerson whether somebody did something, as opposed to a page that refreshes itself
   * @throws VigilException IDENTITY-0002 for anything but a valid token of a session that lasts
   */
  public Identity verify(String token, String address, boolean byPerson) {
    if (!AlgorithmIdentifiers.RSA_USING_SHA256.equals(read(token).algorithm())) {
      throw new TokenRefused("algorithm");
    }
    try {
      JwtClaims claims = consumer.processToClaims(token);
      String tenant = claims.getStringClaimValue("tenant");
      String name = claims.getStringClaimValue("name");
      String restricted = claims.getStringClaimValue("restricted");
      Identity identity =
          new Identity(
              Optional.ofNullable(tenant).map(TenantId::of),
              claims.getSubject(),
              name == null ? claims.getSubject() : name,
              restricted != null
                  ? new AccessRights(Set.of())
                  : new AccessRights(
                      grants(claims.getStringListClaimValue("groups"), tenant == null)),
              session(claims),
              restricted);
      if (identity.session() == null) {
        checkSessionless(claims, tenant, address);
      } else {
        use(identity, byPerson);
      }
      return identity;
    } catch (InvalidJwtException e) {
      throw new TokenRefused(problem(e), e);
    } catch (MalformedClaimException | IllegalArgumentException e) {
      throw new TokenRefused("malformed", e);
    }
  }

  private void use(Identity identity, boolean byPerson) {
    try {
      sessions.use(identity.session(), byPerson);
    } catch (VigilException e) {
      throw new SessionOver(identity, e);
    }
  }

  private static UUID session(JwtClaims claims) throws MalformedClaimException {
    String sid = claims.getStringClaimValue("sid");
    return sid == null ? null : UUID.fromString(sid);
  }

  /**
   * Tokens without a session are signed by whoever reads {@code secrets/}: in the demo for trials,
   * elsewhere only by ./vigil on this host, for minutes and without any hospital.
   */
  private void checkSessionless(JwtClaims claims, String tenant, String address)
      throws MalformedClaimException {
    if (profile.equals("demo")) {
      return;
    }
    Instant issued = Instant.ofEpochSecond(claims.getIssuedAt().getValue());
    Instant expires = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
    boolean operator =
        tenant == null
            && claims.getSubject().equals(OPERATOR)
            && !issued.plus(OPERATOR_LIFE).isBefore(expires)
            && isLoopback(address);
    if (!operator) {
      throw new TokenRefused("no session");
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private Key verificationKey(JsonWebSignature signature) throws UnresolvableKeyException {
    String id = signature.getKeyIdHeaderValue();
    return keys.verificationKey(id == null ? "" : id)
        .orElseThrow(() -> new UnresolvableKeyException("no such key"));
  }

  static String problem(InvalidJwtException e) {
    if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
      return "expired";
    } else if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
      return "not yet valid";
    } else if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID)
        || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
      return "issuer";
    } else if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
      return "audience";
    } else if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
      return "signature";
    }
    return e.getCause() instanceof UnresolvableKeyException ? "key" : "malformed";
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

  /** A signed token. */
  public record IssuedToken(String value, Instant expiresAt) {}

  /** What a token says of itself. */
  record Claimed(String issuer, String algorithm, List<String> audience) {}

  /** A genuine token whose session is over: the audit trail can say whose it was. */
  static final class SessionOver extends TokenRefused {
    private static final long serialVersionUID = 1L;

    private final transient Identity identity;

    SessionOver(Identity identity, VigilException why) {
      super("session " + why.details().getOrDefault("reason", ""));
      this.identity = identity;
    }

    Identity identity() {
      return identity;
    }
  }
}
