package org.vigil.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;

/** A buffered stream that knows its position and, if possible, its end. */
final class DicomInput {

  private static final int BUFFER = 16 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];

  /** Length of the whole stream, or -1 where it is not known. */
  private final long total;

  private long bufferStart;
  private int next;
  private int limit;
  private boolean bigEndian;

  DicomInput(InputStream in, long position, long total) {
    this.in = in;
    this.bufferStart = position;
    this.total = total;
  }

  void bigEndian(boolean on) {
    bigEndian = on;
  }

  long position() {
    return bufferStart + next;
  }

  long total() {
    return total;
  }

  /** Makes {@code n} bytes (at most a header) available; returns how many there are. */
  int fill(int n) throws IOException {
    if (limit - next >= n) {
      return limit - next;
    }
    System.arraycopy(buffer, next, buffer, 0, limit - next);
    bufferStart += next;
    limit -= next;
    next = 0;
    while (limit < n) {
      int got = in.read(buffer, limit, buffer.length - limit);
      if (got < 0) {
        break;
      }
      limit += got;
    }
    return limit;
  }

  boolean atEnd() throws IOException {
    return fill(1) == 0;
  }

  /** A byte further on that {@link #fill} has made available, 0 to 255. */
  int peek(int ahead) {
    return buffer[next + ahead] & 0xFF;
  }

  private void need(int n, int tag) throws IOException {
    int there = fill(n);
    if (there < n) {
      throw new DicomException(
          DicomError.TRUNCATED,
          "The stream ends inside an element: " + n + " bytes expected, " + there + " left",
          tag,
          position(),
          null);
    }
  }

  int u16(int tag) throws IOException {
    need(2, tag);
    int a = buffer[next++] & 0xFF;
    int b = buffer[next++] & 0xFF;
    return bigEndian ? a << 8 | b : b << 8 | a;
  }

  /** Two bytes in stream order, the first in the upper 8 bits. */
  int code(int tag) throws IOException {
    need(2, tag);
    return (buffer[next++] & 0xFF) << 8 | buffer[next++] & 0xFF;
  }

  long u32(int tag) throws IOException {
    int first = u16(tag);
    int second = u16(tag);
    return (bigEndian ? (long) first << 16 | second : (long) second << 16 | first) & 0xFFFFFFFFL;
  }

  int tag(int before) throws IOException {
    int group = u16(before);
    return group << 16 | u16(before);
  }

  void skip(long n, int tag) throws IOException {
    long left = n;
    int buffered = (int) Math.min(left, limit - next);
    next += buffered;
    left -= buffered;
    if (left > 0) {
      long start = position();
      try {
        in.skipNBytes(left);
      } catch (java.io.EOFException e) {
        throw new DicomException(
            DicomError.TRUNCATED,
            "The stream ends inside a value of " + n + " bytes",
            tag,
            start,
            e);
      }
      bufferStart = start + left;
      next = 0;
      limit = 0;
    }
  }

  byte[] bytes(int n, int tag) throws IOException {
    int buffered = Math.min(n, limit - next);
    if (buffered == n) {
      byte[] value = new byte[n];
      System.arraycopy(buffer, next, value, 0, n);
      next += n;
      return value;
    }
    long start = position();
    byte[] value;
    int got;
    if (total >= 0) {
      // The caller has checked the length against the end, so the array can be made at once.
      value = new byte[n];
      System.arraycopy(buffer, next, value, 0, buffered);
      got = buffered + in.readNBytes(value, buffered, n - buffered);
    } else {
      // A length that nothing vouches for: the stream's own reading grows with what arrives.
      byte[] rest = null;
      byte[] head = new byte[buffered];
      System.arraycopy(buffer, next, head, 0, buffered);
      rest = in.readNBytes(n - buffered);
      got = buffered + rest.length;
      value = java.util.Arrays.copyOf(head, got);
      System.arraycopy(rest, 0, value, buffered, rest.length);
    }
    if (got < n) {
      throw new DicomException(
          DicomError.TRUNCATED,
          "The stream ends inside a value of " + n + " bytes, " + got + " were left",
          tag,
          start,
          null);
    }
    bufferStart = start + n;
    next = 0;
    limit = 0;
    return value;
  }

  /** What has not been read yet, as a plain stream; this object must not be used afterwards. */
  InputStream rest() {
    return new SequenceInputStream(new ByteArrayInputStream(buffer, next, limit - next), in);
  }
}
