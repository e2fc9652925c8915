package org.vigil.dicom.pixel.jpeg;

import java.io.IOException;
import java.util.Optional;

/**
 * The frame header of a JPEG or JPEG-LS image (T.81 §B.2.2).
 *
 * @param marker SOFn, lower byte: C0 baseline, C1 extended, C2 progressive, C3 lossless, F7 JPEG-LS
 * @param precision bits a sample
 * @param rows lines, 0 where a DNL segment says how many
 * @param columns samples of a line
 * @param components samples of a pixel
 */
public record JpegFrameHeader(int marker, int precision, int rows, int columns, int components) {
  private static final int SOF0 = 0xC0;
  private static final int SOF2 = 0xC2;
  private static final int SOF15 = 0xCF;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int SOS = 0xDA;
  private static final int SOF55 = 0xF7;

  /**
   * Finds the header.
   *
   * @throws IOException if there is none before the first scan
   */
  public static JpegFrameHeader of(byte[] image) throws IOException {
    return find(image)
        .orElseThrow(() -> new IOException("JPEG: the image has no frame header before its scan"));
  }

  /** The header, or nothing where these bytes are no JPEG image. */
  public static Optional<JpegFrameHeader> find(byte[] image) {
    if (image.length < 4 || u16(image, 0) != 0xFFD8) {
      return Optional.empty();
    }
    int at = 2;
    while (at + 9 < image.length && image[at] == (byte) 0xFF) {
      int marker = image[at + 1] & 0xFF;
      boolean frame =
          marker == SOF55
              || marker >= SOF0
                  && marker <= SOF15
                  && marker != DHT
                  && marker != JPG
                  && marker != DAC;
      if (frame) {
        return Optional.of(
            new JpegFrameHeader(
                marker,
                image[at + 4] & 0xFF,
                u16(image, at + 5),
                u16(image, at + 7),
                image[at + 9] & 0xFF));
      }
      if (marker == SOS) {
        return Optional.empty();
      }
      // Fill bytes may precede a marker.
      at += marker == 0xFF ? 1 : 2 + u16(image, at + 2);
    }
    return Optional.empty();
  }

  private static int u16(byte[] image, int at) {
    return (image[at] & 0xFF) << 8 | image[at + 1] & 0xFF;
  }

  /** Whether the image was made with a DCT. */
  public boolean isDct() {
    return marker >= SOF0 && marker <= SOF2;
  }
}
