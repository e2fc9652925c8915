package org.vigil.imaging.storage;

import java.io.IOException;
import java.io.InputStream;
import org.vigil.dicom.data.ByteSource;

/**
 * A source whose first bytes are still in memory: who reads an object's header and skips its pixels
 * opens no file and decrypts nothing.
 *
 * @param head begins with the first {@code count} bytes
 * @param rest the whole, from its first byte
 * @param length of the whole, in bytes
 */
record RememberedHead(byte[] head, int count, ByteSource rest, long length) implements ByteSource {

  @Override
  public InputStream open(long offset) {
    return new HeadStream(offset);
  }

  /** Opens the rest when it is first read there. */
  private final class HeadStream extends InputStream {
    private long position;
    private InputStream tail;

    HeadStream(long offset) {
      this.position = offset;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
      if (wanted == 0) {
        return 0;
      }
      if (position >= length) {
        return -1;
      }
      int got;
      if (position < count) {
        got = (int) Math.min(wanted, count - position);
        System.arraycopy(head, (int) position, bytes, offset, got);
      } else {
        if (tail == null) {
          tail = rest.open(position);
        }
        got = tail.read(bytes, offset, wanted);
      }
      position += Math.max(0, got);
      return got;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = Math.max(0, Math.min(bytes, length - position));
      if (tail != null) {
        skipped = tail.skip(skipped);
      }
      position += skipped;
      return skipped;
    }

    @Override
    public void close() throws IOException {
      if (tail != null) {
        tail.close();
      }
    }
  }
}
