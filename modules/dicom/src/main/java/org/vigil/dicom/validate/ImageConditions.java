package org.vigil.dicom.validate;

import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * What images must have under conditions (types 1C and 2C of PS3.3 §C.7.6, §C.8.6, §C.11), and
 * values that contradict each other.
 */
final class ImageConditions {
  private static final String PIXEL = "Image Pixel";
  private static final String IMAGE = "General Image";
  private static final String VOI = "VOI LUT";
  private static final String MODALITY = "Modality LUT";

  /** RT doses say with it where their frames lie. */
  private static final int GRID_FRAME_OFFSET_VECTOR = 0x3004000C;

  private static final String PALETTE = "Palette Color Lookup Table";

  private static final Map<String, Integer> SAMPLES =
      Map.of(
          "MONOCHROME1", 1,
          "MONOCHROME2", 1,
          "PALETTE COLOR", 1,
          "RGB", 3,
          "YBR_FULL", 3,
          "YBR_FULL_422", 3,
          "YBR_PARTIAL_420", 3,
          "YBR_ICT", 3,
          "YBR_RCT", 3);

  /** Coordinates say how such images lie, or their modules say otherwise. */
  private static final Set<String> WITHOUT_ORIENTATION =
      Set.of("CT", "MR", "PT", "NM", "SM", "SEG", "RTDOSE", "OCT", "OPT");

  /** Takes what is wrong. */
  @FunctionalInterface
  interface Findings {
    /** One attribute of the top level, its module, and a sentence about it. */
    void error(int tag, String module, String text);
  }

  private final Attributes image;
  private final Findings findings;

  private ImageConditions(Attributes image, Findings findings) {
    this.image = image;
    this.findings = findings;
  }

  static void check(Attributes image, Findings findings) {
    if (!image.contains(Tag.Rows) || !image.contains(Tag.Columns)) {
      return;
    }
    ImageConditions conditions = new ImageConditions(image, findings);
    conditions.pixels();
    conditions.lookupTables();
    conditions.compression();
    conditions.orientation();
  }

  private void needed(boolean condition, int tag, String module, String when) {
    boolean there =
        image.getVR(tag) == VR.SQ
            ? image.getSequence(tag) != null && !image.getSequence(tag).isEmpty()
            : image.containsValue(tag);
    if (condition && !there) {
      findings.error(tag, module, "must have a value " + when + " (type 1C)");
    }
  }

  private void pixels() {
    String photometric = image.getString(Tag.PhotometricInterpretation, "");
    int samples = image.getInt(Tag.SamplesPerPixel, 0);
    Integer wanted = SAMPLES.get(photometric);
    if (wanted != null && samples != 0 && samples != wanted) {
      findings.error(Tag.SamplesPerPixel, PIXEL, "does not fit the photometric interpretation");
    }
    int allocated = image.getInt(Tag.BitsAllocated, 0);
    int stored = image.getInt(Tag.BitsStored, 0);
    if (allocated > 1 && allocated % 8 != 0) {
      findings.error(Tag.BitsAllocated, PIXEL, "is neither 1 nor a multiple of 8");
    }
    if (stored > allocated && allocated > 0) {
      findings.error(Tag.BitsStored, PIXEL, "is greater than Bits Allocated");
    }
    if (stored > 0
        && image.containsValue(Tag.HighBit)
        && image.getInt(Tag.HighBit, 0) != stored - 1) {
      findings.error(Tag.HighBit, PIXEL, "is not one less than Bits Stored");
    }
    needed(
        image.containsValue(Tag.PixelAspectRatio) && image.getInts(Tag.PixelAspectRatio).length < 2,
        Tag.PixelAspectRatio,
        PIXEL,
        "of two numbers");
  }

  private void lookupTables() {
    boolean palette = "PALETTE COLOR".equals(image.getString(Tag.PhotometricInterpretation));
    String when = "where the photometric interpretation is PALETTE COLOR";
    needed(palette, Tag.RedPaletteColorLookupTableDescriptor, PALETTE, when);
    needed(palette, Tag.GreenPaletteColorLookupTableDescriptor, PALETTE, when);
    needed(palette, Tag.BluePaletteColorLookupTableDescriptor, PALETTE, when);
    needed(
        palette && !image.containsValue(Tag.SegmentedRedPaletteColorLookupTableData),
        Tag.RedPaletteColorLookupTableData,
        PALETTE,
        when);
    boolean window = image.containsValue(Tag.WindowCenter);
    needed(window, Tag.WindowWidth, VOI, "where there is a window center");
    if (window
        && image.containsValue(Tag.WindowWidth)
        && image.getStrings(Tag.WindowCenter).length != image.getStrings(Tag.WindowWidth).length) {
      findings.error(Tag.WindowWidth, VOI, "has another number of values than Window Center");
    }
    for (double width : image.getDoubles(Tag.WindowWidth)) {
      if (width <= 0) {
        findings.error(Tag.WindowWidth, VOI, "is not greater than zero");
      }
    }
    needed(
        image.containsValue(Tag.RescaleIntercept),
        Tag.RescaleSlope,
        MODALITY,
        "where there is a rescale intercept");
    needed(
        image.containsValue(Tag.RescaleSlope),
        Tag.RescaleIntercept,
        MODALITY,
        "where there is a rescale slope");
    if (image.containsValue(Tag.RescaleSlope) && image.getDouble(Tag.RescaleSlope, 1) == 0) {
      findings.error(Tag.RescaleSlope, MODALITY, "is zero");
    }
  }

  private void compression() {
    boolean lossy = "01".equals(image.getString(Tag.LossyImageCompression));
    needed(
        lossy,
        Tag.LossyImageCompressionRatio,
        IMAGE,
        "where the image has been compressed with loss");
    int frames = image.getInt(Tag.NumberOfFrames, 1);
    needed(
        frames > 1
            && !image.contains(Tag.SharedFunctionalGroupsSequence)
            && !image.contains(GRID_FRAME_OFFSET_VECTOR),
        Tag.FrameIncrementPointer,
        "Multi-frame",
        "where there are several frames");
    if (image.containsValue(Tag.NumberOfFrames) && frames < 1) {
      findings.error(Tag.NumberOfFrames, "Multi-frame", "is less than one");
    }
  }

  private void orientation() {
    boolean exempt =
        WITHOUT_ORIENTATION.contains(image.getString(Tag.Modality, ""))
            || image.contains(Tag.ImageOrientationPatient)
            || image.contains(Tag.SharedFunctionalGroupsSequence)
            || "OT".equals(image.getString(Tag.Modality));
    if (!exempt && !image.contains(Tag.PatientOrientation)) {
      findings.error(
          Tag.PatientOrientation,
          IMAGE,
          "must be there, perhaps empty, where no coordinates say how the image lies (type 2C)");
    }
  }
}
