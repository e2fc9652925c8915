package org.vigil.web.dicomweb;

import jakarta.ws.rs.core.EntityTag;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes (RFC 9110 §14.1.2).
 *
 * @param from the first byte; at or beyond the body's end it cannot be satisfied
 * @param count how many bytes
 */
record ByteRange(long from, long count) {
  private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /**
   * Reads the header. Several ranges, another unit, anything malformed and a stale {@code If-Range}
   * mean the whole body, as RFC 9110 §14.2 allows.
   *
   * @param length of the body, -1 where it is not known
   * @return null for the whole body
   */
  static ByteRange of(String range, String ifRange, EntityTag tag, long length) {
    if (range == null
        || length < 0
        || ifRange != null && !ifRange.equals("\"" + tag.getValue() + "\"")) {
      return null;
    }
    Matcher one = ONE.matcher(range);
    if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
      return null;
    }
    if (one.group(1).isEmpty()) {
      long last = Math.min(length, Long.parseLong(one.group(2)));
      return last == 0 ? new ByteRange(length, 0) : new ByteRange(length - last, last);
    }
    long from = Long.parseLong(one.group(1));
    long to = one.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(one.group(2));
    if (to < from) {
      return null;
    }
    return new ByteRange(from, Math.min(to, length - 1) - from + 1);
  }

  boolean isUnsatisfiable() {
    return count <= 0;
  }

  String contentRange(long length) {
    return "bytes " + from + "-" + (from + count - 1) + "/" + length;
  }
}
