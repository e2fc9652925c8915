package org.vigil.imaging.api;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets through only some of the bytes that are written. */
final class Slice extends FilterOutputStream {
  private long before;
  private long left;

  Slice(OutputStream out, long from, long count) {
    super(out);
    this.before = from;
    this.left = count;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int skipped = (int) Math.min(before, length);
    before -= skipped;
    int count = (int) Math.min(left, length - skipped);
    left -= count;
    if (count > 0) {
      out.write(bytes, offset + skipped, count);
    }
  }
}
