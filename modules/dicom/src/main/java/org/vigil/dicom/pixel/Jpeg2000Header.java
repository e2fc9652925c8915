package org.vigil.dicom.pixel;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the headers of a JPEG 2000 code stream (T.800 annex A) ask for, read before the decoder is
 * let loose on it: it takes memory for whatever they say.
 */
final class Jpeg2000Header {
  private static final int SOC = 0xFF4F;
  private static final int SIZ = 0xFF51;
  private static final int COD = 0xFF52;
  private static final int COC = 0xFF53;
  private static final int PPM = 0xFF60;
  private static final int PPT = 0xFF61;
  private static final int SOT = 0xFF90;
  private static final int SOD = 0xFF93;
  private static final int EOC = 0xFFD9;
  private static final int RSIZ_OFFSET = 6;
  private static final int CODESTREAM_BOX = 0x6A703263;

  /** Rsiz with bit 14 or 15 needs more than part 1 of the standard: HTJ2K, extensions. */
  private static final int BEYOND_PART_1 = 0xC000;

  /** XRsiz and YRsiz of a component that has a sample at each place. */
  private static final int WHOLE_GRID = 0x0101;

  private static final int MOST_TILES = 65535;
  private static final long MOST_BLOCKS = 1 << 20;
  private static final long MOST_CONTRIBUTIONS = 1 << 22;

  private final PixelDescription described;
  private int layers = 1;

  private Jpeg2000Header(PixelDescription described) {
    this.described = described;
  }

  /** The code stream without the JP2 file that some encoders leave around it (PS3.5 §A.4.4). */
  static byte[] codestream(byte[] encoded) throws IOException {
    if (encoded.length > 2 && encoded[0] == (byte) 0xFF && encoded[1] == 0x4F) {
      return encoded;
    }
    ByteBuffer boxes = ByteBuffer.wrap(encoded);
    while (boxes.remaining() >= 8) {
      int start = boxes.position();
      int length = boxes.getInt();
      boolean found = boxes.getInt() == CODESTREAM_BOX;
      long end = length == 0 ? encoded.length : (long) start + length;
      if (found && length != 1) {
        return Arrays.copyOfRange(encoded, start + 8, (int) Math.min(end, encoded.length));
      }
      if (length != 0 && length < 8 || end > encoded.length) {
        break;
      }
      boxes.position((int) end);
    }
    throw new IOException("JPEG 2000: there is no code stream");
  }

  /**
   * Checks the headers against the description and against what a decoder can hold.
   *
   * @return the code stream, with a profile in Rsiz that the decoder does not know taken out
   */
  static byte[] check(byte[] codestream, PixelDescription described) throws IOException {
    try {
      new Jpeg2000Header(described).read(ByteBuffer.wrap(codestream));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new IOException("JPEG 2000: the code stream ends inside a header", e);
    }
    byte[] plain = codestream;
    if (codestream[RSIZ_OFFSET] != 0 || codestream[RSIZ_OFFSET + 1] > 2) {
      plain = codestream.clone();
      plain[RSIZ_OFFSET] = 0;
      plain[RSIZ_OFFSET + 1] = 0;
    }
    return plain;
  }

  private void read(ByteBuffer in) throws IOException {
    if (marker(in) != SOC || marker(in) != SIZ) {
      throw new IOException("JPEG 2000: the code stream does not begin with SOC and SIZ");
    }
    size(segment(in));
    int marker = segments(in, SOT);
    while (marker == SOT) {
      int start = in.position() - 2;
      ByteBuffer tilePart = segment(in);
      tilePart.getShort();
      long length = tilePart.getInt() & 0xFFFFFFFFL;
      segments(in, SOD);
      if (length == 0 || start + length + 2 > in.limit()) {
        return;
      }
      in.position((int) Math.max(in.position(), start + length));
      marker = marker(in);
    }
  }

