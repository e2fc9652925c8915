package org.vigil.imaging.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.vigil.kernel.Actor;
import org.vigil.kernel.StudyInstanceUid;

/**
 * Copies of a study's images without what identifies a person (PS3.15 annex E), for teaching and
 * research. Pseudonyms, UIDs and shifted dates are consistent inside a hospital and mean nothing
 * outside it.
 */
public interface DeidentifiedCopies {
  /**
   * Prepares a copy, and records that it leaves.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0004 (unknown study), TENANCY-0010 (the patient
   *     has objected), TENANCY-0011 (no reason), KERNEL-0003 (unknown option or region),
   *     IMAGING-0081 (text may stand in the pixels)
   */
  Copy prepare(Wish wish, Actor actor);

  /**
   * What is wanted.
   *
   * @param options of the profile, by the names of {@code DeidentificationOption}
   * @param masks blackened in every frame of every image
   * @param pixelsAreClean whether somebody has looked: no text, no face
   * @param leaveOutRefused whether images in whose pixels text may stand are left out, rather than
   *     the whole refused
   */
  record Wish(
      StudyInstanceUid study,
      Set<String> options,
      List<Mask> masks,
      boolean pixelsAreClean,
      boolean leaveOutRefused,
      String reason) {}

  /** A rectangle in pixels, from the upper left corner. */
  record Mask(int x, int y, int width, int height) {}

  /** A copy about to leave. */
  interface Copy {
    /**
     * Writes a ZIP archive: the objects as {@code 000001.dcm} and following, and {@code report.txt}
     * with what was done to which element.
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
