package org.vigil.dicom.io;

import java.io.IOException;
import java.io.OutputStream;

/** A buffered stream for headers and values in either byte order. */
final class DicomOutput extends OutputStream {

  private final OutputStream out;
  private final boolean bigEndian;
  private final byte[] buffer = new byte[16 * 1024];
  private int count;

  DicomOutput(OutputStream out, boolean bigEndian) {
    this.out = out;
    this.bigEndian = bigEndian;
  }

  private void room(int n) throws IOException {
    if (buffer.length - count < n) {
      drain();
    }
  }

  private void drain() throws IOException {
    out.write(buffer, 0, count);
    count = 0;
  }

  @Override
  public void write(int b) throws IOException {
    room(1);
    buffer[count++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length >= buffer.length) {
      drain();
      out.write(bytes, offset, length);
      return;
    }
    room(length);
    System.arraycopy(bytes, offset, buffer, count, length);
    count += length;
  }

  void u16(int value) throws IOException {
    room(2);
    buffer[count++] = (byte) (bigEndian ? value >>> 8 : value);
    buffer[count++] = (byte) (bigEndian ? value : value >>> 8);
  }

  void u32(long value) throws IOException {
    if (bigEndian) {
      u16((int) (value >>> 16));
      u16((int) value);
    } else {
      u16((int) value);
      u16((int) (value >>> 16));
    }
  }

  void tag(int tag) throws IOException {
    u16(tag >>> 16);
    u16(tag);
  }

  /** Passes everything on to the stream below, which is flushed too. */
  @Override
  public void flush() throws IOException {
    drain();
    out.flush();
  }
}
