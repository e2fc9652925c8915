package org.vigil.audit.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * The Ed25519 key (RFC 8032) that signs seals, anchors and proofs of deletion. It lies in a file of
 * the server, never in the database: who can rewrite every row there still cannot sign.
 */
public final class SealingKey {
  private static final String ALGORITHM = "Ed25519";

  private final String id;
  private final PrivateKey privateKey;
  private final PublicKey publicKey;
  private final byte[] tagKey;

  private SealingKey(PublicKey publicKey, PrivateKey privateKey) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.id = idOf(publicKey);
    this.tagKey = new Sha256("vigil-audit-leaf-tags-1").bytes(privateKey.getEncoded()).toBytes();
  }

  /** From a pair, which must be Ed25519. */
  public static SealingKey of(KeyPair pair) {
    return new SealingKey(pair.getPublic(), pair.getPrivate());
  }

  /**
   * Reads a PKCS#8 and an X.509 key in PEM.
   *
   * @throws VigilException AUDIT-0001 when they cannot be read or do not belong together
   */
  public static SealingKey read(Path privatePem, Path publicPem) {
    try {
      PrivateKey secret =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(der(privatePem)));
      SealingKey key = new SealingKey(readPublic(publicPem), secret);
      byte[] probe = new Sha256("probe").toBytes();
      if (!verify(key.publicKey, probe, key.sign(probe))) {
        throw new GeneralSecurityException("the public key is not the private key's");
      }
      return key;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new VigilException(
          ErrorCode.AUDIT_0001, Map.of("file", privatePem.getFileName().toString()), e);
    }
  }

  /** Reads a public key, X.509 in PEM. */
  public static PublicKey readPublic(Path pem) throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der(pem)));
  }

  /** Names a key: the first 16 digits of the SHA-256 of its X.509 form. */
  public static String idOf(PublicKey key) {
    return HexFormat.of()
        .formatHex(new Sha256("vigil-audit-key").bytes(key.getEncoded()).toBytes(), 0, 8);
  }

  public String id() {
    return id;
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  byte[] tagKey() {
    return tagKey.clone();
  }

  byte[] sign(byte[] hash) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(hash);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new VigilException(ErrorCode.AUDIT_0001, Map.of("key", id), e);
    }
  }

  static boolean verify(PublicKey key, byte[] hash, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(hash);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // A signature of the wrong length or form is one that was not made by this key.
      return false;
    }
  }

  private static byte[] der(Path pem) throws IOException {
    String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return Base64.getDecoder().decode(text);
  }
}
