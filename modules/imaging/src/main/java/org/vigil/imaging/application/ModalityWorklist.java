package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.dicom.data.Attributes;
import org.vigil.imaging.domain.QueryKeys;
import org.vigil.imaging.domain.WorklistItem;
import org.vigil.imaging.persistence.ScheduledProcedureEntity;
import org.vigil.imaging.persistence.ScheduledProcedureEntity.Status;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;

/** What the current tenant's modalities are still to do, as their worklists ask for it. */
@ApplicationScoped
@Transactional
public class ModalityWorklist {
  private static final int MOST_SCHEDULED = 5000;
  private static final Duration AHEAD = Duration.ofDays(30);

  @Inject private ProcedureSteps steps;
  @Inject private Event<AuditEvent> audit;

  @Inject
  @ConfigProperty(name = "vigil.modality-worklist.max-age", defaultValue = "P7D")
  private Duration maxAge;

  @Inject
  @ConfigProperty(name = "vigil.modality-worklist.limit", defaultValue = "500")
  private int limit;

  /**
   * Answers a query.
   *
   * @param keys the identifier of the C-FIND
   * @return the matches, the earliest first, with what was asked for; at most the configured number
   */
  public List<Attributes> find(Attributes keys, ZoneId zone, Actor modality) {
    Instant now = Clock.systemUTC().instant();
    List<Attributes> matches = new ArrayList<>();
    for (ScheduledProcedureEntity procedure :
        steps.worklist(now.minus(maxAge), now.plus(AHEAD), MOST_SCHEDULED)) {
      Attributes item = item(procedure).toAttributes(zone, modality.name());
      if (QueryKeys.matches(keys, item)) {
        Attributes answer = QueryKeys.selected(keys, item);
        answer.setString(org.vigil.dicom.data.Tag.SpecificCharacterSet, "ISO_IR 192");
        matches.add(answer);
        if (matches.size() == limit) {
          break;
        }
      }
    }
    audit.fire(
        AuditEvent.of(AuditEvent.Action.MODALITY_WORKLIST_QUERIED, modality)
            .with(Map.of("matches", Integer.toString(matches.size()))));
    return matches;
  }

  private static WorklistItem item(ScheduledProcedureEntity p) {
    return new WorklistItem(
        p.studyInstanceUid(),
        p.procedureStepId(),
        p.status() == Status.STARTED,
        p.accessionNumber(),
        p.placerOrderNumber(),
        p.fillerOrderNumber(),
        p.patientId(),
        p.issuerOfPatientId(),
        p.patientName(),
        p.patientBirthDate(),
        p.patientSex(),
        p.procedureCode(),
        p.procedureText(),
        p.modality(),
        p.priority(),
        p.referringPhysician(),
        p.reason(),
        p.scheduledAt());
  }
}
