package org.vigil.tenancy.api;

import java.time.Instant;
import java.util.Optional;
import org.vigil.kernel.StudyInstanceUid;

/** Port: whoever knows a reason to keep a study's images, whatever the policy says. */
@FunctionalInterface
public interface DeletionVeto {
  /**
   * Why a study's images must not be deleted, without patient data; empty when they may be.
   *
   * @param patientId as the hospital numbers him, or null where the images name nobody
   * @param since when the first image came: the study's record spans from then until now
   */
  Optional<String> reasonToKeep(String patientId, StudyInstanceUid study, Instant since);
}
