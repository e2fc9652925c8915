package org.vigil.dicom.pixel;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;

/**
 * Renders a frame to 8 bits as a viewer shows it first: modality LUT, VOI, MONOCHROME1 and
 * Presentation LUT Shape for grey images; palette and YCbCr for colour (PS3.4 annex N, PS3.18
 * §8.3.5).
 */
public final class FrameRenderer {

  private final Attributes dataset;
  private final PixelDecoder decoder;
  private boolean overlays;

  private FrameRenderer(Attributes dataset, PixelDecoder decoder) {
    this.dataset = dataset;
    this.decoder = decoder;
  }

  /** A renderer for an image. */
  public static FrameRenderer of(Attributes dataset, PixelDecoder decoder) {
    return new FrameRenderer(dataset, decoder);
  }

  /** Draws the graphics overlays in white over what is rendered. */
  public FrameRenderer withOverlays() {
    overlays = true;
    return this;
  }

  /**
   * Renders with the data set's own window or table, else from the smallest to the largest value.
   *
   * @param index frame, from 0
   * @return {@code TYPE_BYTE_GRAY} or {@code TYPE_3BYTE_BGR}, as large as the frame
   */
  public BufferedImage render(int index) throws IOException {
    Frame frame = decoder.frame(index);
    if (!decoder.description().isMonochrome()) {
      return drawn(color(frame), index);
    }
    ModalityLut modality = ModalityLut.of(dataset, index);
    Voi voi = Voi.of(dataset, index);
    return drawn(gray(frame, modality, voi == null ? fullRange(frame, modality) : voi), index);
  }

  /**
   * Renders a grey frame with a window of one's own.
   *
   * @param index frame, from 0
   */
  public BufferedImage render(int index, Voi voi) throws IOException {
    Frame frame = decoder.frame(index);
    return drawn(
        decoder.description().isMonochrome()
            ? gray(frame, ModalityLut.of(dataset, index), voi)
            : color(frame),
        index);
  }

  private BufferedImage drawn(BufferedImage image, int index) throws IOException {
    if (!overlays) {
      return image;
    }
    for (Overlay overlay : Overlay.of(dataset, decoder)) {
      byte[] plane = overlay.type().equals("G") ? overlay.plane(index) : null;
      for (int i = 0; plane != null && i < plane.length; i++) {
        int x = overlay.left() + i % overlay.columns();
        int y = overlay.top() + i / overlay.columns();
        if (plane[i] != 0 && x >= 0 && x < image.getWidth() && y >= 0 && y < image.getHeight()) {
          image.setRGB(x, y, 0xFFFFFF);
        }
      }
    }
    return image;
  }

