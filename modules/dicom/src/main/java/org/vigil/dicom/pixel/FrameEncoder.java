package org.vigil.dicom.pixel;

import java.io.IOException;

/** Compresses one frame without loss. */
@FunctionalInterface
interface FrameEncoder {

  /** The frame's code stream, of any length. */
  byte[] encode(Frame frame) throws IOException;
}
