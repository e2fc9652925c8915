package org.vigil.dicom.data;

import java.util.HashMap;
import java.util.Map;

/**
 * How a data set is encoded (PS3.5 §10 and annex A).
 *
 * @param uid the transfer syntax UID
 * @param name the name of PS3.6, or the UID itself where it is not known here
 * @param explicitVr whether elements carry their VR
 * @param bigEndian whether numbers are big-endian (retired)
 * @param deflated whether the data set is one deflate stream (RFC 1951)
 * @param encapsulated whether pixel data is a list of fragments
 */
public record TransferSyntax(
    String uid,
    String name,
    boolean explicitVr,
    boolean bigEndian,
    boolean deflated,
    boolean encapsulated) {

  private static final Map<String, TransferSyntax> KNOWN = new HashMap<>();

  static {
    known(UID.ImplicitVRLittleEndian, "Implicit VR Little Endian", false, false, false, false);
    known(UID.ExplicitVRLittleEndian, "Explicit VR Little Endian", true, false, false, false);
    known(UID.ExplicitVRBigEndian, "Explicit VR Big Endian", true, true, false, false);
    known(
        UID.DeflatedExplicitVRLittleEndian,
        "Deflated Explicit VR Little Endian",
        true,
        false,
        true,
        false);
    encapsulated(
        UID.EncapsulatedUncompressedExplicitVRLittleEndian,
        "Encapsulated Uncompressed Explicit VR Little Endian");
    encapsulated(UID.JPEGBaseline8Bit, "JPEG Baseline (Process 1)");
    encapsulated(UID.JPEGExtended12Bit, "JPEG Extended (Process 2 and 4)");
    encapsulated(
        UID.JPEGSpectralSelectionNonHierarchical68, "JPEG Spectral Selection (Process 6 and 8)");
    encapsulated(
        UID.JPEGFullProgressionNonHierarchical1012, "JPEG Full Progression (Process 10 and 12)");
    encapsulated(UID.JPEGLossless, "JPEG Lossless (Process 14)");
    encapsulated(UID.JPEGLosslessSV1, "JPEG Lossless, First-Order Prediction");
    encapsulated(UID.JPEGLSLossless, "JPEG-LS Lossless");
    encapsulated(UID.JPEGLSNearLossless, "JPEG-LS Lossy (Near-Lossless)");
    encapsulated(UID.JPEG2000Lossless, "JPEG 2000 (Lossless Only)");
    encapsulated(UID.JPEG2000, "JPEG 2000");
    encapsulated(UID.MPEG2MPML, "MPEG2 Main Profile / Main Level");
    encapsulated(UID.MPEG4HP41, "MPEG-4 AVC/H.264 High Profile / Level 4.1");
    encapsulated(UID.JPEGXLLossless, "JPEG XL Lossless");
    encapsulated(UID.JPEGXL, "JPEG XL");
    encapsulated(UID.HTJ2KLossless, "High-Throughput JPEG 2000 (Lossless Only)");
    encapsulated(UID.HTJ2K, "High-Throughput JPEG 2000");
    encapsulated(UID.RLELossless, "RLE Lossless");
    encapsulated(UID.DeflatedImageFrameCompression, "Deflated Image Frame Compression");
  }

  private static void known(
      String uid, String name, boolean explicitVr, boolean big, boolean deflated, boolean enc) {
    KNOWN.put(uid, new TransferSyntax(uid, name, explicitVr, big, deflated, enc));
  }

  private static void encapsulated(String uid, String name) {
    known(uid, name, true, false, false, true);
  }

  /**
   * The transfer syntax of a UID. One that is not known here is taken for explicit VR little endian
   * with encapsulated pixels, as every syntax added to the standard since 1996 is.
   */
  public static TransferSyntax of(String uid) {
    TransferSyntax known = KNOWN.get(uid);
    return known != null ? known : new TransferSyntax(uid, uid, true, false, false, true);
  }

  /** Whether the UID is one this toolkit knows by name. */
  public static boolean isKnown(String uid) {
    return KNOWN.containsKey(uid);
  }

  /** Whether data sets can be converted into this syntax without touching the pixels' codec. */
  public boolean isNative() {
    return !encapsulated;
  }
}
