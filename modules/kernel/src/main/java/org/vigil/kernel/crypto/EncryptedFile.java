package org.vigil.kernel.crypto;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The format of encrypted files. All numbers are big-endian.
 *
 * <pre>
 *   0  8  magic: 0x89 'V' 'I' 'G' 'I' 'L' 0x0D 0x0A
 *   8  1  version of the format: 1
 *   9  7  zero
 *  16 16  id of the data key
 *  32 16  id of the object
 *  48 40  Tink's header: its length, 32 bytes salt, 7 bytes nonce prefix
 *  88  …  chunks: 64 KiB each on disk (the first with the 88 bytes before it), tag of 16 bytes last
 * </pre>
 *
 * <p>Each file has a key of its own, derived from the data key and the salt (HKDF-SHA-256). A
 * chunk's nonce holds its number and whether it is the last, and the 48 bytes of this header are
 * authenticated with every chunk: bytes changed, chunks moved, a file cut, lengthened or put in
 * another's place are found when they are read. Chunks are decrypted one at a time, so a reader
 * starts anywhere; a cut file is found at its new end, not before.
 */
public final class EncryptedFile {
  /** Bytes of Vigil's header. */
  static final int HEADER = 48;

  /** Bytes of a chunk on disk. */
  static final int CHUNK = 64 * 1024;

  private static final int TAG = 16;
  private static final int TINK_HEADER = 40;
  private static final byte VERSION = 1;
  private static final byte[] MAGIC = {(byte) 0x89, 'V', 'I', 'G', 'I', 'L', '\r', '\n'};

  private EncryptedFile() {}

  /**
   * What a file says of itself.
   *
   * @param key id of the data key
   * @param object id of the object, which its owner remembers elsewhere
   */
  public record Header(UUID key, UUID object) {
    byte[] bytes() {
      return ByteBuffer.allocate(HEADER)
          .put(MAGIC)
          .put(VERSION)
          .position(16)
          .putLong(key.getMostSignificantBits())
          .putLong(key.getLeastSignificantBits())
          .putLong(object.getMostSignificantBits())
          .putLong(object.getLeastSignificantBits())
          .array();
    }
  }

  /**
   * Encrypts what is written; memory for two chunks. The file is complete when the stream is
   * closed, which closes {@code file} too; without that it does not open.
   *
   * @param object the object's id, random and used once
   */
  public static OutputStream encrypt(OutputStream file, DataKey key, UUID object)
      throws IOException {
    byte[] header = new Header(key.id(), object).bytes();
    file.write(header);
    try {
      return cipher(key).newEncryptingStream(file, header);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM and HMAC-SHA-256", e);
    }
  }

  /** The header of a file, or empty when the file is not encrypted by this format. */
  public static Optional<Header> header(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return header(channel);
    }
  }

  /** The same of a file that lies elsewhere; the channel is left open, behind the header. */
  public static Optional<Header> header(SeekableByteChannel file) throws IOException {
    return readHeader(file);
  }

  /** Whether the file is encrypted by this format. */
  public static boolean isEncrypted(Path file) throws IOException {
    return header(file).isPresent();
  }

  /**
   * Opens a file for reading anywhere; the caller closes the channel. Nothing is decrypted yet.
   *
   * @param expected the object that it must be, or null to take any
   * @throws DamagedFileException when it is no encrypted file or another object; the same when
   *     reading finds it changed or cut
   */
  public static SeekableByteChannel open(Path file, KeySource keys, UUID expected)
      throws IOException {
    return open(FileChannel.open(file, StandardOpenOption.READ), keys, expected);
  }

  /**
   * The same for a file that lies elsewhere.
   *
   * @param channel the encrypted bytes; closed with the channel that is returned, and when opening
   *     fails
   */
  public static SeekableByteChannel open(SeekableByteChannel channel, KeySource keys, UUID expected)
      throws IOException {
    try {
      Header header =
          readHeader(channel)
              .orElseThrow(() -> new DamagedFileException("not an encrypted file of version 1"));
      if (expected != null && !header.object().equals(expected)) {
        throw new DamagedFileException("holds another object than the one recorded");
      }
      long length = plainLength(channel.size());
      if (length < 0) {
        throw new DamagedFileException("cut short");
      }
      AesGcmHkdfStreaming cipher = cipher(keys.key(header.key()));
      if (length == 0) {
        checkEmpty(cipher, channel, header);
      }
      channel.position(0);
      return new DecryptedChannel(
          cipher.newSeekableDecryptingChannel(channel, header.bytes()), length);
    } catch (GeneralSecurityException e) {
      channel.close();
      throw new DamagedFileException("its header does not open", e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Bytes of the plain content of a file of this length; -1 when no encrypted file is that short.
   */
  public static long plainLength(long fileLength) {
    if (fileLength < HEADER + TINK_HEADER + TAG) {
      return -1;
    }
    long chunks = (fileLength + CHUNK - 1) / CHUNK;
    return fileLength - HEADER - TINK_HEADER - chunks * TAG;
  }

  private static Optional<Header> readHeader(SeekableByteChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER);
    channel.position(0);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      continue;
    }
    if (bytes.hasRemaining()
        || !Arrays.equals(bytes.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        || bytes.get(MAGIC.length) != VERSION) {
      return Optional.empty();
    }
    bytes.position(16);
    Header header =
        new Header(
            new UUID(bytes.getLong(), bytes.getLong()), new UUID(bytes.getLong(), bytes.getLong()));
    return Optional.of(header);
  }

  /** Without a byte to read the seekable channel would never look at the only chunk's tag. */
  private static void checkEmpty(
      AesGcmHkdfStreaming cipher, SeekableByteChannel channel, Header header)
      throws IOException, GeneralSecurityException {
    channel.position(HEADER);
    InputStream plain =
        cipher.newDecryptingStream(Channels.newInputStream(channel), header.bytes());
    try {
      plain.readNBytes(1);
    } catch (IOException e) {
      throw new DamagedFileException("changed or cut", e);
    }
  }

  private static AesGcmHkdfStreaming cipher(DataKey key) {
    try {
      return new AesGcmHkdfStreaming(key.material(), "HmacSha256", DataKey.BYTES, CHUNK, HEADER);
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("The parameters are constants that Tink accepts", e);
    }
  }
}
