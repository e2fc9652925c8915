package org.vigil.dicom.pixel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;

/**
 * Compresses the pixels of an image without loss: RLE, JPEG-LS lossless or JPEG 2000 lossless. What
 * comes back by decoding is the same, value by value.
 */
public final class PixelCompressor {
  private static final Set<String> SYNTAXES =
      Set.of(UID.RLELossless, UID.JPEGLSLossless, UID.JPEG2000Lossless);

  /** The Basic Offset Table counts in 32 bits. */
  private static final long LAST_OFFSET = 0xFFFFFFFFL;

  private static final int OVERLAY_GROUPS = 16;
  private static final int OVERLAY_BIT_POSITION = 0x60000102;

  private PixelCompressor() {}

  /** Whether pixels can be written in a transfer syntax. */
  public static boolean canEncode(String transferSyntaxUid) {
    return SYNTAXES.contains(transferSyntaxUid);
  }

  /**
   * A copy of an image with its pixels compressed, one fragment a frame.
   *
   * @param dataset left as it is
   * @param from transfer syntax of the image now
   * @param to one that {@link #canEncode}
   * @throws DicomException {@link DicomError#TRANSFER_SYNTAX_UNSUPPORTED} if {@code to} cannot hold
   *     these pixels without loss, and what {@link PixelDecoder} throws
   */
  public static Attributes compress(Attributes dataset, String from, String to) throws IOException {
    PixelDecoder decoder = PixelDecoder.of(dataset, from);
    PixelDescription d = decoder.description();
    FrameEncoder encoder = encoderFor(to, d, dataset);
    List<byte[]> frames = new ArrayList<>();
    ByteBuffer offsets = ByteBuffer.allocate(decoder.frames() * 4).order(ByteOrder.LITTLE_ENDIAN);
    long offset = 0;
    String photometric = d.photometric();
    for (int i = 0; i < decoder.frames(); i++) {
      Frame frame = decoder.frame(i);
      photometric = frame.photometric();
      byte[] encoded = encoder.encode(frame);
      byte[] even = encoded.length % 2 == 0 ? encoded : Arrays.copyOf(encoded, encoded.length + 1);
      frames.add(even);
      offsets.putInt((int) offset);
      offset += 8L + even.length;
    }
    Fragments fragments = new Fragments(VR.OB);
    // An empty table is allowed and better than a wrong one.
    fragments.add(offset <= LAST_OFFSET ? offsets.array() : new byte[0]);
    frames.forEach(fragments::add);
    Attributes compressed = new Attributes(dataset);
    compressed.setFragments(Tag.PixelData, fragments);
    if (d.samples() > 1) {
      compressed.setInt(Tag.PlanarConfiguration, VR.US, 0);
    }
    boolean transformed = to.equals(UID.JPEG2000Lossless) && d.samples() == 3;
    compressed.setString(
        Tag.PhotometricInterpretation, VR.CS, transformed ? "YBR_RCT" : photometric);
    if (d.highBit() != d.bitsStored() - 1) {
      compressed.setInt(Tag.HighBit, VR.US, d.bitsStored() - 1);
    }
    return compressed;
  }

  private static FrameEncoder encoderFor(String to, PixelDescription d, Attributes dataset)
      throws DicomException {
    if (hasOverlayInPixels(dataset)) {
      throw cannot(to, "overlays lie in the unused bits of the pixels");
    }
    if (d.bitsAllocated() == 1) {
      throw cannot(to, "it has one bit a pixel");
    }
    return switch (to) {
      case UID.RLELossless -> new RleEncoder();
      case UID.JPEGLSLossless -> {
        if (d.bitsStored() > 16) {
          throw cannot(to, "it has more than 16 bits a sample");
        }
        yield new JpegLsFrameEncoder();
      }
      case UID.JPEG2000Lossless -> {
        boolean colour = d.samples() == 3;
        if (d.bitsStored() > 16 || d.bitsStored() <= 8 && d.signed()) {
          throw cannot(to, "the encoder knows 8 bits unsigned and 16 bits");
        }
        if (colour && !d.photometric().equals("RGB")) {
          throw cannot(to, "its component transform takes RGB only");
        }
        yield new Jpeg2000FrameEncoder();
      }
      default -> throw cannot(to, "there is no encoder for it");
    };
  }

  private static boolean hasOverlayInPixels(Attributes dataset) {
    for (int i = 0; i < OVERLAY_GROUPS; i++) {
      if (dataset.getInt(OVERLAY_BIT_POSITION + (i << 17), 0) > 0) {
        return true;
      }
    }
    return false;
  }

  private static DicomException cannot(String to, String why) {
    return new DicomException(
        DicomError.TRANSFER_SYNTAX_UNSUPPORTED,
        Tag.PixelData,
        "The image cannot be written in transfer syntax " + to + " without loss: " + why);
  }
}
