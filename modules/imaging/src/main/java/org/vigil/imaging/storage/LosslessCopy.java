package org.vigil.imaging.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.pixel.PixelCompressor;
import org.vigil.dicom.pixel.PixelDescription;

/**
 * A copy of an object with its pixels in JPEG-LS lossless. Made only of what {@link RestoredObject}
 * gives back whole, which is read back and compared, pixel byte by pixel byte and element by
 * element, before the copy is given away.
 */
public final class LosslessCopy {
  /** In which copies are written: the smallest of the lossless codecs at hand, and a fast one. */
  public static final String TRANSFER_SYNTAX = UID.JPEGLSLossless;

  /** Longer objects stay as they are: the compressed frames of one are held in memory. */
  private static final long LONGEST = 128L << 20;

  private static final int BULK_FROM = 16 * 1024;
  private static final int LONGEST_HEAD = 16 << 20;
  private static final int DIGITAL_SIGNATURES = 0xFFFAFFFA;
  private static final Set<String> FROM =
      Set.of(UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian);
  private static final Set<String> GREY = Set.of("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR");

  private LosslessCopy() {}

  /**
   * Writes a compressed copy into a draft, which is sealed then.
   *
   * @param original as it was received
   * @return how many bytes the restored object has, or empty where there is nothing to gain or the
   *     object cannot be restored whole: the draft is of no use then
   * @throws IOException when the original cannot be read
   */
  public static Optional<Long> write(ByteSource original, Draft draft) throws IOException {
    if (original.length() > LONGEST) {
      return Optional.empty();
    }
    DicomObject object = DicomReader.of(original).leaveBulk(BULK_FROM).read();
    if (!isRestorable(object)) {
      return Optional.empty();
    }
    Attributes compressed;
    try {
      compressed =
          PixelCompressor.compress(object.dataset(), object.transferSyntax(), TRANSFER_SYNTAX);
    } catch (DicomException e) {
      // Pixels that lie about themselves are kept as they came.
      return Optional.empty();
    }
    DicomWriter.write(
        draft.out(), DicomWriter.fileMetaInformation(compressed, TRANSFER_SYNTAX), compressed);
    draft.seal();
    if (draft.length() >= original.length()) {
      return Optional.empty();
    }
    RestoredObject restored = new RestoredObject(draft.content(), object.transferSyntax());
    return restored.headLength() <= LONGEST_HEAD && isWhole(object, restored)
        ? Optional.of(restored.length())
        : Optional.empty();
  }

  /** Where compressing changes nothing but the pixel data's encoding. */
  private static boolean isRestorable(DicomObject object) throws IOException {
    Attributes dataset = object.dataset();
    if (!FROM.contains(object.transferSyntax())
        || !dataset.contains(Tag.PixelData)
        || dataset.contains(DIGITAL_SIGNATURES)) {
      return false;
    }
    PixelDescription d;
    try {
      d = PixelDescription.of(dataset);
    } catch (DicomException e) {
      return false;
    }
    boolean grey = d.samples() == 1 && GREY.contains(d.photometric());
    boolean colour = d.samples() == 3 && !d.planar() && d.photometric().equals("RGB");
    return (grey || colour)
        && (d.bitsAllocated() == 8 || d.bitsAllocated() == 16)
        && d.highBit() == d.bitsStored() - 1;
  }

  private static boolean isWhole(DicomObject original, RestoredObject copy) throws IOException {
    DicomObject restored = DicomReader.of(copy).leaveBulk(BULK_FROM).read();
    return samePixels(original.dataset(), restored.dataset())
        && Arrays.equals(otherElements(original.dataset()), otherElements(restored.dataset()));
  }

  private static boolean samePixels(Attributes one, Attributes other) throws IOException {
    try (InputStream a = pixels(one);
        InputStream b = pixels(other)) {
      byte[] left = new byte[BULK_FROM];
      byte[] right = new byte[BULK_FROM];
      int count;
      do {
        count = a.readNBytes(left, 0, left.length);
        if (b.readNBytes(right, 0, right.length) != count
            || !Arrays.equals(left, 0, count, right, 0, count)) {
          return false;
        }
      } while (count == left.length);
      return true;
    }
  }

  private static InputStream pixels(Attributes dataset) throws IOException {
    Object value = dataset.getValue(Tag.PixelData);
    return value instanceof BulkData bulk ? bulk.open() : new ByteArrayInputStream((byte[]) value);
  }

  private static byte[] otherElements(Attributes dataset) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes, new Attributes(dataset, tag -> tag != Tag.PixelData), UID.ExplicitVRLittleEndian);
    return bytes.toByteArray();
  }
}
