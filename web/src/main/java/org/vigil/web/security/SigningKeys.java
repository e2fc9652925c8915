package org.vigil.web.security;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.RsaJsonWebKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.identity.api.Sessions;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Expiring;

/**
 * The keys of Vigil's tokens, in {@code secrets/}: one that signs and, for as long as tokens of the
 * one before can live, that one's public part. A rotation, by this server or by another program, is
 * seen within seconds; nothing restarts. A key is named in tokens by its thumbprint (RFC 7638).
 */
@ApplicationScoped
public class SigningKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
  private static final int KEY_BITS = 3072;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
  private static final Duration WARN_EVERY = Duration.ofDays(1);

  @Inject
  @ConfigProperty(name = "vigil.home")
  private String home;

  @Inject
  @ConfigProperty(name = "vigil.jwt.key-life", defaultValue = "P365D")
  private String keyLife;

  @Inject private Sessions sessions;

  private volatile Keys keys;
  private volatile Instant lookedAt;
  private volatile Instant warnedAt = Instant.EPOCH;

  @PostConstruct
  void load() {
    read();
    warnWhenOld();
  }

  /** Once a day, for as long as it has to be said. */
  private void warnWhenOld() {
    Instant expires = keys.since().plus(Duration.parse(keyLife));
    Instant now = Instant.now();
    if (now.isAfter(expires.minus(Expiring.AHEAD)) && now.isAfter(warnedAt.plus(WARN_EVERY))) {
      warnedAt = now;
      LOG.warn(
          "The key that signs tokens expires at {}: rotate it with ./vigil keys rotate jwt",
          expires);
    }
  }

  PrivateKey signingKey() {
    return current().signing();
  }

  String keyId() {
    return current().id();
  }

  /** The public key that a token names, while its tokens can live. */
  Optional<PublicKey> verificationKey(String keyId) {
    Keys now = current();
    if (now.id().equals(keyId)) {
      return Optional.of(now.verification());
    }
    Previous before = now.previous();
    return before != null && before.id().equals(keyId) && Instant.now().isBefore(before.until())
        ? Optional.of(before.verification())
        : Optional.empty();
  }

  /** When the key was made and when it should be replaced. */
  public Status status() {
    Keys now = current();
    Instant expires = now.since().plus(Duration.parse(keyLife));
    return new Status(
        now.id(),
        now.since(),
        expires,
        Instant.now().isAfter(expires.minus(Expiring.AHEAD)),
        now.previous() == null ? null : now.previous().id(),
        now.previous() == null ? null : now.previous().until());
  }

  /** Makes a new key; tokens of the old one stay valid until they expire. */
  public synchronized Status rotate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      KeyPair fresh = generator.generateKeyPair();
      write("jwt-previous.pem", "PUBLIC KEY", current().verification().getEncoded());
      write("jwt-private.pem", "PRIVATE KEY", fresh.getPrivate().getEncoded());
      write("jwt-public.pem", "PUBLIC KEY", fresh.getPublic().getEncoded());
      read();
      return status();
    } catch (IOException | GeneralSecurityException e) {
      throw failed("writing the token keys to secrets/", e);
    }
  }

  private Keys current() {
    if (Instant.now().isAfter(lookedAt.plus(LOOK_EVERY))) {
      synchronized (this) {
        try {
          if (!Files.getLastModifiedTime(file("jwt-private.pem")).equals(keys.modified())) {
            read();
          }
          lookedAt = Instant.now();
          warnWhenOld();
        } catch (IOException e) {
          throw failed("reading the token keys in secrets/", e);
        }
      }
    }
    return keys;
  }

  private void read() {
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      FileTime modified = Files.getLastModifiedTime(file("jwt-private.pem"));
      PrivateKey signing = rsa.generatePrivate(new PKCS8EncodedKeySpec(pem("jwt-private.pem")));
      // From the private key itself: the two files are replaced one after the other.
      RSAPrivateCrtKey parts = (RSAPrivateCrtKey) signing;
      PublicKey verification =
          rsa.generatePublic(new RSAPublicKeySpec(parts.getModulus(), parts.getPublicExponent()));
      keys =
          new Keys(
              id(verification),
              signing,
              verification,
              modified.toInstant(),
              modified,
              previous(rsa));
      lookedAt = Instant.now();
    } catch (IOException | GeneralSecurityException e) {
      throw failed("reading the token keys in secrets/", e);
    }
  }

  private Previous previous(KeyFactory rsa) throws IOException, GeneralSecurityException {
    Path file = file("jwt-previous.pem");
    if (!Files.exists(file)) {
      return null;
    }
    PublicKey key = rsa.generatePublic(new X509EncodedKeySpec(pem("jwt-previous.pem")));
    return new Previous(
        id(key), key, Files.getLastModifiedTime(file).toInstant().plus(sessions.longest()));
  }

  private static String id(PublicKey key) {
    return new RsaJsonWebKey((RSAPublicKey) key).calculateBase64urlEncodedThumbprint("SHA-256");
  }

  private Path file(String name) {
    return Path.of(home, "secrets", name);
  }

  private byte[] pem(String name) throws IOException {
    String base64 = Files.readString(file(name)).replaceAll("-----[A-Z ]+-----|\\s", "");
    return Base64.getDecoder().decode(base64);
  }

  private void write(String name, String label, byte[] der) throws IOException {
    Path draft =
        Files.createTempFile(
            file(name).getParent(),
            "." + name,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        draft,
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n");
    Files.move(
        draft, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static VigilException failed(String step, Exception cause) {
    return new VigilException(ErrorCode.KERNEL_0001, Map.of("step", step), cause);
  }

  /**
   * What an administrator may know of the keys.
   *
   * @param warning whether it expires within 30 days
   * @param previousKeyId the key before, whose tokens are accepted until {@code previousUntil}
   */
  public record Status(
      String keyId,
      Instant since,
      Instant expiresAt,
      boolean warning,
      String previousKeyId,
      Instant previousUntil) {}

  private record Keys(
      String id,
      PrivateKey signing,
      PublicKey verification,
      Instant since,
      FileTime modified,
      Previous previous) {}

  private record Previous(String id, PublicKey verification, Instant until) {}
}
