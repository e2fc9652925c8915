package org.vigil.dicom.fuzz;

import java.io.IOException;
import java.util.Arrays;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.pixel.PixelDecoder;

/**
 * An encoded frame out of any bytes: the first says how it is described, the others are the image.
 * It is small, so that a run takes no time; what is said of larger ones is tested elsewhere.
 */
final class FuzzedFrame {
  static final int SIDE = 16;

  private FuzzedFrame() {}

  /** The first byte for a frame described like this. */
  static byte description(int samples, int allocated, int stored, boolean signed) {
    return (byte)
        ((samples == 3 ? 1 : 0)
            | (allocated == 16 ? 2 : allocated == 1 ? 4 : 0)
            | (stored == 12 ? 8 : 0)
            | (signed ? 16 : 0));
  }

  static void decode(byte[] input, String transferSyntax) {
    if (input.length < 2) {
      return;
    }
    int allocated = (input[0] & 4) != 0 ? 1 : (input[0] & 2) != 0 ? 16 : 8;
    int stored = allocated == 16 && (input[0] & 8) != 0 ? 12 : allocated;
    Attributes a = new Attributes();
    a.setInt(Tag.SamplesPerPixel, (input[0] & 1) != 0 ? 3 : 1);
    a.setString(Tag.PhotometricInterpretation, (input[0] & 1) != 0 ? "RGB" : "MONOCHROME2");
    a.setInt(Tag.Rows, SIDE);
    a.setInt(Tag.Columns, SIDE);
    a.setInt(Tag.BitsAllocated, allocated);
    a.setInt(Tag.BitsStored, stored);
    a.setInt(Tag.HighBit, stored - 1);
    a.setInt(Tag.PixelRepresentation, VR.US, (input[0] & 16) != 0 ? 1 : 0);
    Fragments fragments = new Fragments(VR.OB);
    fragments.add(new byte[0]);
    fragments.add(Arrays.copyOfRange(input, 1, input.length));
    a.setFragments(Tag.PixelData, fragments);
    try {
      PixelDecoder.of(a, transferSyntax).frame(0);
    } catch (IOException e) {
      // Refused: the right answer to almost everything that comes here.
    }
  }
}
