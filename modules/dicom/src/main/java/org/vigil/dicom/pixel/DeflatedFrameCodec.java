package org.vigil.dicom.pixel;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Deflated Image Frame Compression (PS3.5 §A.4.13): each frame's native pixels, RFC 1951. */
final class DeflatedFrameCodec implements FrameCodec {

  @Override
  public Frame decode(byte[] encoded, PixelDescription d) throws IOException {
    byte[] bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 8, (d.frameBits() + 7) / 8)];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(encoded);
      int there = 0;
      while (there < bytes.length) {
        int n = inflater.inflate(bytes, there, bytes.length - there);
        if (n == 0) {
          throw new IOException("A deflated frame has fewer bytes than its pixels need");
        }
        there += n;
      }
    } catch (DataFormatException e) {
      throw new IOException("A deflated frame is no deflate stream", e);
    } finally {
      inflater.end();
    }
    return NativePixels.decode(bytes, 0, d);
  }
}
