package org.vigil.imaging.api;

import org.vigil.kernel.SopInstanceUid;

/** Decoding stored images for models. */
public interface Frames {
  /**
   * Decodes one frame of a stored image of the current tenant.
   *
   * @param frameNumber 1-based
   * @throws org.vigil.kernel.VigilException IMAGING-0005 (unknown), IMAGING-0008 (no pixel data),
   *     IMAGING-0009 (cannot be decoded), IMAGING-0010 (no such frame), IMAGING-0001 (truncated)
   */
  ImageFrame decode(SopInstanceUid uid, int frameNumber);
}
