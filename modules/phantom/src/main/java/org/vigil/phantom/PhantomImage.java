package org.vigil.phantom;

import java.util.List;

/**
 * A drawn film and the truth about it.
 *
 * @param spec what it was drawn from
 * @param size rows and columns
 * @param pixels stored values row by row, 0 to 4095, MONOCHROME2
 * @param pixelSpacingMm distance between pixel centres in the detector plane
 * @param truths one entry for each pathology of the specification
 */
public record PhantomImage(
    PhantomSpec spec, int size, short[] pixels, double pixelSpacingMm, List<GroundTruth> truths) {

  /** Copies the list; the pixels are shared, not copied. */
  public PhantomImage {
    truths = List.copyOf(truths);
  }
}
