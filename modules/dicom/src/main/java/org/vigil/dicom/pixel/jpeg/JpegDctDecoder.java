package org.vigil.dicom.pixel.jpeg;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads a JPEG image made with a DCT: its marker segments (T.81 §B), scans and samples. */
public final class JpegDctDecoder {
  private static final int SIDE = 8;

  private final MarkerSegments segments;

  private final int[][] quantization = new int[MarkerSegments.TABLES][];
  private final HuffmanTable[] dc = new HuffmanTable[MarkerSegments.TABLES];
  private final HuffmanTable[] ac = new HuffmanTable[MarkerSegments.TABLES];
  private final List<Component> components = new ArrayList<>();
  private boolean progressive;
  private int precision;
  private int rows;
  private int columns;
  private int maxHorizontal;
  private int maxVertical;
  private int restartInterval;

  private JpegDctDecoder(byte[] bytes) {
    this.segments = new MarkerSegments(bytes);
  }

  /**
   * Decodes an image.
   *
   * @param most samples that the caller is ready to hold: a larger image is refused before memory
   *     is taken for it
   * @throws IOException if the bytes are no complete JPEG image, or of a kind the package refuses
   */
  public static JpegImage decode(byte[] bytes, long most) throws IOException {
    try {
      return new JpegDctDecoder(bytes).read(most);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new EOFException("JPEG: the image ends inside a marker segment");
    }
  }

  private JpegImage read(long most) throws IOException {
    int marker = segments.first();
    while (marker != MarkerSegments.EOI) {
      ByteBuffer segment = segments.segmentOf(marker);
      switch (marker) {
        case MarkerSegments.SOF0, MarkerSegments.SOF0 + 1, MarkerSegments.SOF2 -> {
          progressive = marker == MarkerSegments.SOF2;
          frame(segment, most);
        }
        case MarkerSegments.DHT -> MarkerSegments.huffmanTables(segment, dc, ac);
        case MarkerSegments.DQT -> quantizationTables(segment);
        case MarkerSegments.DRI -> restartInterval = segment.getShort() & 0xFFFF;
        case MarkerSegments.SOS -> scan(segment);
        default -> refuse(marker);
      }
      marker = segments.next();
    }
    if (!segments.scanned()) {
      throw new EOFException("JPEG: the image has no scan");
    }
    return new JpegImage(rows, columns, components.size(), precision, samples());
  }

  /** What an image has that asks for more than is decoded here; other segments say nothing. */
  private static void refuse(int marker) throws IOException {
    if (marker == MarkerSegments.DAC
        || marker > MarkerSegments.JPG && marker < MarkerSegments.SOF15) {
      throw new IOException("JPEG: the image is coded arithmetically");
    }
    if (marker == MarkerSegments.DNL
        || marker <= MarkerSegments.SOF15 && marker != MarkerSegments.JPG) {
      throw new IOException("JPEG: the image is lossless, hierarchical or of unknown height");
    }
  }

  private void frame(ByteBuffer segment, long most) throws IOException {
    if (!components.isEmpty()) {
      throw new IOException("JPEG: there is a second frame header");
    }
    precision = segment.get() & 0xFF;
    rows = segment.getShort() & 0xFFFF;
    columns = segment.getShort() & 0xFFFF;
    int count = segment.get() & 0xFF;
    if (precision != 8 && precision != 12 || rows == 0 || columns == 0 || count < 1 || count > 4) {
      throw new IOException("JPEG: the frame header makes no image");
    }
    if ((long) rows * columns * count > most) {
      throw new IOException(
          "JPEG: the image is %d×%d×%d, larger than expected".formatted(columns, rows, count));
    }
    for (int i = 0; i < count; i++) {
      int id = segment.get() & 0xFF;
      int sampling = segment.get() & 0xFF;
      Component c = new Component(id, sampling >> 4, sampling & 15, segment.get() & 0xFF);
      if (c.horizontal < 1 || c.horizontal > 4 || c.vertical < 1 || c.vertical > 4) {
        throw new IOException("JPEG: a component has impossible sampling factors");
      }
      components.add(c);
      maxHorizontal = Math.max(maxHorizontal, c.horizontal);
      maxVertical = Math.max(maxVertical, c.vertical);
    }
    for (Component c : components) {
      c.blocksWide = ceil(ceil(columns * c.horizontal, maxHorizontal), SIDE);
      c.blocksHigh = ceil(ceil(rows * c.vertical, maxVertical), SIDE);
      c.paddedWide = mcusWide() * c.horizontal;
      c.coefficients = new short[c.paddedWide * mcusHigh() * c.vertical * Component.BLOCK];
    }
  }

