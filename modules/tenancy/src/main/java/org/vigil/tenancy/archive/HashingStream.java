package org.vigil.tenancy.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes and counts what passes; closing it leaves the stream behind it open. */
final class HashingStream extends FilterOutputStream {
  private final MessageDigest digest = sha256Digest();
  private long bytes;
  private long lines;

  HashingStream(OutputStream target) {
    super(target);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    digest.update(buffer, offset, length);
    bytes += length;
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] == '\n') {
        lines++;
      }
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  long bytes() {
    return bytes;
  }

  /** Rows of COPY's text: a line break inside a value is escaped there. */
  long lines() {
    return lines;
  }

  /** Of everything written; lower-case hex. Once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
