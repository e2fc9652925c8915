package org.vigil.dicom.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A long value left where it lies: a stretch of a {@link ByteSource}, read when it is asked for, so
 * that a big object's pixels need not be on the heap. The bytes are little-endian.
 *
 * @param source where the bytes lie
 * @param offset first byte of the value, from the start of the source
 * @param length number of bytes, at most 2^32-2
 */
public record BulkData(ByteSource source, long offset, long length) {

  /** Opens a stream of exactly {@link #length} bytes; the caller closes it. */
  public InputStream open() throws IOException {
    return new Slice(source.open(offset), length);
  }

  /**
   * Reads the value into memory.
   *
   * @throws DicomException if the value is longer than an array can be, or the source too short
   */
  public byte[] toBytes() throws IOException {
    if (length > Integer.MAX_VALUE - 8) {
      throw new DicomException(
          DicomError.VALUE_TOO_LONG, "A value of " + length + " bytes does not fit into an array");
    }
    try (InputStream in = source.open(offset)) {
      byte[] bytes = in.readNBytes((int) length);
      if (bytes.length < length) {
        throw new DicomException(
            DicomError.TRUNCATED,
            "A value of " + length + " bytes ends after " + bytes.length + " bytes");
      }
      return bytes;
    }
  }

  /** Copies the value to a stream. */
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = open()) {
      long copied = in.transferTo(out);
      if (copied < length) {
        throw new EOFException(
            "A value of " + length + " bytes ends after " + copied + " bytes of its source");
      }
    }
  }

  /** The first {@code remaining} bytes of a stream. */
  private static final class Slice extends InputStream {
    private final InputStream in;
    private long remaining;

    Slice(InputStream in, long length) {
      this.in = in;
      this.remaining = length;
    }

    @Override
    public int read() throws IOException {
      if (remaining <= 0) {
        return -1;
      }
      int b = in.read();
      if (b >= 0) {
        remaining--;
      }
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (remaining <= 0) {
        return length == 0 ? 0 : -1;
      }
      int n = in.read(buffer, offset, (int) Math.min(length, remaining));
      if (n > 0) {
        remaining -= n;
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
