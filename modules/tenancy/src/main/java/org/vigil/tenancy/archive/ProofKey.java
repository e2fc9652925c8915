package org.vigil.tenancy.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Signs proofs of erasure with Ed25519 (RFC 8032): {@code secrets/erasure-private.pem}, made when
 * first needed, with the public key beside it for whoever is to check.
 */
@ApplicationScoped
public class ProofKey {
  private static final String ALGORITHM = "Ed25519";

  private Path secrets;

  @Inject
  void configure(@ConfigProperty(name = "vigil.home") String home) {
    secrets = Path.of(home, "secrets");
  }

  /** The signature of a text in UTF-8, Base64. */
  synchronized String sign(String statement) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key());
      signature.update(statement.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException | IOException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "signing the proof"), e);
    }
  }

  private PrivateKey key() throws GeneralSecurityException, IOException {
    Path file = secrets.resolve("erasure-private.pem");
    if (!Files.exists(file)) {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      write(secrets.resolve("erasure-public.pem"), "PUBLIC KEY", pair.getPublic().getEncoded());
      write(file, "PRIVATE KEY", pair.getPrivate().getEncoded());
    }
    String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance(ALGORITHM)
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private void write(Path file, String title, byte[] encoded) throws IOException {
    Path draft =
        Files.createTempFile(
            secrets,
            ".erasure",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    Files.writeString(
        draft, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(title, base64));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
