package org.vigil.dicom.pixel;

import java.util.Locale;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;

/**
 * The Image Pixel module (PS3.3 §C.7.6.3): how stored values lie in the pixel data.
 *
 * @param rows height of a frame, 1 to 65535
 * @param columns width of a frame, 1 to 65535
 * @param samples samples per pixel, 1 or 3 (4 retired)
 * @param photometric Photometric Interpretation, upper case, for example {@code MONOCHROME2}
 * @param bitsAllocated 1 to 32; what is no multiple of 8 lies packed, without gaps
 * @param bitsStored 1 to bitsAllocated
 * @param highBit position of the highest stored bit
 * @param signed whether stored values are two's complement
 * @param planar whether the samples of a native frame lie plane by plane
 * @param frames number of frames, at least 1
 */
public record PixelDescription(
    int rows,
    int columns,
    int samples,
    String photometric,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    boolean planar,
    int frames) {

  /**
   * Reads and checks the module.
   *
   * @throws DicomException {@link DicomError#NO_PIXEL_DATA} if the data set has no rows and columns
   *     or no pixel data, {@link DicomError#PIXEL_DESCRIPTION_INVALID} if it contradicts itself
   */
  public static PixelDescription of(Attributes dataset) throws DicomException {
    if (!dataset.contains(Tag.PixelData)) {
      throw new DicomException(
          DicomError.NO_PIXEL_DATA, Tag.PixelData, "The object has no pixel data to decode");
    }
    int bitsAllocated = dataset.getInt(Tag.BitsAllocated, 0);
    int bitsStored = dataset.getInt(Tag.BitsStored, bitsAllocated);
    int samples = dataset.getInt(Tag.SamplesPerPixel, 1);
    PixelDescription description =
        new PixelDescription(
            dataset.getInt(Tag.Rows, 0),
            dataset.getInt(Tag.Columns, 0),
            samples,
            dataset
                .getString(Tag.PhotometricInterpretation, samples == 1 ? "MONOCHROME2" : "RGB")
                .toUpperCase(Locale.ROOT),
            bitsAllocated,
            bitsStored,
            highBit(dataset, bitsAllocated, bitsStored),
            dataset.getInt(Tag.PixelRepresentation, 0) == 1,
            samples > 1 && dataset.getInt(Tag.PlanarConfiguration, 0) == 1,
            Math.max(1, dataset.getInt(Tag.NumberOfFrames, 1)));
    description.check();
    return description;
  }

  /** Where High Bit cannot be, the stored bits are the lowest: others read such objects so too. */
  private static int highBit(Attributes dataset, int bitsAllocated, int bitsStored) {
    int highBit = dataset.getInt(Tag.HighBit, bitsStored - 1);
    return highBit >= bitsStored - 1 && highBit < bitsAllocated ? highBit : bitsStored - 1;
  }

  private void check() throws DicomException {
    require(rows >= 1 && rows <= 65535, Tag.Rows, "Rows must be from 1 to 65535");
    require(columns >= 1 && columns <= 65535, Tag.Columns, "Columns must be from 1 to 65535");
    require(
        samples == 1 || samples == 3 || samples == 4,
        Tag.SamplesPerPixel,
        "Samples per Pixel must be 1 or 3, not " + samples);
    require(
        bitsAllocated >= 1 && bitsAllocated <= 32,
        Tag.BitsAllocated,
        "Bits Allocated must be from 1 to 32, not " + bitsAllocated);
    require(
        bitsStored >= 1 && bitsStored <= bitsAllocated,
        Tag.BitsStored,
        "Bits Stored must be from 1 to Bits Allocated, not " + bitsStored);
    require(
        (long) rows * columns * samples <= Integer.MAX_VALUE - 8,
        Tag.Rows,
        "A frame has more values than an array can hold");
  }

  private static void require(boolean condition, int tag, String text) throws DicomException {
    if (!condition) {
      throw new DicomException(DicomError.PIXEL_DESCRIPTION_INVALID, tag, text);
    }
  }

  /** Values of one frame: rows × columns × samples. */
  public int frameValues() {
    return rows * columns * samples;
  }

  /**
   * Bits of one native frame. YBR_FULL_422 and its partial-range sister have two samples a pixel
   * (PS3.3 §C.7.6.3.1.2); frames of one bit a pixel are not padded (PS3.5 §8.1.1).
   */
  long frameBits() {
    long values = isSubsampled() ? (long) rows * columns * 2 : (long) rows * columns * samples;
    return values * bitsAllocated;
  }

  boolean isSubsampled() {
    return samples == 3
        && (photometric.equals("YBR_FULL_422") || photometric.equals("YBR_PARTIAL_422"));
  }

  /** Photometric interpretation once every pixel has all its samples. */
  String photometricOfWholePixels() {
    return photometric.startsWith("YBR_FULL")
        ? "YBR_FULL"
        : photometric.startsWith("YBR_PARTIAL") ? "YBR_PARTIAL" : photometric;
  }

  /** The same pixels in a smaller frame. */
  PixelDescription cropped(int fewerRows, int fewerColumns) {
    return new PixelDescription(
        fewerRows,
        fewerColumns,
        samples,
        photometric,
        bitsAllocated,
        bitsStored,
        highBit,
        signed,
        planar,
        frames);
  }

  /** The same cells, the samples of a pixel side by side and nothing sub-sampled. */
  PixelDescription interleaved() {
    return new PixelDescription(
        rows,
        columns,
        samples,
        photometricOfWholePixels(),
        bitsAllocated,
        bitsStored,
        highBit,
        signed,
        false,
        frames);
  }

  /** The same cells with every bit of them counted, as overlays in unused bits need it. */
  PixelDescription wholeCells() {
    return new PixelDescription(
        rows,
        columns,
        samples,
        photometric,
        bitsAllocated,
        bitsAllocated,
        bitsAllocated - 1,
        false,
        planar,
        frames);
  }

  /** Whether the values are grey levels. */
  public boolean isMonochrome() {
    return photometric.startsWith("MONOCHROME");
  }
}