  /** Passes over marker segments, looking at those that say how much there is to hold. */
  private int segments(ByteBuffer in, int last) throws IOException {
    int marker = marker(in);
    while (marker != last) {
      if (marker < SOC || marker == EOC) {
        throw new IOException("JPEG 2000: unexpected marker " + Integer.toHexString(marker));
      }
      if (marker == PPM || marker == PPT) {
        // The library reads beyond their end without end; no encoder for DICOM writes them.
        throw new IOException("JPEG 2000: packed packet headers are not read");
      }
      ByteBuffer segment = segment(in);
      if (marker == COD) {
        int style = segment.get() & 0xFF;
        segment.get();
        layers = Math.max(layers, segment.getShort() & 0xFFFF);
        segment.get();
        coding(segment, (style & 1) != 0);
      } else if (marker == COC) {
        // The index of the component has one byte, as there are fewer than 257 of them.
        segment.get();
        coding(segment, (segment.get() & 1) != 0);
      }
      marker = marker(in);
    }
    return marker;
  }

  private static int marker(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }

  private static ByteBuffer segment(ByteBuffer in) throws IOException {
    int length = (in.getShort() & 0xFFFF) - 2;
    if (length < 0 || length > in.remaining()) {
      throw new IOException("JPEG 2000: a marker segment reaches beyond the code stream");
    }
    ByteBuffer segment = in.slice(in.position(), length);
    in.position(in.position() + length);
    return segment;
  }

  private void size(ByteBuffer siz) throws IOException {
    if ((siz.getShort() & BEYOND_PART_1) != 0) {
      throw new IOException("JPEG 2000: the code stream needs extensions of the standard");
    }
    long right = unsigned(siz);
    long bottom = unsigned(siz);
    long left = unsigned(siz);
    long top = unsigned(siz);
    long tileWidth = unsigned(siz);
    long tileHeight = unsigned(siz);
    long tileLeft = unsigned(siz);
    long tileTop = unsigned(siz);
    int components = siz.getShort() & 0xFFFF;
    if (right - left != described.columns()
        || bottom - top != described.rows()
        || components != described.samples()) {
      throw new IOException(
          "JPEG 2000: the image is %d×%d×%d, described is %d×%d×%d"
              .formatted(
                  right - left,
                  bottom - top,
                  components,
                  described.columns(),
                  described.rows(),
                  described.samples()));
    }
    boolean gridIsWhole =
        right <= Integer.MAX_VALUE
            && bottom <= Integer.MAX_VALUE
            && tileWidth > 0
            && tileHeight > 0
            && tileLeft <= left
            && tileTop <= top
            && tileLeft + tileWidth > left
            && tileTop + tileHeight > top;
    if (!gridIsWhole) {
      throw new IOException("JPEG 2000: the tiles do not cover the image");
    }
    long across = (right - tileLeft + tileWidth - 1) / tileWidth;
    long down = (bottom - tileTop + tileHeight - 1) / tileHeight;
    if (across * down > MOST_TILES) {
      throw new IOException("JPEG 2000: there are more than " + MOST_TILES + " tiles");
    }
    for (int c = 0; c < components; c++) {
      siz.get();
      if (siz.getShort() != WHOLE_GRID) {
        throw new IOException("JPEG 2000: components are sub-sampled");
      }
    }
  }

  private static long unsigned(ByteBuffer in) {
    return in.getInt() & 0xFFFFFFFFL;
  }

  /** Precincts and code blocks (T.800 §A.6.1, tables A.15 to A.21). */
  private void coding(ByteBuffer in, boolean ownPrecincts) throws IOException {
    int levels = in.get() & 0xFF;
    int blockWidth = (in.get() & 0xF) + 2;
    int blockHeight = (in.get() & 0xF) + 2;
    in.getShort();
    if (levels > 32 || blockWidth + blockHeight > 12) {
      throw new IOException("JPEG 2000: the coding style is not one of the standard");
    }
    long parts = 0;
    for (int resolution = 0; resolution <= levels; resolution++) {
      int precinct = ownPrecincts ? in.get() & 0xFF : 0xFF;
      int halvings = levels - resolution;
      long wide = shifted(described.columns(), halvings);
      long high = shifted(described.rows(), halvings);
      parts +=
          pieces(wide, Math.min(precinct & 15, blockWidth))
              * pieces(high, Math.min(precinct >> 4, blockHeight));
    }
    parts *= described.samples();
    if (parts > MOST_BLOCKS || parts * layers > MOST_CONTRIBUTIONS) {
      throw new IOException(
          "JPEG 2000: " + parts + " blocks in " + layers + " layers are more than can be held");
    }
  }

  private static long shifted(long size, int halvings) {
    return Math.max(1, size >> Math.min(halvings, 31));
  }

  private static long pieces(long size, int exponent) {
    return (size >> exponent) + 1;
  }
}