  private Voi fullRange(Frame frame, ModalityLut modality) {
    int padding = dataset.getInt(Tag.PixelPaddingValue, Integer.MIN_VALUE);
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < frame.size(); i++) {
      int stored = frame.value(i);
      if (stored != padding) {
        double value = modality.apply(stored);
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
      }
    }
    return minimum > maximum ? Voi.range(0, 1) : Voi.range(minimum, maximum);
  }

  private BufferedImage gray(Frame frame, ModalityLut modality, Voi voi) {
    boolean inverse = frame.photometric().equals("MONOCHROME1");
    if (dataset.contains(Tag.PresentationLUTShape)) {
      inverse = "INVERSE".equals(dataset.getString(Tag.PresentationLUTShape));
    }
    BufferedImage image =
        new BufferedImage(frame.columns(), frame.rows(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] out = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] levels = levels(frame, modality, voi, inverse);
    int lowest = frame.isSigned() ? -(1 << (frame.bitsStored() - 1)) : 0;
    for (int i = 0; i < out.length; i++) {
      int stored = frame.value(i);
      out[i] = levels == null ? level(stored, modality, voi, inverse) : levels[stored - lowest];
    }
    return image;
  }

  /** Each stored value's level, computed once, where there are at most 65536 of them. */
  private static byte[] levels(Frame frame, ModalityLut modality, Voi voi, boolean inverse) {
    if (frame.bitsStored() > 16) {
      return null;
    }
    byte[] levels = new byte[1 << frame.bitsStored()];
    int lowest = frame.isSigned() ? -(levels.length / 2) : 0;
    for (int i = 0; i < levels.length; i++) {
      levels[i] = level(lowest + i, modality, voi, inverse);
    }
    return levels;
  }

  private static byte level(int stored, ModalityLut modality, Voi voi, boolean inverse) {
    int level = (int) (voi.apply(modality.apply(stored)) * 255 + 0.5);
    return (byte) (inverse ? 255 - level : level);
  }

  private BufferedImage color(Frame frame) throws IOException {
    BufferedImage image =
        new BufferedImage(frame.columns(), frame.rows(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    if (frame.photometric().equals("PALETTE COLOR")) {
      palette(frame, bgr);
      return image;
    }
    if (frame.samples() < 3) {
      throw new DicomException(
          DicomError.PIXEL_DESCRIPTION_INVALID,
          Tag.PhotometricInterpretation,
          "The photometric interpretation is one of colours, but there are not three samples");
    }
    boolean ycbcr = frame.photometric().startsWith("YBR");
    boolean partial = frame.photometric().startsWith("YBR_PARTIAL");
    int down = Math.max(0, frame.bitsStored() - 8);
    for (int i = 0, v = 0; i < bgr.length; i += 3, v += frame.samples()) {
      int a = frame.value(v) >> down;
      int b = frame.value(v + 1) >> down;
      int c = frame.value(v + 2) >> down;
      if (partial) {
        // The same section, YBR_PARTIAL_422: luminance from 16 to 235, chrominance from 16 to 240.
        double y = 1.1644 * (a - 16);
        bgr[i + 2] = clamp(y + 1.5960 * (c - 128));
        bgr[i + 1] = clamp(y - 0.3917 * (b - 128) - 0.8129 * (c - 128));
        bgr[i] = clamp(y + 2.0173 * (b - 128));
      } else if (ycbcr) {
        // PS3.3 §C.7.6.3.1.2, YBR_FULL, turned round.
        bgr[i + 2] = clamp(a + 1.402 * (c - 128));
        bgr[i + 1] = clamp(a - 0.344136 * (b - 128) - 0.714136 * (c - 128));
        bgr[i] = clamp(a + 1.772 * (b - 128));
      } else {
        bgr[i] = (byte) c;
        bgr[i + 1] = (byte) b;
        bgr[i + 2] = (byte) a;
      }
    }
    return image;
  }

  private static byte clamp(double level) {
    return (byte) Math.max(0, Math.min(255, Math.round(level)));
  }

  private void palette(Frame frame, byte[] bgr) throws IOException {
    LookupTable red =
        LookupTable.ofPalette(
            dataset,
            Tag.RedPaletteColorLookupTableDescriptor,
            Tag.RedPaletteColorLookupTableData,
            Tag.SegmentedRedPaletteColorLookupTableData);
    LookupTable green =
        LookupTable.ofPalette(
            dataset,
            Tag.GreenPaletteColorLookupTableDescriptor,
            Tag.GreenPaletteColorLookupTableData,
            Tag.SegmentedGreenPaletteColorLookupTableData);
    LookupTable blue =
        LookupTable.ofPalette(
            dataset,
            Tag.BluePaletteColorLookupTableDescriptor,
            Tag.BluePaletteColorLookupTableData,
            Tag.SegmentedBluePaletteColorLookupTableData);
    for (int i = 0; i < frame.size(); i++) {
      int index = frame.value(i);
      bgr[i * 3] = level(blue, index);
      bgr[i * 3 + 1] = level(green, index);
      bgr[i * 3 + 2] = level(red, index);
    }
  }

  private static byte level(LookupTable table, int index) {
    return (byte) (table.get(index) * 255L / table.maximum());
  }
}
