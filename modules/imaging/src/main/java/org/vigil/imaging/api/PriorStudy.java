package org.vigil.imaging.api;

import java.time.LocalDate;
import java.util.Set;
import org.vigil.kernel.StudyInstanceUid;

/**
 * An earlier study of the same patient, here or on its way from the PACS.
 *
 * @param instances objects here; 0 while none has come
 * @param problem why it is not here, or not yet, without patient data; null where nothing has gone
 *     wrong
 */
public record PriorStudy(
    StudyInstanceUid study,
    LocalDate studyDate,
    Set<String> modalities,
    String studyDescription,
    State state,
    int instances,
    String problem) {

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
