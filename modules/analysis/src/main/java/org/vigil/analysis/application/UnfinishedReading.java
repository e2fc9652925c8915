package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.vigil.analysis.persistence.WorklistRepository;
import org.vigil.imaging.api.OpenWork;
import org.vigil.kernel.StudyInstanceUid;

/** Images are needed until their study has been read and every model is done with it. */
@ApplicationScoped
public class UnfinishedReading implements OpenWork {
  @Inject private WorklistRepository worklist;

  @Override
  @Transactional
  public Optional<String> on(StudyInstanceUid study) {
    return worklist.isUnfinished(study)
        ? Optional.of("it is not read, or a model is not done with it")
        : Optional.empty();
  }
}
