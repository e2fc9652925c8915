package org.vigil.dicom.pixel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes RLE Lossless (PS3.5 annex G): a byte plane a segment, most significant first. */
final class RleEncoder implements FrameEncoder {
  private static final int HEADER = 64;
  private static final int MOST_SEGMENTS = 15;
  private static final int LONGEST_RUN = 128;

  @Override
  public byte[] encode(Frame frame) throws IOException {
    byte[] cells = frame.toLittleEndian();
    int step = cells.length / (frame.rows() * frame.columns());
    int bytesPerValue = step / frame.samples();
    if (step > MOST_SEGMENTS) {
      throw new IOException("RLE has at most " + MOST_SEGMENTS + " segments, needed are " + step);
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(step);
    ByteArrayOutputStream segments = new ByteArrayOutputStream();
    byte[] row = new byte[frame.columns()];
    for (int s = 0; s < step; s++) {
      header.putInt(HEADER + segments.size());
      int first = s / bytesPerValue * bytesPerValue + bytesPerValue - 1 - s % bytesPerValue;
      for (int y = 0; y < frame.rows(); y++) {
        for (int x = 0; x < row.length; x++) {
          row[x] = cells[(y * row.length + x) * step + first];
        }
        // No run goes beyond its row (§G.3.1).
        pack(row, segments);
      }
      if (segments.size() % 2 != 0) {
        segments.write(0);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(HEADER + segments.size());
    out.write(header.array());
    segments.writeTo(out);
    return out.toByteArray();
  }

  private static void pack(byte[] row, ByteArrayOutputStream out) {
    int at = 0;
    while (at < row.length) {
      int run = run(row, at);
      if (run > 1) {
        out.write(1 - run);
        out.write(row[at]);
        at += run;
      } else {
        int end = at + 1;
        // A run of two inside of literals costs as much as it saves.
        while (end < row.length && end - at < LONGEST_RUN && run(row, end) < 3) {
          end++;
        }
        out.write(end - at - 1);
        out.write(row, at, end - at);
        at = end;
      }
    }
  }

  private static int run(byte[] row, int from) {
    int end = from + 1;
    while (end < row.length && end - from < LONGEST_RUN && row[end] == row[from]) {
      end++;
    }
    return end - from;
  }
}
