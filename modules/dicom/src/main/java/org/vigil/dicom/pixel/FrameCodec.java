package org.vigil.dicom.pixel;

import java.io.IOException;

/** Decodes one compressed frame. */
@FunctionalInterface
interface FrameCodec {

  /** The frame's stored values; any exception means that the bytes are damaged. */
  Frame decode(byte[] encoded, PixelDescription description) throws IOException;
}
