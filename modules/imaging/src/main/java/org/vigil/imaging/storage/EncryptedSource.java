package org.vigil.imaging.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.UUID;
import org.vigil.dicom.data.ByteSource;
import org.vigil.kernel.crypto.EncryptedFile;
import org.vigil.kernel.crypto.KeySource;

/**
 * The plain bytes of an encrypted file; a stream decrypts the chunks that it comes through.
 *
 * @param object the object that the file must be
 */
record EncryptedSource(Ciphertext file, KeySource keys, UUID object) implements ByteSource {

  @Override
  public InputStream open(long offset) throws IOException {
    SeekableByteChannel channel = EncryptedFile.open(file.open(), keys, object);
    try {
      return new ChannelStream(channel.position(offset));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public long length() throws IOException {
    return EncryptedFile.plainLength(file.size());
  }

  /** Skips by moving, which decrypts nothing. */
  private static final class ChannelStream extends InputStream {
    private final SeekableByteChannel channel;

    ChannelStream(SeekableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public long skip(long count) throws IOException {
      long from = channel.position();
      long to = Math.max(from, Math.min(channel.size(), from + count));
      channel.position(to);
      return to - from;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
