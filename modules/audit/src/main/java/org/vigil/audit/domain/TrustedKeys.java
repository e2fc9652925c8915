package org.vigil.audit.domain;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * The public keys whose signatures are believed, by id: today's and those it replaced; and the
 * private key where the check runs beside it, for naming rewritten entries.
 */
public final class TrustedKeys {
  private final Map<String, PublicKey> byId = new HashMap<>();
  private SealingKey own;

  /** Only this public key. */
  public static TrustedKeys of(PublicKey key) {
    TrustedKeys keys = new TrustedKeys();
    keys.byId.put(SealingKey.idOf(key), key);
    return keys;
  }

  /** This key and its tags. */
  public static TrustedKeys of(SealingKey key) {
    TrustedKeys keys = of(key.publicKey());
    keys.own = key;
    return keys;
  }

  /**
   * Adds every {@code *.pem} of a folder, if it is there: keys that were replaced.
   *
   * @throws VigilException AUDIT-0001 when one of them is no Ed25519 public key
   */
  public TrustedKeys andRetired(Path folder) {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
        for (Path file : files) {
          PublicKey key = SealingKey.readPublic(file);
          byId.put(SealingKey.idOf(key), key);
        }
      } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
        throw new VigilException(
            ErrorCode.AUDIT_0001, Map.of("file", folder.getFileName().toString()), e);
      }
    }
    return this;
  }

  boolean verify(String keyId, byte[] hash, byte[] signature) {
    PublicKey key = byId.get(keyId);
    return key != null && SealingKey.verify(key, hash, signature);
  }

  Optional<LeafTags> tags(Seal seal) {
    return own != null && own.id().equals(seal.keyId())
        ? Optional.of(new LeafTags(own, seal.trail(), seal.seq()))
        : Optional.empty();
  }
}
