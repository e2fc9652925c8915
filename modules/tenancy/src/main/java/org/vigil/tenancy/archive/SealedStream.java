package org.vigil.tenancy.archive;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A stream under a passphrase. All numbers are big-endian.
 *
 * <pre>
 *   0  8  magic: 'V' 'I' 'G' 'I' 'L' 'T' 'E' 'N'
 *   8  1  version of the format: 1
 *   9  4  iterations of PBKDF2-HMAC-SHA256
 *  13 16  salt
 *  29  7  nonce prefix
 *  36  …  chunks: 64 KiB of plain text each, the last one shorter or empty, and a tag of 16 bytes
 * </pre>
 *
 * <p>AES-256-GCM; a chunk's nonce is the prefix, its number and whether it is the last (STREAM, as
 * in Hoang, Reyhanitabar, Rogaway and Vizár 2015), and the header is authenticated with each: bytes
 * changed, chunks moved, and a stream cut or lengthened do not open.
 */
final class SealedStream {
  private static final byte[] MAGIC = "VIGILTEN".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = 1;
  private static final int ITERATIONS = 600_000;
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int SALT = 16;
  private static final int PREFIX = 7;
  private static final int HEADER = MAGIC.length + 1 + 4 + SALT + PREFIX;
  private static final int CHUNK = 64 * 1024;
  private static final int TAG = 16;

  private SealedStream() {}

  /** Encrypts what is written; complete only once closed, which closes {@code target} too. */
  static OutputStream seal(OutputStream target, char[] passphrase) throws IOException {
    byte[] random = new byte[SALT + PREFIX];
    new SecureRandom().nextBytes(random);
    byte[] header =
        ByteBuffer.allocate(HEADER).put(MAGIC).put(VERSION).putInt(ITERATIONS).put(random).array();
    target.write(header);
    return new Sealing(target, new Chunks(header, passphrase));
  }

  /**
   * Decrypts.
   *
   * @throws IOException when this is no such stream; reading throws one when the passphrase is
   *     wrong or the stream was changed, cut or lengthened
   */
  static InputStream open(InputStream source, char[] passphrase) throws IOException {
    byte[] header = new byte[HEADER];
    try {
      new DataInputStream(source).readFully(header);
    } catch (EOFException e) {
      throw new IOException("shorter than an archive's header", e);
    }
    if (!Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        || header[MAGIC.length] != VERSION) {
      throw new IOException("not an archive of version 1");
    }
    return new Opening(source, new Chunks(header, passphrase));
  }

  /** The key, and each chunk's nonce. */
  private static final class Chunks {
    private final byte[] header;
    private final SecretKey key;
    private int number;

    Chunks(byte[] header, char[] passphrase) throws IOException {
      this.header = header;
      ByteBuffer fields = ByteBuffer.wrap(header, MAGIC.length + 1, 4 + SALT);
      int iterations = fields.getInt();
      if (iterations < ITERATIONS || iterations > MOST_ITERATIONS) {
        throw new IOException("an archive's header of unusual strength");
      }
      byte[] salt = new byte[SALT];
      fields.get(salt);
      PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, 256);
      try {
        key =
            new SecretKeySpec(
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded(),
                "AES");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java platform has PBKDF2", e);
      } finally {
        spec.clearPassword();
      }
    }

    byte[] next(int mode, byte[] bytes, int length, boolean last) throws GeneralSecurityException {
      byte[] nonce =
          ByteBuffer.allocate(12)
              .put(header, HEADER - PREFIX, PREFIX)
              .putInt(number)
              .put((byte) (last ? 1 : 0))
              .array();
      number = Math.incrementExact(number);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
      cipher.updateAAD(header);
      return cipher.doFinal(bytes, 0, length);
    }
  }

  private static final class Sealing extends OutputStream {
    private final OutputStream target;
    private final Chunks chunks;
    private final byte[] plain = new byte[CHUNK];
    private int filled;
    private boolean closed;

    Sealing(OutputStream target, Chunks chunks) {
      this.target = target;
      this.chunks = chunks;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int from = offset;
      int left = length;
      while (left > 0) {
        if (filled == CHUNK) {
          emit(false);
        }
        int taken = Math.min(left, CHUNK - filled);
        System.arraycopy(bytes, from, plain, filled, taken);
        filled += taken;
        from += taken;
        left -= taken;
      }
    }

    private void emit(boolean last) throws IOException {
      try {
        target.write(chunks.next(Cipher.ENCRYPT_MODE, plain, filled, last));
      } catch (GeneralSecurityException e) {
        throw new IOException("cannot be encrypted", e);
      }
      filled = 0;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        emit(true);
        target.close();
      }
    }
  }

  private static final class Opening extends InputStream {
    private final PushbackInputStream source;
    private final Chunks chunks;
    private byte[] plain = new byte[0];
    private int position;
    private boolean last;

    Opening(InputStream source, Chunks chunks) {
      this.source = new PushbackInputStream(source, 1);
      this.chunks = chunks;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (position == plain.length) {
        if (last) {
          return -1;
        }
        fill();
      }
      int given = Math.min(length, plain.length - position);
      System.arraycopy(plain, position, bytes, offset, given);
      position += given;
      return given;
    }

    private void fill() throws IOException {
      byte[] sealed = source.readNBytes(CHUNK + TAG);
      if (sealed.length < TAG) {
        // The JDK decrypts nothing at all to nothing, without a tag.
        throw new IOException("the archive was cut");
      }
      int beyond = source.read();
      last = beyond < 0;
      if (!last) {
        source.unread(beyond);
      }
      try {
        plain = chunks.next(Cipher.DECRYPT_MODE, sealed, sealed.length, last);
      } catch (GeneralSecurityException e) {
        throw new IOException("wrong passphrase, or the archive was changed or cut", e);
      }
      position = 0;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
