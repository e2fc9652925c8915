package org.vigil.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.pixel.jpeg.JpegFrameHeader;

/**
 * Compressed pixel data that comes apart from its object, as a media type and without fragments
 * (PS3.18 §8.7.3.3.2, table 8.7.3-5). Where the media type stands for several transfer syntaxes the
 * image itself says which it is: senders forget the parameter, and its default is lossless.
 *
 * @param transferSyntaxUid in which an object with this pixel data is encoded
 * @param holdsAllFrames whether it is a video; else it is a single frame
 * @param image what the image tells of its pixels; null where it is not looked at
 */
public record CompressedBulkData(
    String transferSyntaxUid, boolean holdsAllFrames, BulkData codestream, Image image) {
  private static final int LONGEST_HEAD = 1 << 20;

  /**
   * What the first headers say.
   *
   * @param photometricInterpretation of PS3.3 §C.7.6.3.1.2, as images of its kind usually are
   * @param precision bits of a sample
   */
  public record Image(
      int rows,
      int columns,
      int samples,
      String photometricInterpretation,
      int precision,
      boolean isSigned) {
    private boolean isDescribable() {
      return rows > 0
          && rows <= 0xFFFF
          && columns > 0
          && columns <= 0xFFFF
          && samples > 0
          && precision > 0
          && precision <= 16;
    }
  }

  /** Media types and their transfer syntaxes, the default first. */
  private enum Family {
    JPEG(
        "image/jpeg",
        UID.JPEGLosslessSV1,
        UID.JPEGBaseline8Bit,
        UID.JPEGExtended12Bit,
        UID.JPEGFullProgressionNonHierarchical1012,
        UID.JPEGLossless),
    JPEG_LS("image/jls", UID.JPEGLSLossless, UID.JPEGLSNearLossless),
    JPEG_2000("image/jp2", UID.JPEG2000Lossless, UID.JPEG2000),
    JPEG_2000_PART_2("image/jpx", "1.2.840.10008.1.2.4.92", "1.2.840.10008.1.2.4.93"),
    HTJ2K("image/jphc", UID.HTJ2KLossless, "1.2.840.10008.1.2.4.202", UID.HTJ2K),
    JPEG_XL("image/jxl", UID.JPEGXLLossless, "1.2.840.10008.1.2.4.111", UID.JPEGXL),
    RLE("image/dicom-rle", UID.RLELossless),
    MPEG_2("video/mpeg2", UID.MPEG2MPML, "1.2.840.10008.1.2.4.101"),
    MPEG_4(
        "video/mp4",
        UID.MPEG4HP41,
        "1.2.840.10008.1.2.4.103",
        "1.2.840.10008.1.2.4.104",
        "1.2.840.10008.1.2.4.105",
        "1.2.840.10008.1.2.4.106"),
    HEVC("video/h265", "1.2.840.10008.1.2.4.107", "1.2.840.10008.1.2.4.108");

    private final String mediaType;
    private final List<String> syntaxes;

    Family(String mediaType, String... syntaxes) {
      this.mediaType = mediaType;
      this.syntaxes = List.of(syntaxes);
    }

    /** By the media type or, of mere octets, by the transfer syntax. */
    static Optional<Family> of(String mediaType, String transferSyntax) {
      String type = mediaType.toLowerCase(Locale.ROOT);
      return Arrays.stream(values())
          .filter(
              family ->
                  type.equals("application/octet-stream")
                      ? transferSyntax != null && family.syntaxes.contains(transferSyntax)
                      : family.mediaType.equals(type))
          .findFirst();
    }

    boolean isVideo() {
      return mediaType.startsWith("video/");
    }
  }

  /**
   * Reads the head of a part.
   *
   * @param mediaType without parameters
   * @param transferSyntaxUid its parameter, or null
   * @return empty where this is no compressed media type
   * @throws DicomException {@link DicomError#TRANSFER_SYNTAX_UNSUPPORTED} if media type, transfer
   *     syntax and bytes do not belong together
   */
  public static Optional<CompressedBulkData> of(
      String mediaType, String transferSyntaxUid, BulkData bytes) throws IOException {
    Family family = Family.of(mediaType, transferSyntaxUid).orElse(null);
    if (family == null) {
      return Optional.empty();
    }
    if (transferSyntaxUid != null && !family.syntaxes.contains(transferSyntaxUid)) {
      throw mismatch("The transfer syntax is none of the media type's");
    }
    CompressedBulkData found =
        switch (family) {
          case JPEG, JPEG_LS -> jpeg(family, bytes);
          case JPEG_2000 -> jpeg2000(bytes);
          default -> new CompressedBulkData(family.syntaxes.get(0), family.isVideo(), bytes, null);
        };
    if (found.image != null && !found.image.isDescribable()) {
      throw mismatch("The image has a size that no object can describe");
    }
    if (transferSyntaxUid == null) {
      return Optional.of(found);
    }
    if (found.image != null && !mayBe(found.transferSyntaxUid, transferSyntaxUid)) {
      throw mismatch("The image is of another transfer syntax than the part's");
    }
    return Optional.of(
        new CompressedBulkData(
            transferSyntaxUid, found.holdsAllFrames, found.codestream, found.image));
  }

  /** Whether an image of one syntax is one of another: the wider ones hold the narrower. */
  private static boolean mayBe(String found, String said) {
    return switch (said) {
      case UID.JPEGExtended12Bit -> found.equals(UID.JPEGBaseline8Bit) || found.equals(said);
      case UID.JPEGLossless -> found.equals(UID.JPEGLosslessSV1) || found.equals(said);
      case UID.JPEGLSNearLossless, UID.JPEG2000 -> true;
      default -> found.equals(said);
    };
  }

  private static CompressedBulkData jpeg(Family family, BulkData bytes) throws IOException {
    byte[] head = head(bytes);
    JpegFrameHeader frame =
        JpegFrameHeader.find(head)
            .orElseThrow(() -> mismatch("The part is no JPEG or JPEG-LS image"));
    int first = firstScanParameter(head);
    String syntax =
        switch (frame.marker()) {
          case 0xC0 -> UID.JPEGBaseline8Bit;
          case 0xC1 -> UID.JPEGExtended12Bit;
          case 0xC2 -> UID.JPEGFullProgressionNonHierarchical1012;
          case 0xC3 -> first == 1 ? UID.JPEGLosslessSV1 : UID.JPEGLossless;
          case 0xF7 -> first == 0 ? UID.JPEGLSLossless : UID.JPEGLSNearLossless;
          default -> "";
        };
    if (!family.syntaxes.contains(syntax)) {
      throw mismatch("The image is not of a process that the media type stands for");
    }
    String color = frame.isDct() && !isAdobeRgb(head) ? "YBR_FULL_422" : "RGB";
    Image image =
        new Image(
            frame.rows(),
            frame.columns(),
            frame.components(),
            frame.components() == 1 ? "MONOCHROME2" : color,
            frame.precision(),
            false);
    return new CompressedBulkData(syntax, false, bytes, image);
  }

  /** Ss of the first scan: the predictor of a lossless image, NEAR of JPEG-LS (T.81 §B.2.3). */
  private static int firstScanParameter(byte[] head) throws DicomException {
    int scan = segment(head, 0xDA);
    int components = scan < 0 || scan + 4 >= head.length ? -1 : head[scan + 4] & 0xFF;
    if (components < 0 || scan + 5 + 2 * components >= head.length) {
      throw mismatch("The image has no scan");
    }
    return head[scan + 5 + 2 * components] & 0xFF;
  }

  /** An APP14 segment of Adobe's with transform 0. */
  private static boolean isAdobeRgb(byte[] head) {
    int adobe = segment(head, 0xEE);
    return adobe >= 0
        && adobe + 15 < head.length
        && head[adobe + 4] == 'A'
        && head[adobe + 5] == 'd'
        && head[adobe + 15] == 0;
  }

  /** Where the first segment of a marker begins; -1 where none is before the first scan's data. */
  private static int segment(byte[] head, int marker) {
    int at = 2;
    while (at + 3 < head.length && head[at] == (byte) 0xFF) {
      int found = head[at + 1] & 0xFF;
      if (found == marker) {
        return at;
      }
      if (found == 0xDA) {
        return -1;
      }
      at += found == 0xFF ? 1 : 2 + ((head[at + 2] & 0xFF) << 8 | head[at + 3] & 0xFF);
    }
    return -1;
  }

  /** SIZ and COD of the code stream (T.800 §A.5.1, §A.6.1), without a JP2 file around it. */
  private static CompressedBulkData jpeg2000(BulkData bytes) throws IOException {
    byte[] head = head(bytes);
    BulkData bare = withoutFile(head, bytes);
    ByteBuffer in = ByteBuffer.wrap(head);
    int start = (int) (bare.offset() - bytes.offset());
    int style = start + 2;
    while (style + 14 < head.length && (in.getShort(style) & 0xFFFF) != 0xFF52) {
      int marker = in.getShort(style) & 0xFFFF;
      if (marker < 0xFF51 || marker >= 0xFF90) {
        throw mismatch("The code stream's headers are out of order");
      }
      style += 2 + (in.getShort(style + 2) & 0xFFFF);
    }
    boolean isPart1 = start + 43 < head.length && (in.getShort(start + 6) & 0xC000) == 0;
    if (style + 14 >= head.length || !isPart1) {
      throw mismatch("The part is no JPEG 2000 image of part 1");
    }
    boolean reversible = head[style + 13] == 1;
    boolean transformed = head[style + 8] == 1;
    int samples = in.getShort(start + 40) & 0xFFFF;
    String color = !transformed ? "RGB" : reversible ? "YBR_RCT" : "YBR_ICT";
    Image image =
        new Image(
            in.getInt(start + 12) - in.getInt(start + 20),
            in.getInt(start + 8) - in.getInt(start + 16),
            samples,
            samples == 1 ? "MONOCHROME2" : color,
            (head[start + 42] & 0x7F) + 1,
            head[start + 42] < 0);
    return new CompressedBulkData(
        reversible ? UID.JPEG2000Lossless : UID.JPEG2000, false, bare, image);
  }

  /** What an object holds has no JP2 file around it (PS3.5 §A.4.4). */
  private static BulkData withoutFile(byte[] head, BulkData bytes) throws DicomException {
    ByteBuffer in = ByteBuffer.wrap(head);
    long at = 0;
    while (at + 8 <= head.length) {
      int here = (int) at;
      if (at == 0 && in.getShort(0) == (short) 0xFF4F) {
        return bytes;
      }
      long length = in.getInt(here) & 0xFFFFFFFFL;
      int content = 8;
      if (length == 1 && here + 16 <= head.length) {
        length = in.getLong(here + 8);
        content = 16;
      }
      if (in.getInt(here + 4) == 0x6A703263) {
        long end = length == 0 ? bytes.length() : Math.min(at + length, bytes.length());
        if (end - at - content > 0) {
          return new BulkData(bytes.source(), bytes.offset() + at + content, end - at - content);
        }
      }
      if (length < content || length > head.length) {
        break;
      }
      at += length;
    }
    throw mismatch("There is no JPEG 2000 code stream");
  }

  private static byte[] head(BulkData bytes) throws IOException {
    try (InputStream in = bytes.open()) {
      return in.readNBytes(LONGEST_HEAD);
    }
  }

  private static DicomException mismatch(String problem) {
    return new DicomException(DicomError.TRANSFER_SYNTAX_UNSUPPORTED, Tag.PixelData, problem);
  }

  /** As encapsulated pixel data, in one fragment. */
  public Fragments fragments() {
    Fragments fragments = new Fragments(VR.OB);
    fragments.add(new byte[0]);
    fragments.add(codestream);
    return fragments;
  }

  /** Fills in what metadata may leave out of the Image Pixel Description (PS3.18 §10.5.2). */
  public void describe(Attributes object) {
    if (image == null) {
      return;
    }
    number(object, Tag.SamplesPerPixel, image.samples());
    if (!object.containsValue(Tag.PhotometricInterpretation)) {
      object.setString(Tag.PhotometricInterpretation, VR.CS, image.photometricInterpretation());
    }
    if (image.samples() > 1) {
      number(object, Tag.PlanarConfiguration, 0);
    }
    number(object, Tag.Rows, image.rows());
    number(object, Tag.Columns, image.columns());
    number(object, Tag.BitsAllocated, image.precision() > 8 ? 16 : 8);
    number(object, Tag.BitsStored, image.precision());
    number(object, Tag.HighBit, object.getInt(Tag.BitsStored, image.precision()) - 1);
    number(object, Tag.PixelRepresentation, image.isSigned() ? 1 : 0);
  }

  private static void number(Attributes object, int tag, int value) {
    if (!object.containsValue(tag)) {
      object.setInt(tag, VR.US, value);
    }
  }
}
