package org.vigil.dicom.pixel.jpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A Huffman table as a DHT segment gives it (T.81 §C, §F.2.2.3). */
final class HuffmanTable {
  private static final int LONGEST = 16;

  /** Codes up to here, which are most, are looked up. */
  private static final int SHORT = 9;

  private final int[] smallest = new int[LONGEST + 1];
  private final int[] largest = new int[LONGEST + 1];
  private final int[] first = new int[LONGEST + 1];
  private final byte[] values;

  /** By the next bits: a short code's length above its value; 0 where the code is longer. */
  private final short[] lookup = new short[1 << SHORT];

  private HuffmanTable(int[] counts, byte[] values) throws IOException {
    this.values = values;
    int code = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      smallest[length] = code;
      first[length] = index;
      index += counts[length];
      code += counts[length];
      largest[length] = code - 1;
      if (code > 1 << length) {
        throw new IOException("JPEG: a Huffman table has too many codes of one length");
      }
      if (length <= SHORT) {
        for (int i = 0; i < counts[length]; i++) {
          int from = smallest[length] + i << SHORT - length;
          short entry = (short) (length << 8 | values[first[length] + i] & 0xFF);
          Arrays.fill(lookup, from, from + (1 << SHORT - length), entry);
        }
      }
      code <<= 1;
    }
  }

  /** Reads 16 counts and the values. */
  static HuffmanTable read(ByteBuffer segment) throws IOException {
    int[] counts = new int[LONGEST + 1];
    int total = 0;
    for (int length = 1; length <= LONGEST; length++) {
      counts[length] = segment.get() & 0xFF;
      total += counts[length];
    }
    if (total > 256) {
      throw new IOException("JPEG: a Huffman table has more than 256 values");
    }
    byte[] values = new byte[total];
    segment.get(values);
    return new HuffmanTable(counts, values);
  }

  int decode(EntropyReader in) throws IOException {
    int found = lookup[in.peek(SHORT)];
    if (found != 0) {
      in.skip(found >> 8);
      return found & 0xFF;
    }
    int code = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code = code << 1 | in.bit();
      if (code <= largest[length] && code >= smallest[length]) {
        return values[first[length] + code - smallest[length]] & 0xFF;
      }
    }
    throw new IOException("JPEG: a code is in no Huffman table");
  }
}
