package org.vigil.dicom.pixel.jpegls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vigil.dicom.pixel.jpegls.Scan.Interleave;

/** Reads a JPEG-LS image: its marker segments (T.87 §C) and scans. */
public final class JpegLsDecoder {
  private static final int SOI = 0xFFD8;
  private static final int EOI = 0xFFD9;
  private static final int SOF55 = 0xFFF7;
  private static final int SOS = 0xFFDA;
  private static final int LSE = 0xFFF8;
  private static final int DNL = 0xFFDC;
  private static final int DRI = 0xFFDD;
  private static final int RST0 = 0xFFD0;
  private static final int RST7 = 0xFFD7;
  private static final int APP8 = 0xFFE8;
  private static final int COLOUR_TRANSFORM_LENGTH = 5;

  private final byte[] bytes;
  private int position;

  private int precision;
  private int rows;
  private int columns;
  private int[] componentIds = {};
  private int[] samples;
  private int restartLines;
  private int maxValue;
  private int t1;
  private int t2;
  private int t3;
  private int reset;
  private int componentsRead;

  private JpegLsDecoder(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Decodes an image.
   *
   * @param most samples that the caller is ready to hold: a larger image is refused before memory
   *     is taken for it
   * @throws IOException if the bytes are no complete JPEG-LS image, or one of a kind that DICOM
   *     does not know (see the package)
   */
  public static JpegLsImage decode(byte[] bytes, long most) throws IOException {
    try {
      return new JpegLsDecoder(bytes).read(most);
    } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new EOFException("JPEG-LS: the image ends inside a marker segment");
    }
  }

  private JpegLsImage read(long most) throws IOException {
    if (marker() != SOI) {
      throw new IOException("JPEG-LS: the image does not begin with an SOI marker");
    }
    while (samples == null || componentsRead < componentIds.length) {
      int marker = marker();
      if (marker == EOI) {
        throw new EOFException("JPEG-LS: the image ends before all components were read");
      }
      if (marker < 0xFFC0 || marker >= RST0 && marker <= RST7 || marker == SOI) {
        throw new IOException("JPEG-LS: unexpected marker " + Integer.toHexString(marker));
      }
      ByteBuffer segment = segment();
      switch (marker) {
        case SOF55 -> frame(segment, most);
        case LSE -> parameters(segment);
        case DRI -> restartLines = restartInterval(segment);
        case SOS -> scan(segment);
        case DNL -> throw new IOException("JPEG-LS: the number of lines follows in a DNL marker");
        case APP8 -> refuseColourTransform(segment);
        default -> {
          if (marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFCC) {
            throw new IOException("JPEG-LS: the image is JPEG, not JPEG-LS");
          }
          // Comments, application segments: nothing to decode with.
        }
      }
    }
    return new JpegLsImage(rows, columns, componentIds.length, precision, samples);
  }

  private int marker() throws IOException {
    if (position + 1 >= bytes.length) {
      throw new EOFException("JPEG-LS: the image ends where a marker should be");
    }
    // Fill bytes 0xFF may precede a marker (T.81 §B.1.1.2).
    while (position + 2 < bytes.length
        && bytes[position] == (byte) 0xFF
        && bytes[position + 1] == (byte) 0xFF) {
      position++;
    }
    int marker = (bytes[position] & 0xFF) << 8 | bytes[position + 1] & 0xFF;
    position += 2;
    return marker;
  }

  private ByteBuffer segment() throws IOException {
    int length = (bytes[position] & 0xFF) << 8 | bytes[position + 1] & 0xFF;
    if (length < 2 || position + length > bytes.length) {
      throw new EOFException("JPEG-LS: a marker segment reaches beyond the image");
    }
    ByteBuffer segment =
        ByteBuffer.wrap(bytes, position + 2, length - 2).slice().order(ByteOrder.BIG_ENDIAN);
    position += length;
    return segment;
  }

