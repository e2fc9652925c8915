package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNode.Capability;
import org.vigil.imaging.api.ProcedureOrdered;
import org.vigil.imaging.domain.PacsTaskKind;
import org.vigil.imaging.persistence.PacsNodeEntity;
import org.vigil.imaging.persistence.PacsNodeRepository;
import org.vigil.imaging.persistence.PacsTaskRepository;
import org.vigil.imaging.persistence.PriorRepository;
import org.vigil.imaging.persistence.ScheduledProcedureEntity;

/**
 * What an order means for imaging, in the order's own transaction: a line of the modality worklist,
 * and a question to each PACS for the patient's priors.
 */
@ApplicationScoped
@Transactional
public class OrderedProcedures {
  @Inject private PriorRepository procedures;
  @Inject private PacsNodeRepository nodes;
  @Inject private PacsTaskRepository tasks;

  @Inject
  @ConfigProperty(name = "vigil.priors.limit", defaultValue = "3")
  private int limit;

  /** Takes over what the RIS said. */
  public void onOrdered(@Observes ProcedureOrdered event) {
    Instant now = Clock.systemUTC().instant();
    ScheduledProcedureEntity procedure = procedures.lockProcedure(event.order()).orElse(null);
    boolean isNew = procedure == null;
    if (isNew) {
      if (event.cancelled()) {
        return;
      }
      procedure = new ScheduledProcedureEntity(event.order());
    }
    boolean samePatient =
        !isNew && event.patientId() != null && event.patientId().equals(procedure.patientId());
    procedure.describe(event, now);
    if (isNew) {
      procedures.add(procedure);
    }
    if (!event.cancelled() && !samePatient && event.patientId() != null && limit > 0) {
      askForPriors(event, now);
    }
  }

  private void askForPriors(ProcedureOrdered event, Instant now) {
    for (PacsNodeEntity entity : nodes.all()) {
      PacsNode node = entity.view();
      if (node.can(Capability.QUERY) && (node.can(Capability.MOVE) || node.can(Capability.GET))) {
        tasks.add(PacsTaskKind.FIND_PRIORS, event.order().toString(), node.name(), now);
      }
    }
  }
}
