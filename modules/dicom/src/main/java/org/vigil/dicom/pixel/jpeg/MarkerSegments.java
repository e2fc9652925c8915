package org.vigil.dicom.pixel.jpeg;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Goes through a JPEG image from marker to marker (T.81 §B.1.1). */
final class MarkerSegments {
  static final int SOF0 = 0xFFC0;
  static final int SOF2 = 0xFFC2;
  static final int SOF3 = 0xFFC3;
  static final int DHT = 0xFFC4;
  static final int JPG = 0xFFC8;
  static final int DAC = 0xFFCC;
  static final int SOF15 = 0xFFCF;
  static final int RST0 = 0xFFD0;
  static final int RST7 = 0xFFD7;
  static final int SOI = 0xFFD8;
  static final int EOI = 0xFFD9;
  static final int SOS = 0xFFDA;
  static final int DQT = 0xFFDB;
  static final int DNL = 0xFFDC;
  static final int DRI = 0xFFDD;

  /** Tables of one kind that an image may hold at a time. */
  static final int TABLES = 4;

  private final byte[] bytes;
  private int position;
  private boolean scanned;

  MarkerSegments(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether a scan has been read to its end. */
  boolean scanned() {
    return scanned;
  }

  /**
   * The first marker after SOI.
   *
   * @throws IOException if the bytes do not begin an image
   */
  int first() throws IOException {
    if (next() != SOI) {
      throw new IOException("JPEG: the image does not begin with an SOI marker");
    }
    return next();
  }

  /** The marker here; EOI where the image ends after a scan, as some encoders forget it. */
  int next() throws IOException {
    while (position + 2 < bytes.length
        && bytes[position] == (byte) 0xFF
        && bytes[position + 1] == (byte) 0xFF) {
      position++;
    }
    if (position + 1 >= bytes.length) {
      if (scanned) {
        return EOI;
      }
      throw new EOFException("JPEG: the image ends where a marker should be");
    }
    int marker = (bytes[position] & 0xFF) << 8 | bytes[position + 1] & 0xFF;
    position += 2;
    return marker;
  }

  /** The segment of a marker that has one. */
  ByteBuffer segmentOf(int marker) throws IOException {
    if (marker < SOF0 || marker >= RST0 && marker <= RST7 || marker == SOI) {
      throw new IOException("JPEG: unexpected marker " + Integer.toHexString(marker));
    }
    int length = (bytes[position] & 0xFF) << 8 | bytes[position + 1] & 0xFF;
    if (length < 2 || position + length > bytes.length) {
      throw new EOFException("JPEG: a marker segment reaches beyond the image");
    }
    ByteBuffer segment = ByteBuffer.wrap(bytes, position + 2, length - 2).slice();
    position += length;
    return segment;
  }

  /** Reads the tables of a DHT segment to where they go. */
  static void huffmanTables(ByteBuffer segment, HuffmanTable[] dc, HuffmanTable[] ac)
      throws IOException {
    while (segment.hasRemaining()) {
      int target = segment.get() & 0xFF;
      HuffmanTable table = HuffmanTable.read(segment);
      if ((target & 15) >= TABLES || target >> 4 > 1) {
        throw new IOException("JPEG: a Huffman table has no place to go");
      }
      (target >> 4 == 0 ? dc : ac)[target & 15] = table;
    }
  }

  /** The entropy-coded segment that begins here. */
  EntropyReader entropyCoded() {
    return new EntropyReader(bytes, position);
  }

  /**
   * The entropy-coded segment after a restart marker.
   *
   * @param number restarts of the scan before this one
   */
  EntropyReader restart(EntropyReader before, int number) throws IOException {
    position = before.nextMarker();
    if (next() != RST0 + number % 8) {
      throw new IOException("JPEG: a restart marker is missing");
    }
    return entropyCoded();
  }

  /** Goes on after the last entropy-coded segment of a scan. */
  void scanEnds(EntropyReader reader) {
    position = reader.nextMarker();
    scanned = true;
  }
}
