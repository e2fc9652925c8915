package org.vigil.dicom.pixel.jpeg;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Looks at, and takes out, marker segments before the first scan of an image (T.81 §B.1.1). */
public final class JpegSegments {
  private static final int SOS = 0xDA;
  private static final int DQT = 0xDB;
  private static final int APP0 = 0xE0;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;

  private JpegSegments() {}

  /** The image without fill bytes before its first marker (T.81 §B.1.1.2). */
  public static byte[] fromStartOfImage(byte[] image) {
    int at = 0;
    while (at + 1 < image.length && image[at] == (byte) 0xFF && image[at + 1] == (byte) 0xFF) {
      at++;
    }
    return at == 0 ? image : Arrays.copyOfRange(image, at, image.length);
  }

  /** Whether a quantization table has elements of 16 bits. */
  public static boolean hasWideQuantization(byte[] image) {
    for (int at = 2; isSegment(image, at); at += 2 + length(image, at)) {
      if ((image[at + 1] & 0xFF) == DQT) {
        int end = at + 2 + length(image, at);
        int table = at + 4;
        while (table < end && table < image.length) {
          if ((image[table] & 0xF0) != 0) {
            return true;
          }
          table += 1 + Component.BLOCK;
        }
      }
    }
    return false;
  }

  /**
   * The image without APPn and COM segments: they say nothing about its raw components, and a
   * decoder may refuse an image for what is wrong in them.
   */
  public static byte[] withoutApplicationData(byte[] image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(image.length);
    int at = 0;
    int next = 2;
    while (isSegment(image, next)) {
      int marker = image[next + 1] & 0xFF;
      int end = next + 2 + length(image, next);
      if (marker >= APP0 && marker <= APP15 || marker == COM) {
        out.write(image, at, next - at);
        at = Math.min(end, image.length);
      }
      next = end;
    }
    if (at == 0) {
      return image;
    }
    out.write(image, at, image.length - at);
    return out.toByteArray();
  }

  /** Whether a marker with a segment other than a scan's is there. */
  private static boolean isSegment(byte[] image, int at) {
    return at + 4 <= image.length
        && image[at] == (byte) 0xFF
        && (image[at + 1] & 0xFF) != SOS
        && image[at + 1] != (byte) 0xFF
        && length(image, at) >= 2;
  }

  private static int length(byte[] image, int at) {
    return (image[at + 2] & 0xFF) << 8 | image[at + 3] & 0xFF;
  }
}
