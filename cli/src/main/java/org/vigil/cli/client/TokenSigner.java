package org.vigil.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.server.VigilHome;

/**
 * Signs JSON web tokens (RFC 7519, RS256) with the installation's private key, as the server itself
 * does at log-in. Who can read that key administers this installation anyway.
 */
public final class TokenSigner {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final VigilHome home;
  private final Clock clock;

  /**
   * @param home the installation
   * @param clock decides issue and expiry
   */
  public TokenSigner(VigilHome home, Clock clock) {
    this.home = home;
    this.clock = clock;
  }

  /**
   * Signs a token.
   *
   * @param subject user name, also {@code upn} and {@code name}
   * @param tenant the hospital, or null for the platform's administrator
   * @param roles names of roles
   * @param life how long it is valid
   * @return the compact form
   */
  public String sign(String subject, String tenant, List<String> roles, Duration life) {
    Instant now = clock.instant();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "vigil");
    claims.put("aud", "vigil-api");
    claims.put("sub", subject);
    claims.put("upn", subject);
    claims.put("name", subject);
    if (tenant != null) {
      claims.put("tenant", tenant);
    }
    claims.put("groups", roles);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(life).getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    try {
      PrivateKey key = privateKey();
      String content =
          encode(Map.of("alg", "RS256", "typ", "JWT", "kid", thumbprint(key)))
              + "."
              + encode(claims);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          home.jwtPrivateKey() + " is no RSA private key in PKCS#8: restore it from the backup",
          e);
    }
  }

  /** Of the public key (RFC 7638 §3), by which the server knows which of its keys this is. */
  private static String thumbprint(PrivateKey key) throws GeneralSecurityException {
    if (!(key instanceof RSAPrivateCrtKey rsa)) {
      throw new GeneralSecurityException("not an RSA key with its public exponent");
    }
    String members =
        "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}"
            .formatted(unsigned(rsa.getPublicExponent()), unsigned(rsa.getModulus()));
    return BASE64.encodeToString(
        MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.UTF_8)));
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return BASE64.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String encode(Map<String, ?> part) {
    try {
      return BASE64.encodeToString(JSON.writeValueAsBytes(part));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings and numbers is JSON", e);
    }
  }

  private PrivateKey privateKey() throws GeneralSecurityException {
    try {
      String pem = Files.readString(home.jwtPrivateKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.NOT_RUNNING,
          "no key in " + home.root() + ": start Vigil there first, or name the right --home",
          e);
    }
  }
}
