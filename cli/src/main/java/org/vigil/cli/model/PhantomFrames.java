package org.vigil.cli.model;

import org.vigil.imaging.api.ImageFrame;
import org.vigil.phantom.PhantomImage;

/** A drawn film as inference gets it from storage. */
public final class PhantomFrames {
  /** As {@code ChestPhantom} draws. */
  private static final int BITS_STORED = 12;

  private PhantomFrames() {}

  public static ImageFrame of(PhantomImage film) {
    short[] pixels = film.pixels();
    int[] samples = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      samples[i] = pixels[i] & 0xFFFF;
    }
    return new ImageFrame(
        film.size(),
        film.size(),
        1,
        BITS_STORED,
        false,
        "MONOCHROME2",
        samples,
        1,
        0,
        Double.NaN,
        Double.NaN,
        film.pixelSpacingMm(),
        film.pixelSpacingMm());
  }
}