  private int mcusWide() {
    return ceil(columns, SIDE * maxHorizontal);
  }

  private int mcusHigh() {
    return ceil(rows, SIDE * maxVertical);
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private void quantizationTables(ByteBuffer segment) throws IOException {
    while (segment.hasRemaining()) {
      int target = segment.get() & 0xFF;
      if ((target & 15) >= MarkerSegments.TABLES || target >> 4 > 1) {
        throw new IOException("JPEG: a quantization table has no place to go");
      }
      int[] table = new int[Component.BLOCK];
      for (int k = 0; k < Component.BLOCK; k++) {
        table[k] = target >> 4 == 0 ? segment.get() & 0xFF : segment.getShort() & 0xFFFF;
      }
      quantization[target & 15] = table;
    }
  }

  private void scan(ByteBuffer segment) throws IOException {
    int count = segment.get() & 0xFF;
    if (count < 1 || count > components.size()) {
      throw new IOException("JPEG: a scan has no components of the frame");
    }
    List<Component> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = segment.get() & 0xFF;
      int tables = segment.get() & 0xFF;
      Component c =
          components.stream()
              .filter(known -> known.id == id && !chosen.contains(known))
              .findFirst()
              .orElseThrow(() -> new IOException("JPEG: a scan has an unknown component"));
      c.dc = dc[tables >> 4 & 3];
      c.ac = ac[tables & 3];
      chosen.add(c);
    }
    int first = segment.get() & 0xFF;
    int last = segment.get() & 0xFF;
    int bits = segment.get() & 0xFF;
    DctScan scan = new DctScan(chosen, progressive, first, last, bits >> 4, bits & 15);
    boolean alone = count == 1;
    int wide = alone ? chosen.get(0).blocksWide : mcusWide();
    int units = wide * (alone ? chosen.get(0).blocksHigh : mcusHigh());
    EntropyReader reader = segments.entropyCoded();
    scan.from(reader);
    for (int unit = 0; unit < units; unit++) {
      if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0) {
        reader = segments.restart(reader, unit / restartInterval - 1);
        scan.from(reader);
      }
      if (alone) {
        scan.block(chosen.get(0), chosen.get(0).at(unit % wide, unit / wide));
      } else {
        unit(scan, chosen, unit % wide, unit / wide);
      }
    }
    segments.scanEnds(reader);
  }

  /** A minimum coded unit: the blocks of all components for one place (T.81 §A.2.3). */
  private static void unit(DctScan scan, List<Component> chosen, int column, int row)
      throws IOException {
    for (Component c : chosen) {
      for (int v = 0; v < c.vertical; v++) {
        for (int h = 0; h < c.horizontal; h++) {
          scan.block(c, c.at(column * c.horizontal + h, row * c.vertical + v));
        }
      }
    }
  }

  private int[] samples() throws IOException {
    int[] samples = new int[rows * columns * components.size()];
    InverseDct inverse = new InverseDct();
    double[] levels = new double[Component.BLOCK];
    for (int index = 0; index < components.size(); index++) {
      Component c = components.get(index);
      if (c.table >= MarkerSegments.TABLES || quantization[c.table] == null) {
        throw new IOException("JPEG: a component uses a quantization table that was not given");
      }
      int[] plane = new int[c.paddedWide * SIDE * c.blocksHigh * SIDE];
      for (int y = 0; y < c.blocksHigh; y++) {
        for (int x = 0; x < c.blocksWide; x++) {
          inverse.transform(c.coefficients, c.at(x, y), quantization[c.table], levels);
          place(levels, plane, y * SIDE * c.paddedWide * SIDE + x * SIDE, c.paddedWide * SIDE);
        }
      }
      Upsampling whole =
          new Upsampling(plane, c.paddedWide * SIDE, c, columns, rows, maxHorizontal, maxVertical);
      for (int y = 0; y < rows; y++) {
        int line = y * columns * components.size();
        whole.line(y, columns, samples, line + index, components.size());
      }
    }
    return samples;
  }

  private void place(double[] levels, int[] plane, int at, int stride) {
    int shift = 1 << precision - 1;
    int max = (1 << precision) - 1;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        long level = Math.round(levels[y * SIDE + x]) + shift;
        plane[at + y * stride + x] = (int) Math.max(0, Math.min(max, level));
      }
    }
  }
}
