package org.vigil.phantom;

import org.vigil.dicom.data.Attributes;

/**
 * A study of one drawn film.
 *
 * @param spec what the film shows
 * @param request whose it is
 */
public record PhantomStudy(PhantomSpec spec, ImagingRequest request) {

  /** Draws the film; the same study always has the same pixels. */
  public PhantomImage draw() {
    return ChestPhantom.draw(spec);
  }

  /** Draws the film and makes its DICOM object (Digital X-Ray for presentation). */
  public Attributes dicom() {
    return DxObject.of(draw(), request);
  }

  /** Whether the film shows a pneumothorax, the only finding of critical severity. */
  public boolean critical() {
    return spec.has(Finding.PNEUMOTHORAX);
  }
}
