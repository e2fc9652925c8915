package org.vigil.imaging.pacs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a multipart/related answer (RFC 2046 §5.1, RFC 2387) one after the other, as they
 * come: a part of any size costs a buffer.
 */
final class MultipartBody {
  private static final int BUFFER = 64 * 1024;
  private static final int LONGEST_LINE = 8 * 1024;
  private static final int MOST_HEADERS = 50;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private boolean ended;

  private MultipartBody(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // So that the first boundary, at the very beginning, is found like the others.
    buffer[0] = '\r';
    buffer[1] = '\n';
    this.to = 2;
  }

  /**
   * The parts of a body.
   *
   * @param contentType of the answer, with its boundary
   */
  static MultipartBody of(InputStream in, String contentType) throws IOException {
    Matcher found = BOUNDARY.matcher(contentType);
    if (!contentType.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/") || !found.find()) {
      throw new RefusedByPeerException("the answer is no multipart");
    }
    return new MultipartBody(in, found.group(1) != null ? found.group(1) : found.group(2));
  }

  /**
   * The next part's content, what was left of the one before being skipped; null after the last.
   */
  InputStream next() throws IOException {
    new Part().skipAll();
    if (ended) {
      return null;
    }
    from += delimiter.length;
    if (line().startsWith("--")) {
      ended = true;
      return null;
    }
    int headers = 0;
    while (!line().isEmpty()) {
      if (++headers > MOST_HEADERS) {
        throw new RefusedByPeerException("a part of the multipart answer has no end of headers");
      }
    }
    return new Part();
  }

  /** The next line, without its end. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = read();
    while (c != '\n') {
      if (c < 0 && line.indexOf("--") == 0) {
        break;
      }
      if (c < 0 || line.length() > LONGEST_LINE) {
        throw new RefusedByPeerException("the multipart answer is broken off or malformed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
      c = read();
    }
    return line.toString();
  }

  private int read() throws IOException {
    return from < to || fill() ? buffer[from++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    int count = in.read(buffer, to, buffer.length - to);
    to += Math.max(0, count);
    return count > 0;
  }

  /** How many bytes of content lie in the buffer; -1 at the boundary. */
  private int content() throws IOException {
    while (true) {
      int end = find();
      if (end > from) {
        return end - from;
      }
      if (end == from && to - from >= delimiter.length) {
        return -1;
      }
      if (!fill()) {
        throw new RefusedByPeerException("the multipart answer is broken off");
      }
    }
  }

  /** Where the boundary begins, or may begin once more has come. */
  private int find() {
    for (int at = from; at < to; at++) {
      int length = 0;
      while (length < delimiter.length
          && at + length < to
          && buffer[at + length] == delimiter[length]) {
        length++;
      }
      if (length == delimiter.length || at + length == to) {
        return at;
      }
    }
    return to;
  }

  private final class Part extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int present = ended ? -1 : content();
      if (present < 0) {
        return -1;
      }
      int count = Math.min(length, present);
      System.arraycopy(buffer, from, target, offset, count);
      from += count;
      return count;
    }

    @Override
    public void close() {
      // The answer goes on with the next part.
    }

    void skipAll() throws IOException {
      int present = ended ? -1 : content();
      while (present >= 0) {
        from += present;
        present = content();
      }
    }
  }
}
