package org.vigil.dicom.deidentify;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.pixel.Frame;
import org.vigil.dicom.pixel.PixelDecoder;

/** Text that lies in the pixels themselves: found out from what the object says, and masked. */
public final class BurnedInText {
  /** Modalities and secondary captures whose pixels often carry names (PS3.15 §E.3.1). */
  private static final Set<String> SUSPECTS =
      Set.of("US", "ES", "XC", "GM", "SC", "OT", "DOC", "IVUS", "OP", "SM", "SR", "HC");

  private BurnedInText() {}

  /**
   * A rectangle to blacken, in pixels from the top left.
   *
   * @param x from the left, 0 and up
   * @param y from the top, 0 and up
   * @param width at least 1
   * @param height at least 1
   */
  public record Region(int x, int y, int width, int height) {
    public Region {
      if (x < 0 || y < 0 || width < 1 || height < 1) {
        throw new IllegalArgumentException("A region begins inside of the image and has a size");
      }
    }
  }

  /**
   * Why an image may not leave as it is; null where nothing speaks against it. Absence of the
   * attribute is no proof: where a modality is suspect, somebody must say that the pixels are
   * clean.
   */
  public static String reasonToRefuse(Attributes dataset) {
    if (!dataset.contains(Tag.PixelData)) {
      return null;
    }
    String burnedIn = dataset.getString(Tag.BurnedInAnnotation, "").trim();
    if (burnedIn.equals("YES")) {
      return "Burned In Annotation (0028,0301) is YES: name the regions to mask";
    }
    if (dataset.getString(Tag.RecognizableVisualFeatures, "").trim().equals("YES")) {
      return "Recognizable Visual Features (0028,0302) is YES: a face may be seen";
    }
    boolean capture =
        dataset.getString(Tag.SOPClassUID, "").startsWith("1.2.840.10008.5.1.4.1.1.7");
    boolean suspect = capture || SUSPECTS.contains(dataset.getString(Tag.Modality, "").trim());
    if (burnedIn.isEmpty() && suspect) {
      return "Nothing says whether the pixels of this modality hold text: name the regions to"
          + " mask, or confirm that they are clean";
    }
    return null;
  }

  /**
   * Blackens regions of all frames. The pixels lie native afterwards; the transfer syntax to write
   * is explicit VR little endian.
   *
   * @param transferSyntaxUid of the pixels now
   * @throws DicomException if a region lies outside of the image or it cannot be decoded
   */
  public static void mask(Attributes dataset, String transferSyntaxUid, List<Region> regions)
      throws IOException {
    PixelDecoder decoder = PixelDecoder.of(dataset, transferSyntaxUid);
    Frame first = decoder.frame(0);
    for (Region region : regions) {
      if (region.x() + region.width() > first.columns()
          || region.y() + region.height() > first.rows()) {
        throw new DicomException(
            DicomError.VALUE_INVALID, Tag.PixelData, "A region to mask lies outside of the image");
      }
    }
    int bytesPerValue = first.toLittleEndian().length / first.size();
    long total = (long) first.size() * bytesPerValue * decoder.frames();
    if (total > Integer.MAX_VALUE - 8) {
      throw new DicomException(
          DicomError.VALUE_TOO_LONG, Tag.PixelData, "The image is too large to be masked");
    }
    byte[] pixels = new byte[(int) (total + (total & 1))];
    for (int i = 0; i < decoder.frames(); i++) {
      byte[] frame = decoder.frame(i).toLittleEndian();
      for (Region region : regions) {
        blacken(frame, first, bytesPerValue, region);
      }
      System.arraycopy(frame, 0, pixels, i * frame.length, frame.length);
    }
    dataset.setBytes(Tag.PixelData, bytesPerValue == 1 ? VR.OB : VR.OW, pixels);
    describe(dataset, first, bytesPerValue);
  }

  private static void describe(Attributes dataset, Frame frame, int bytesPerValue) {
    dataset.setInt(Tag.BitsAllocated, VR.US, bytesPerValue * 8);
    dataset.setInt(Tag.HighBit, VR.US, frame.bitsStored() - 1);
    dataset.setString(Tag.PhotometricInterpretation, VR.CS, frame.photometric());
    if (frame.samples() > 1) {
      dataset.setInt(Tag.PlanarConfiguration, VR.US, 0);
    }
    dataset.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
  }

  private static void blacken(byte[] bytes, Frame frame, int bytesPerValue, Region region) {
    int[] black = black(frame);
    for (int y = region.y(); y < region.y() + region.height(); y++) {
      for (int x = region.x(); x < region.x() + region.width(); x++) {
        for (int s = 0; s < frame.samples(); s++) {
          int at = ((y * frame.columns() + x) * frame.samples() + s) * bytesPerValue;
          for (int b = 0; b < bytesPerValue; b++) {
            bytes[at + b] = (byte) (black[s] >> 8 * b);
          }
        }
      }
    }
  }

  private static int[] black(Frame frame) {
    int lowest = frame.isSigned() ? -(1 << frame.bitsStored() - 1) : 0;
    int highest =
        frame.isSigned()
            ? (1 << frame.bitsStored() - 1) - 1
            : (int) ((1L << frame.bitsStored()) - 1);
    return switch (frame.photometric()) {
      case "MONOCHROME1" -> new int[] {highest};
      case "YBR_FULL" -> new int[] {0, 1 << frame.bitsStored() - 1, 1 << frame.bitsStored() - 1};
      default -> {
        int[] all = new int[frame.samples()];
        java.util.Arrays.fill(all, lowest);
        yield all;
      }
    };
  }
}
