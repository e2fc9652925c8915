package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Seals secrets that the database must keep but nobody may read there (AES-256-GCM, 12 bytes of
 * nonce in front), with the key {@code secrets/identity.key}, made when it is first needed. The
 * owner's id is bound in, so that a sealed secret cannot be moved to another row.
 */
@ApplicationScoped
public class SealedSecrets {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Inject
  @ConfigProperty(name = "vigil.home")
  private String home;

  private volatile SecretKey key;

  public byte[] seal(byte[] secret, String owner) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, secret, owner);
    byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
    return all;
  }

  /** Opens what {@link #seal} made for the same owner. */
  public byte[] open(byte[] sealed, String owner) {
    return run(
        Cipher.DECRYPT_MODE,
        Arrays.copyOf(sealed, NONCE_BYTES),
        Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length),
        owner);
  }

  private byte[] run(int mode, byte[] nonce, byte[] input, String owner) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(owner.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException | IOException e) {
      throw new VigilException(
          ErrorCode.KERNEL_0001,
          Map.of("step", "a sealed secret; is secrets/identity.key its own?"),
          e);
    }
  }

  private synchronized SecretKey key() throws IOException {
    if (key == null) {
      Path file = Path.of(home, "secrets", "identity.key");
      if (!Files.exists(file)) {
        byte[] fresh = new byte[KEY_BYTES];
        RANDOM.nextBytes(fresh);
        try {
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
          Files.writeString(file, Base64.getEncoder().encodeToString(fresh));
        } catch (FileAlreadyExistsException e) {
          throw new IOException("another process is making " + file, e);
        }
      }
      byte[] bytes = Base64.getDecoder().decode(Files.readString(file).trim());
      if (bytes.length != KEY_BYTES) {
        throw new IOException(file + " does not hold 32 bytes in base 64");
      }
      key = new SecretKeySpec(bytes, "AES");
    }
    return key;
  }
}
