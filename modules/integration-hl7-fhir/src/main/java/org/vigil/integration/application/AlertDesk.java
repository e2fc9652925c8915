package org.vigil.integration.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.analysis.api.Analyses;
import org.vigil.integration.api.Alerts;
import org.vigil.integration.domain.Alert;
import org.vigil.integration.domain.AlertRecipient;
import org.vigil.integration.persistence.AlertRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Alerts until a person takes them. */
@ApplicationScoped
public class AlertDesk implements Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);
  private static final int LONGEST_COMMENT = 500;
  private static final int AT_ONCE = 100;

  @Inject private AlertRepository alerts;
  @Inject private DeliveryPlanning deliveries;
  @Inject private Analyses analyses;
  @Inject private Event<AuditEvent> audit;

  @Inject
  @ConfigProperty(name = "vigil.alert.escalation", defaultValue = "PT15M")
  private Duration escalation;

  @Inject
  @ConfigProperty(name = "vigil.alert.max-escalations", defaultValue = "4")
  private int maxEscalations;

  @Override
  @Transactional
  public List<AlertView> list(boolean openOnly) {
    List<Alert> found = alerts.list(openOnly);
    Map<UUID, String> recipients = new HashMap<>();
    for (AlertRecipient recipient : alerts.recipients(found.stream().map(Alert::id).toList())) {
      recipients.put(recipient.alertId(), recipient.displayName());
    }
    return found.stream().map(alert -> alert.view(recipients.get(alert.id()))).toList();
  }

  @Override
  @Transactional
  public void acknowledge(UUID id, String comment, Actor actor) {
    Alert alert =
        alerts
            .lock(id)
            .orElseThrow(() -> new VigilException(ErrorCode.INTEGRATION_0008, Map.of("id", id)));
    boolean first = alert.acknowledge(actor.name(), Instant.now());
    String said = comment == null ? "" : comment.strip();
    note(
        AuditEvent.Action.ALERT_ACKNOWLEDGED,
        actor,
        alert,
        Map.of(
            "comment",
            said.length() > LONGEST_COMMENT ? said.substring(0, LONGEST_COMMENT) : said,
            "first",
            Boolean.toString(first)));
    if (first) {
      deliveries.planNotice(alert);
    }
  }

  /**
   * Escalates alerts that nobody took in time, of the current tenant.
   *
   * @return how many
   */
  @Transactional
  public int escalateDue() {
    Instant now = Instant.now();
    List<Alert> due = alerts.due(now, AT_ONCE);
    for (Alert alert : due) {
      alert.escalate(now, escalation, maxEscalations);
      LOG.warn(
          "alert {} of study {} was not acknowledged: escalation level {}",
          alert.id(),
          alert.study(),
          alert.escalationLevel());
      note(
          AuditEvent.Action.ALERT_ESCALATED,
          Actor.system("integration"),
          alert,
          Map.of("escalationLevel", Integer.toString(alert.escalationLevel())));
      if (stillMatched(alert)) {
        deliveries.planNotice(alert);
      }
    }
    return due.size();
  }

  /** Whether any alert of the current tenant waits for somebody. */
  @Transactional
  public boolean anyOpen() {
    return alerts.anyOpen();
  }

  // A study taken from its order after the alert tells its former clinician nothing more; the alert
  // stays open for the radiologist.
  private boolean stillMatched(Alert alert) {
    return analyses
        .find(alert.analysisId())
        .map(analysis -> alert.orderId().equals(analysis.order()))
        .orElse(false);
  }

  private void note(
      AuditEvent.Action action, Actor actor, Alert alert, Map<String, String> details) {
    audit.fire(
        AuditEvent.of(action, actor)
            .about(alert.study(), null)
            .on(alert.id().toString())
            .with(details));
  }
}
