package org.vigil.tests.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A JSON web token with any header and claims, as an attacker would make it. */
public final class HandmadeToken {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final VigilServer server;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();

  /** A token like the server's own, for a radiologist of a hospital. */
  public HandmadeToken(VigilServer server, String tenant) {
    this.server = server;
    long now = Instant.now().getEpochSecond();
    header.put("alg", "RS256");
    header.put("kid", kid(server, tenant));
    claims.putAll(
        Map.of(
            "iss",
            "vigil",
            "aud",
            "vigil-api",
            "sub",
            "handmade",
            "tenant",
            tenant,
            "groups",
            List.of("RADIOLOGIST"),
            "iat",
            now,
            "exp",
            now + 600));
  }

  /** Sets a claim, or takes it away where the value is null. */
  public HandmadeToken claim(String name, Object value) {
    claims.put(name, value);
    if (value == null) {
      claims.remove(name);
    }
    return this;
  }

  public HandmadeToken header(String name, Object value) {
    header.put(name, value);
    if (value == null) {
      header.remove(name);
    }
    return this;
  }

  /** The name of the key that signs it. */
  public String keyId() {
    return String.valueOf(header.get("kid"));
  }

  /** Signed by the server's own key. */
  public String signed() {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(pem(server.home().jwtPrivateKey())));
      signature.initSign(key);
      signature.update(content().getBytes(StandardCharsets.US_ASCII));
      return content() + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signed with HMAC, whose secret is the server's public key, which is no secret. */
  public String signedWithThePublicKeyAsSecret() {
    header.put("alg", "HS256");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Files.readAllBytes(server.home().jwtPublicKey()), "RAW"));
      return content()
          + "."
          + BASE64.encodeToString(mac.doFinal(content().getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not signed at all, and saying so. */
  public String unsigned() {
    header.put("alg", "none");
    return content() + ".";
  }

  private String content() {
    return encode(header) + "." + encode(claims);
  }

  /** The key's name, from a token that the server accepts. */
  private static Object kid(VigilServer server, String tenant) {
    try {
      String accepted = server.token(tenant, "RADIOLOGIST");
      return JSON.readValue(
              Base64.getUrlDecoder().decode(accepted.substring(0, accepted.indexOf('.'))),
              Map.class)
          .get("kid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encode(Map<String, ?> part) {
    try {
      return BASE64.encodeToString(JSON.writeValueAsBytes(part));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] pem(Path file) {
    try {
      return Base64.getDecoder()
          .decode(Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
