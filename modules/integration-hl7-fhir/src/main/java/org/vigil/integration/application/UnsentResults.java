package org.vigil.integration.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.vigil.imaging.api.OpenWork;
import org.vigil.integration.persistence.DeliveryRepository;
import org.vigil.kernel.StudyInstanceUid;

/** Images are needed until the results made of them have been sent. */
@ApplicationScoped
public class UnsentResults implements OpenWork {
  @Inject private DeliveryRepository deliveries;

  @Override
  @Transactional
  public Optional<String> on(StudyInstanceUid study) {
    return deliveries.anyUnsent(study)
        ? Optional.of("a result is not delivered")
        : Optional.empty();
  }
}
