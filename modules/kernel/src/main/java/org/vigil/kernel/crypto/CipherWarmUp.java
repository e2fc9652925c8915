package org.vigil.kernel.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.function.BooleanSupplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes AES-GCM fast before the first image comes. The JDK's compiler puts the processor's own
 * instructions in place of its loops only after thousands of calls, and a chunk of a file is one
 * call: without this, the first 300 MB of images after a start are encrypted at a hundredth of the
 * speed of the rest. About a second of work; the results are thrown away.
 */
public final class CipherWarmUp {
  private static final int ROUNDS = 12_000;

  /** Enough for the loops inside to count, too. */
  private static final int BYTES = 1040;

  private static final int TAG = 16;

  private CipherWarmUp() {}

  /**
   * Runs until it is done or told to stop.
   *
   * @return bytes encrypted and decrypted
   */
  public static long run(BooleanSupplier stopped) {
    SecretKeySpec key = new SecretKeySpec(new byte[DataKey.BYTES], "AES");
    ByteBuffer plain = ByteBuffer.allocate(BYTES);
    ByteBuffer sealed = ByteBuffer.allocate(BYTES + TAG);
    long bytes = 0;
    try {
      for (int round = 0; round < ROUNDS && !stopped.getAsBoolean(); round++) {
        GCMParameterSpec nonce =
            new GCMParameterSpec(8 * TAG, ByteBuffer.allocate(12).putInt(round).array());
        plain.clear();
        sealed.clear();
        cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain, sealed);
        plain.clear();
        cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed.flip(), plain);
        bytes += BYTES;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
    return bytes;
  }

  private static Cipher cipher(int mode, SecretKeySpec key, GCMParameterSpec nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, nonce);
    return cipher;
  }
}
