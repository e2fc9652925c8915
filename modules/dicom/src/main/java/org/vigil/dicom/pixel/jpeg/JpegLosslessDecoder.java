package org.vigil.dicom.pixel.jpeg;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a lossless JPEG image (T.81 annex H, process 14): differences to a prediction from
 * neighbours, Huffman coded; 2 to 16 bits, up to 4 components, any predictor, point transform and
 * restart interval.
 */
public final class JpegLosslessDecoder {
  /** The category whose difference has no further bits (T.81 table H.2). */
  private static final int HALF_OF_ALL = 16;

  private final MarkerSegments segments;
  private final HuffmanTable[] tables = new HuffmanTable[MarkerSegments.TABLES];
  private final List<Integer> ids = new ArrayList<>();
  private boolean subsampled;
  private int precision;
  private int rows;
  private int columns;
  private int restartInterval;
  private int[] samples;

  private JpegLosslessDecoder(byte[] bytes) {
    this.segments = new MarkerSegments(bytes);
  }

  /**
   * Decodes an image.
   *
   * @param most samples that the caller is ready to hold: a larger image is refused before memory
   *     is taken for it
   * @throws IOException if the bytes are no complete lossless JPEG image with Huffman coding
   */
  public static JpegImage decode(byte[] bytes, long most) throws IOException {
    try {
      return new JpegLosslessDecoder(bytes).read(most);
    } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new EOFException("JPEG: the image ends inside a marker segment");
    }
  }

  private JpegImage read(long most) throws IOException {
    int marker = segments.first();
    int scanned = 0;
    while (marker != MarkerSegments.EOI) {
      ByteBuffer segment = segments.segmentOf(marker);
      switch (marker) {
        case MarkerSegments.SOF3 -> frame(segment, most);
        case MarkerSegments.DHT ->
            MarkerSegments.huffmanTables(segment, tables, new HuffmanTable[MarkerSegments.TABLES]);
        case MarkerSegments.DRI -> restartInterval = segment.getShort() & 0xFFFF;
        case MarkerSegments.SOS -> scanned += scan(segment);
        default -> {
          if (marker <= MarkerSegments.SOF15 || marker == MarkerSegments.DNL) {
            throw new IOException("JPEG: the image is not lossless, or of unknown height");
          }
        }
      }
      marker = segments.next();
    }
    if (scanned == 0 || scanned < ids.size()) {
      throw new EOFException("JPEG: a component of the image has no scan");
    }
    return new JpegImage(rows, columns, ids.size(), precision, samples);
  }

  private void frame(ByteBuffer segment, long most) throws IOException {
    if (samples != null) {
      throw new IOException("JPEG: there is a second frame header");
    }
    precision = segment.get() & 0xFF;
    rows = segment.getShort() & 0xFFFF;
    columns = segment.getShort() & 0xFFFF;
    int count = segment.get() & 0xFF;
    if (precision < 2 || precision > 16 || rows == 0 || columns == 0 || count < 1 || count > 4) {
      throw new IOException("JPEG: the frame header makes no image");
    }
    if ((long) rows * columns * count > most) {
      throw new IOException(
          "JPEG: the image is %d×%d×%d, larger than expected".formatted(columns, rows, count));
    }
    for (int i = 0; i < count; i++) {
      ids.add(segment.get() & 0xFF);
      // With one component its factors mean nothing (T.81 §A.2.2).
      subsampled |= segment.get() != 0x11 && count > 1;
      segment.get();
    }
    samples = new int[rows * columns * count];
  }

  /**
   * Reads a scan.
   *
   * @return components in it
   */
  private int scan(ByteBuffer segment) throws IOException {
    int count = segment.get() & 0xFF;
    if (samples == null || count < 1 || count > ids.size()) {
      throw new IOException("JPEG: a scan has no components of the frame");
    }
    if (subsampled) {
      throw new IOException("JPEG: the components of a lossless image are sub-sampled");
    }
    int[] places = new int[count];
    HuffmanTable[] chosen = new HuffmanTable[count];
    for (int i = 0; i < count; i++) {
      places[i] = ids.indexOf(segment.get() & 0xFF);
      chosen[i] = tables[(segment.get() & 0xFF) >> 4 & 3];
      if (places[i] < 0) {
        throw new IOException("JPEG: a scan has an unknown component");
      }
      if (chosen[i] == null) {
        throw new IOException("JPEG: a scan uses a Huffman table that was not given");
      }
    }
    int predictor = segment.get() & 0xFF;
    segment.get();
    int transform = segment.get() & 15;
    if (predictor < 1 || predictor > 7 || transform >= precision) {
      throw new IOException("JPEG: the scan header asks for a prediction that cannot be");
    }
    if (restartInterval % columns != 0) {
      throw new IOException("JPEG: the restart interval of a lossless image is no whole lines");
    }
    lines(places, chosen, predictor, transform);
    return count;
  }

  private void lines(int[] places, HuffmanTable[] chosen, int predictor, int transform)
      throws IOException {
    int interval = restartInterval / columns;
    EntropyReader reader = segments.entropyCoded();
    boolean first = true;
    for (int y = 0; y < rows; y++) {
      if (interval > 0 && y > 0 && y % interval == 0) {
        reader = segments.restart(reader, y / interval - 1);
        first = true;
      }
      line(reader, y, places, chosen, first ? 0 : predictor, transform);
      first = false;
    }
    segments.scanEnds(reader);
    if (transform > 0) {
      for (int place : places) {
        for (int at = place; at < samples.length; at += ids.size()) {
          samples[at] = samples[at] << transform & 0xFFFF;
        }
      }
    }
  }

  /**
   * @param predictor 0 for the line after the beginning or a restart (T.81 §H.1.2.1)
   */
  private void line(
      EntropyReader in, int y, int[] places, HuffmanTable[] chosen, int predictor, int transform)
      throws IOException {
    int step = ids.size();
    int above = columns * step;
    for (int x = 0; x < columns; x++) {
      for (int i = 0; i < places.length; i++) {
        int at = (y * columns + x) * step + places[i];
        int prediction;
        if (predictor == 0) {
          prediction = x == 0 ? 1 << precision - transform - 1 : samples[at - step];
        } else if (x == 0) {
          prediction = samples[at - above];
        } else {
          prediction =
              predict(
                  predictor, samples[at - step], samples[at - above], samples[at - above - step]);
        }
        samples[at] = prediction + difference(in, chosen[i]) & 0xFFFF;
      }
    }
  }

  /**
   * T.81 table H.1.
   *
   * @param a the sample on the left
   * @param b the one above
   * @param c the one on the left above
   */
  private static int predict(int predictor, int a, int b, int c) {
    return switch (predictor) {
      case 1 -> a;
      case 2 -> b;
      case 3 -> c;
      case 4 -> a + b - c;
      case 5 -> a + (b - c >> 1);
      case 6 -> b + (a - c >> 1);
      default -> a + b >> 1;
    };
  }

  private static int difference(EntropyReader in, HuffmanTable table) throws IOException {
    int size = table.decode(in);
    if (size > HALF_OF_ALL) {
      throw new IOException("JPEG: a difference has more than 16 bits");
    }
    return size == HALF_OF_ALL ? 1 << HALF_OF_ALL - 1 : in.extended(size);
  }
}
