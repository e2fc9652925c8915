package org.vigil.dicom.pixel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;

/** RLE Lossless (PS3.5 annex G): a byte plane a segment, most significant first. */
final class RleCodec implements FrameCodec {

  @Override
  public Frame decode(byte[] encoded, PixelDescription d) throws IOException {
    boolean packed = d.bitsAllocated() == 1;
    int pixels = packed ? (d.rows() * d.columns() + 7) / 8 : d.rows() * d.columns();
    int bytesPerValue = (d.bitsAllocated() + 7) / 8;
    int segments = bytesPerValue * d.samples();
    if (!packed && d.bitsAllocated() % 8 != 0 || packed && segments > 1) {
      throw corrupt("RLE knows no cells of " + d.bitsAllocated() + " bits");
    }
    ByteBuffer header = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    if (encoded.length < 64 || header.getInt(0) != segments) {
      throw corrupt("The RLE header does not announce " + segments + " segments");
    }
    // Little-endian cells, the samples of a pixel side by side, as native pixels would lie.
    byte[] cells = new byte[pixels * segments];
    for (int s = 0; s < segments; s++) {
      int from = header.getInt(4 + s * 4);
      int to = s + 1 < segments ? header.getInt(8 + s * 4) : encoded.length;
      if (from < 64 || to < from || to > encoded.length) {
        throw corrupt("The RLE header points beyond the frame");
      }
      int sample = s / bytesPerValue;
      int byteOfValue = bytesPerValue - 1 - s % bytesPerValue;
      unpack(encoded, from, to, cells, sample * bytesPerValue + byteOfValue, segments);
    }
    return NativePixels.decode(cells, 0, d.interleaved());
  }

  private static void unpack(byte[] in, int from, int to, byte[] out, int first, int step)
      throws DicomException {
    int i = from;
    int o = first;
    while (o < out.length) {
      if (i >= to) {
        throw corrupt("An RLE segment ends too early");
      }
      int n = in[i++];
      if (n >= 0) {
        if (i + n >= to) {
          throw corrupt("A literal run reaches beyond its RLE segment");
        }
        for (int k = 0; k <= n && o < out.length; k++, o += step) {
          out[o] = in[i + k];
        }
        i += n + 1;
      } else if (n != -128) {
        if (i >= to) {
          throw corrupt("An RLE segment ends inside a run");
        }
        byte value = in[i++];
        for (int k = 0; k <= -n && o < out.length; k++, o += step) {
          out[o] = value;
        }
      }
    }
  }

  private static DicomException corrupt(String text) {
    return new DicomException(DicomError.PIXEL_DATA_CORRUPT, Tag.PixelData, text);
  }
}