  private void frame(ByteBuffer segment, long most) throws IOException {
    if (samples != null) {
      throw new IOException("JPEG-LS: there is a second frame header");
    }
    precision = segment.get() & 0xFF;
    rows = segment.getShort() & 0xFFFF;
    columns = segment.getShort() & 0xFFFF;
    int components = segment.get() & 0xFF;
    if (precision < 2 || precision > 16 || rows == 0 || columns == 0 || components == 0) {
      throw new IOException("JPEG-LS: the frame header makes no image");
    }
    if ((long) rows * columns * components > most) {
      throw new IOException(
          "JPEG-LS: the image is "
              + columns
              + "×"
              + rows
              + "×"
              + components
              + ", larger than expected");
    }
    componentIds = new int[components];
    for (int c = 0; c < components; c++) {
      componentIds[c] = segment.get() & 0xFF;
      int sampling = segment.get() & 0xFF;
      segment.get();
      if (sampling != 0x11) {
        throw new IOException("JPEG-LS: components are sub-sampled");
      }
    }
    samples = new int[rows * columns * components];
  }

  private void parameters(ByteBuffer segment) throws IOException {
    int id = segment.get() & 0xFF;
    if (id != 1) {
      throw new IOException("JPEG-LS: mapping tables and extensions (LSE " + id + ") are unknown");
    }
    maxValue = segment.getShort() & 0xFFFF;
    t1 = segment.getShort() & 0xFFFF;
    t2 = segment.getShort() & 0xFFFF;
    t3 = segment.getShort() & 0xFFFF;
    reset = segment.getShort() & 0xFFFF;
  }

  private static int restartInterval(ByteBuffer segment) throws IOException {
    return switch (segment.remaining()) {
      case 2 -> segment.getShort() & 0xFFFF;
      case 3 -> (segment.get() & 0xFF) << 16 | segment.getShort() & 0xFFFF;
      case 4 -> segment.getInt();
      default -> throw new IOException("JPEG-LS: the restart interval has no length of 2 to 4");
    };
  }

  /** HP's extension {@code mrfx}: colours would be wrong without a word. */
  private static void refuseColourTransform(ByteBuffer segment) throws IOException {
    if (segment.remaining() == COLOUR_TRANSFORM_LENGTH
        && segment.get(0) == 'm'
        && segment.get(1) == 'r'
        && segment.get(2) == 'f'
        && segment.get(3) == 'x'
        && segment.get(4) != 0) {
      throw new IOException("JPEG-LS: the image uses a colour transform outside of the standard");
    }
  }

  private void scan(ByteBuffer segment) throws IOException {
    if (samples == null) {
      throw new IOException("JPEG-LS: a scan comes before the frame header");
    }
    int components = segment.get() & 0xFF;
    int first = componentsRead;
    if (components < 1 || components > componentIds.length - first) {
      throw new IOException("JPEG-LS: a scan has more components than are left");
    }
    for (int c = 0; c < components; c++) {
      int id = segment.get() & 0xFF;
      int table = segment.get() & 0xFF;
      if (id != componentIds[first + c] || table != 0) {
        throw new IOException("JPEG-LS: the components of a scan come out of their order");
      }
    }
    int near = segment.get() & 0xFF;
    int order = segment.get() & 0xFF;
    int pointTransform = segment.get() & 0xFF;
    if (order > 2 || pointTransform != 0 || order == 0 && components > 1) {
      throw new IOException("JPEG-LS: interleave " + order + " of " + components + " components");
    }
    Coding coding =
        Coding.of(maxValue == 0 ? (1 << precision) - 1 : maxValue, near, t1, t2, t3, reset);
    lines(new ScanDecoder(coding, columns, components, Interleave.values()[order]), first);
    componentsRead += components;
  }

  private void lines(ScanDecoder scan, int firstComponent) throws IOException {
    int stride = componentIds.length;
    BitReader reader = new BitReader(bytes, position);
    scan.from(reader);
    for (int y = 0; y < rows; y++) {
      if (restartLines > 0 && y > 0 && y % restartLines == 0) {
        position = reader.nextMarker();
        int marker = marker();
        if (marker != RST0 + (y / restartLines - 1) % 8) {
          throw new IOException("JPEG-LS: a restart marker is missing");
        }
        reader = new BitReader(bytes, position);
        scan.restart();
        scan.from(reader);
      }
      scan.line(samples, y * columns * stride + firstComponent, stride);
    }
    position = reader.nextMarker();
  }
}
