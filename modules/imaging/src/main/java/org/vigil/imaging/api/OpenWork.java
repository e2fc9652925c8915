package org.vigil.imaging.api;

import java.util.Optional;
import org.vigil.kernel.StudyInstanceUid;

/** Port: whoever still needs a study's images, of the current tenant. */
@FunctionalInterface
public interface OpenWork {
  /** What is still to be done with the study, without patient data; empty when nothing is. */
  Optional<String> on(StudyInstanceUid study);
}
