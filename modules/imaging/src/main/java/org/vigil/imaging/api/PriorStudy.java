package org.vigil.imaging.api;

import java.time.LocalDate;
import java.util.Set;
import org.vigil.kernel.StudyInstanceUid;

/**
 * An earlier study of the same patient, here or on its way from the PACS.
 *
 * @param instances objects here; 0 while none has come
 */
public record PriorStudy(
    StudyInstanceUid study,
    LocalDate studyDate,
    Set<String> modalities,
    String studyDescription,
    State state,
    int instances) {

  /** Where it is. */
  public enum State {
    /** Asked for, not all here. */
    WANTED,
    /** Here. */
    STORED,
    /** The PACS did not give it. */
    FAILED
  }
}
