package org.vigil.dicom.pixel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;

/**
 * An overlay plane (PS3.3 §C.9.2): one bit a pixel, in Overlay Data, or in an unused bit of the
 * pixels as objects before 2004 have it (retired, still read).
 */
public final class Overlay {
  private static final int GROUPS = 16;
  private static final int DESCRIPTION = 0x60000022;
  private static final int NUMBER_OF_FRAMES = 0x60000015;
  private static final int IMAGE_FRAME_ORIGIN = 0x60000051;

  private final int group;
  private final int rows;
  private final int columns;
  private final int top;
  private final int left;
  private final String type;
  private final String description;
  private final byte[] data;
  private final int firstImageFrame;
  private final int frames;
  private final PixelDecoder pixels;
  private final int bit;

  private Overlay(Attributes dataset, int group, PixelDecoder pixels) throws IOException {
    int base = (group - 0x6000) << 16;
    this.group = group;
    this.rows = dataset.getInt(Tag.OverlayRows + base, 0);
    this.columns = dataset.getInt(Tag.OverlayColumns + base, 0);
    int[] origin = dataset.getInts(Tag.OverlayOrigin + base);
    this.top = (origin.length > 0 ? origin[0] : 1) - 1;
    this.left = (origin.length > 1 ? origin[1] : 1) - 1;
    this.type = dataset.getString(Tag.OverlayType + base, "G");
    this.description = dataset.getString(DESCRIPTION + base, "");
    this.frames = Math.max(1, dataset.getInt(NUMBER_OF_FRAMES + base, 1));
    this.firstImageFrame = dataset.getInt(IMAGE_FRAME_ORIGIN + base, 1) - 1;
    this.data = dataset.getBytes(Tag.OverlayData + base);
    this.bit = dataset.getInt(Tag.OverlayBitPosition + base, 0);
    this.pixels = data == null ? pixels : null;
    boolean described =
        rows >= 1
            && columns >= 1
            && (data == null
                ? bit > 0 && bit < pixels.description().bitsAllocated()
                : (long) rows * columns * frames <= data.length * 8L);
    if (!described) {
      throw new DicomException(
          DicomError.PIXEL_DESCRIPTION_INVALID,
          Tag.OverlayRows + base,
          "The overlay's size, position and data do not fit together");
    }
    if (data == null
        && (rows != pixels.description().rows() || columns != pixels.description().columns())) {
      throw new DicomException(
          DicomError.PIXEL_DESCRIPTION_INVALID,
          Tag.OverlayRows + base,
          "An overlay inside the pixels must have their size");
    }
  }

  /**
   * The overlays of an image, by group.
   *
   * @param pixels of the same image, for overlays that lie in them
   * @throws DicomException {@link DicomError#PIXEL_DESCRIPTION_INVALID} if one contradicts itself
   */
  public static List<Overlay> of(Attributes dataset, PixelDecoder pixels) throws IOException {
    List<Overlay> overlays = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      int base = i << 17;
      boolean embedded = dataset.getInt(Tag.OverlayBitPosition + base, 0) > 0;
      if (dataset.containsValue(Tag.OverlayData + base)
          || embedded && dataset.contains(Tag.OverlayRows + base)) {
        overlays.add(new Overlay(dataset, 0x6000 + 2 * i, pixels));
      }
    }
    return overlays;
  }

  /** Repeating group, 0x6000 to 0x601E. */
  public int group() {
    return group;
  }

  /** Height in pixels. */
  public int rows() {
    return rows;
  }

  /** Width in pixels. */
  public int columns() {
    return columns;
  }

  /** Row of the image, from 0, where the overlay begins; may be negative. */
  public int top() {
    return top;
  }

  /** Column of the image, from 0, where the overlay begins; may be negative. */
  public int left() {
    return left;
  }

  /** G for graphics, R for a region of interest. */
  public String type() {
    return type;
  }

  /** Overlay Description, empty where there is none. */
  public String description() {
    return description;
  }

  /** Whether the overlay lies in the pixels' unused bits. */
  public boolean isEmbedded() {
    return data == null;
  }

  /**
   * The plane over one frame of the image.
   *
   * @param imageFrame from 0
   * @return one byte a pixel, 0 or 1, row by row; null where the overlay has none for this frame
   */
  public byte[] plane(int imageFrame) throws IOException {
    if (data == null) {
      Frame cells = pixels.cells(imageFrame);
      byte[] plane = new byte[rows * columns];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (byte) (cells.value(i) >>> bit & 1);
      }
      return plane;
    }
    // One plane without a frame origin lies over every frame.
    int index = frames == 1 && firstImageFrame == 0 ? 0 : imageFrame - firstImageFrame;
    if (index < 0 || index >= frames) {
      return null;
    }
    byte[] plane = new byte[rows * columns];
    long first = (long) index * plane.length;
    for (int i = 0; i < plane.length; i++) {
      long at = first + i;
      plane[i] = (byte) (data[(int) (at >>> 3)] >>> (at & 7) & 1);
    }
    return plane;
  }
}
