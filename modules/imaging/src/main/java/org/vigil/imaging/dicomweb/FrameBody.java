package org.vigil.imaging.dicomweb;

import java.io.IOException;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.pixel.Frame;
import org.vigil.dicom.pixel.PixelDecoder;
import org.vigil.dicom.pixel.PixelDescription;
import org.vigil.imaging.dicomweb.FrameCache.Content;

/**
 * A frame as it travels (PS3.18 §8.7.3.3): decoded to little endian, or compressed as it is stored
 * where the caller takes that and decoding here would lose something: colours, whose metadata
 * speaks of the compressed form, and syntaxes that cannot be decoded here.
 */
final class FrameBody {
  private FrameBody() {}

  static Content of(PixelDecoder decoder, int number, boolean asStored) throws IOException {
    String syntax = decoder.transferSyntax();
    PixelDescription description = decoder.description();
    if (TransferSyntax.of(syntax).isNative()) {
      return octets(decoder.encodedFrame(number - 1));
    }
    if (asStored && (description.samples() > 1 || !PixelDecoder.canDecode(syntax))) {
      byte[] encoded = decoder.encodedFrame(number - 1);
      return new Content(mediaType(syntax) + ";transfer-syntax=" + syntax, encoded);
    }
    return octets(decoded(decoder.frame(number - 1), description));
  }

  /** In as many bytes a value as Bits Allocated says, since that is what the metadata says. */
  private static byte[] decoded(Frame frame, PixelDescription description) {
    return frame.toLittleEndian(Math.max(8, description.bitsAllocated()) / 8);
  }

  private static Content octets(byte[] bytes) {
    return new Content(
        "application/octet-stream;transfer-syntax=" + UID.ExplicitVRLittleEndian, bytes);
  }

  /** PS3.18 table 8.7.3-5. */
  private static String mediaType(String syntax) {
    return switch (syntax) {
      case UID.JPEGBaseline8Bit, UID.JPEGExtended12Bit, UID.JPEGLossless, UID.JPEGLosslessSV1 ->
          "image/jpeg";
      case UID.JPEGLSLossless, UID.JPEGLSNearLossless -> "image/jls";
      case UID.JPEG2000Lossless, UID.JPEG2000 -> "image/jp2";
      case UID.HTJ2KLossless, UID.HTJ2K -> "image/jphc";
      case UID.JPEGXLLossless, UID.JPEGXL -> "image/jxl";
      case UID.RLELossless -> "image/dicom-rle";
      default -> "application/octet-stream";
    };
  }
}
