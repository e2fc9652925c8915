package org.vigil.integration.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.analysis.api.Analyses;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.OrderView;
import org.vigil.analysis.api.Orders;
import org.vigil.imaging.api.Studies;
import org.vigil.imaging.api.StudyView;
import org.vigil.integration.api.Deliveries;
import org.vigil.integration.domain.Alert;
import org.vigil.integration.domain.AlertRecipient;
import org.vigil.integration.domain.Delivery;
import org.vigil.integration.domain.Outcome;
import org.vigil.integration.domain.Parcel;
import org.vigil.integration.persistence.AlertRepository;
import org.vigil.integration.persistence.DeliveryRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.Backoff;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Consents;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantReopened;
import org.vigil.tenancy.api.TenantView;

/** The deliveries' rows: claimed, read and settled in transactions of their own kinds. */
@ApplicationScoped
public class DeliveryLedger implements Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLedger.class);
  private static final Actor VIGIL = Actor.system("integration");
  private static final String START = UUID.randomUUID().toString();
  private static final int MOST_LISTED = 1000;

  @Inject private DeliveryRepository deliveries;
  @Inject private AlertRepository alerts;
  @Inject private DeliveryQueue queue;
  @Inject private TenantDirectory tenants;
  @Inject private Analyses analyses;
  @Inject private Orders orders;
  @Inject private Studies studies;
  @Inject private Consents consents;
  @Inject private Event<AuditEvent> audit;

  @Inject
  @ConfigProperty(name = "vigil.delivery.max-attempts", defaultValue = "20")
  private int maxAttempts;

  @Inject
  @ConfigProperty(name = "jboss.node.name", defaultValue = "vigil")
  private String node;

  /**
   * Takes a delivery in a short transaction of its own.
   *
   * @return false when there is nothing to do: it arrived, was given up, or is in hand elsewhere
   * @throws VigilException INTEGRATION-0009 when the row is not visible (yet); the caller lets the
   *     message be redelivered
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public boolean claim(UUID id) {
    return locked(id).claim(node, START, Instant.now());
  }

  /**
   * What is to be sent, read in a short transaction of its own.
   *
   * @return empty when it must not leave any more: the study no longer belongs to the order, or the
   *     destination was taken away
   * @throws VigilException TENANCY-0010 when the patient has opted out of export
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Optional<Parcel> open(UUID id) {
    Delivery delivery = deliveries.find(id).orElseThrow(() -> unknown(id));
    AnalysisView analysis =
        analyses
            .find(delivery.analysisId())
            .orElseThrow(() -> new VigilException(ErrorCode.ANALYSIS_0001));
    if (delivery.orderId() != null && !delivery.orderId().equals(analysis.order())) {
      return Optional.empty();
    }
    TenantView tenant =
        tenants
            .find(TenantContext.current())
            .orElseThrow(() -> new VigilException(ErrorCode.TENANCY_0004));
    Optional<Destination> destination =
        tenants.destinations(tenant.id(), protocol(delivery.kind())).stream()
            .filter(candidate -> candidate.id().equals(delivery.destinationId()))
            .findFirst();
    if (destination.isEmpty()) {
      return Optional.empty();
    }
    OrderView order =
        delivery.orderId() == null
            ? null
            : orders
                .find(delivery.orderId())
                .orElseThrow(() -> new VigilException(ErrorCode.ANALYSIS_0002));
    StudyView study =
        studies
            .find(delivery.study())
            .orElseThrow(() -> new VigilException(ErrorCode.IMAGING_0004));
    if (mayNotLeave(study.patientId(), study.issuerOfPatientId())
        || (order != null && mayNotLeave(order.patientId(), order.issuerOfPatientId()))) {
      throw new VigilException(ErrorCode.TENANCY_0010, Map.of("scope", Consents.Scope.EXPORT));
    }
    return Optional.of(
        new Parcel(
            id,
            delivery.kind(),
            delivery.createdAt(),
            destination.get(),
            tenant,
            analysis,
            order,
            study,
            delivery.alertId() == null ? null : notice(delivery.alertId())));
  }

  private boolean mayNotLeave(String patientId, String issuer) {
    return consents.hasOptedOut(Consents.Scope.EXPORT, patientId, issuer);
  }

  /** Notes how an attempt ended, in the caller's transaction, which acknowledges the message. */
  @Transactional
  public void settle(UUID id, Outcome outcome) {
    Delivery delivery = locked(id);
    if (!delivery.isWaiting()) {
      return;
    }
    Instant now = Instant.now();
    switch (outcome.kind()) {
      case DELIVERED -> {
        delivery.delivered(now);
        note(AuditEvent.Action.RESULT_DELIVERED, AuditEvent.Outcome.SUCCESS, VIGIL, delivery);
        alertSent(delivery, now);
      }
      case POSTPONED -> {
        delivery.postponed(outcome.delay(), outcome.reason(), now);
        queue.enqueue(List.of(delivery), outcome.delay());
      }
      case UNREACHABLE, NOT_TAKEN -> {
        if (delivery.attempts() + 1 >= maxAttempts) {
          giveUp(delivery, outcome);
        } else {
          Duration wait = Backoff.after(delivery.attempts() + 1, ThreadLocalRandom.current());
          delivery.retryAfter(wait, outcome.reason(), now);
          queue.enqueue(List.of(delivery), wait);
          LOG.info(
              "delivery {} ({}) of study {} failed, attempt {}, again in {} ms: {}",
              id,
              delivery.kind(),
              delivery.study(),
              delivery.attempts(),
              wait.toMillis(),
              outcome.reason());
        }
      }
      case REFUSED -> giveUp(delivery, outcome);
    }
  }

  /**
   * Puts deliveries into the queue again whose message is lost, e.g. because it went to the dead
   * letters.
   *
   * @param overdueBy how long ago their next attempt should have been
   * @return how many
   */
  @Transactional
  public int recover(Duration overdueBy) {
    Instant now = Instant.now();
    List<Delivery> overdue = deliveries.overdue(now.minus(overdueBy), now, 500);
    queue.enqueue(overdue, Duration.ZERO);
    return overdue.size();
  }

  /** Whether anything of the current tenant is on its way. */
  @Transactional
  public boolean anyWaiting() {
    return deliveries.anyWaiting();
  }

  /** Queues what waited while the hospital was closed. */
  @Transactional
  public void onReopened(@Observes TenantReopened event) {
    recover(Duration.ZERO);
  }

  @Override
  @Transactional
  public List<DeliveryView> list(Status status, int limit) {
    return deliveries.list(status, Math.max(1, Math.min(limit, MOST_LISTED))).stream()
        .map(Delivery::view)
        .toList();
  }

  @Override
  @Transactional
  public void retry(UUID id, Actor actor) {
    Delivery delivery = locked(id);
    if (delivery.status() == Status.DELIVERED) {
      throw new VigilException(ErrorCode.KERNEL_0005, Map.of("status", Status.DELIVERED));
    }
    delivery.restarted(Instant.now());
    queue.enqueue(List.of(delivery), Duration.ZERO);
    note(AuditEvent.Action.RESULT_DELIVERY_RETRIED, AuditEvent.Outcome.SUCCESS, actor, delivery);
  }

  @Override
  @Transactional
  public Map<Kind, Map<Status, Long>> counts() {
    return deliveries.counts();
  }

  private void giveUp(Delivery delivery, Outcome outcome) {
    delivery.givenUp(outcome.reason());
    LOG.warn(
        "delivery {} ({}) of study {} given up after {} attempts: {}",
        delivery.id(),
        delivery.kind(),
        delivery.study(),
        delivery.attempts(),
        outcome.reason());
    note(AuditEvent.Action.RESULT_DELIVERY_FAILED, AuditEvent.Outcome.FAILURE, VIGIL, delivery);
    if (delivery.alertId() != null) {
      alerts.lock(delivery.alertId()).ifPresent(Alert::failed);
    }
  }

  private void alertSent(Delivery delivery, Instant now) {
    if (delivery.alertId() == null) {
      return;
    }
    Alert alert =
        alerts
            .lock(delivery.alertId())
            .orElseThrow(() -> new VigilException(ErrorCode.INTEGRATION_0008));
    alert.sent(now);
    audit.fire(
        AuditEvent.of(AuditEvent.Action.ALERT_SENT, VIGIL)
            .about(alert.study(), null)
            .on(alert.id().toString())
            .with(
                Map.of(
                    "delivery",
                    delivery.id().toString(),
                    "escalationLevel",
                    Integer.toString(alert.escalationLevel()))));
  }

  private void note(
      AuditEvent.Action action, AuditEvent.Outcome outcome, Actor actor, Delivery delivery) {
    audit.fire(
        AuditEvent.of(action, actor)
            .outcome(outcome)
            .about(delivery.study(), null)
            .on(delivery.id().toString())
            .with(
                Map.of(
                    "kind",
                    delivery.kind().name(),
                    "analysis",
                    delivery.analysisId().toString(),
                    "attempts",
                    Integer.toString(delivery.attempts()))));
  }

  private Parcel.Notice notice(UUID alertId) {
    Alert alert =
        alerts.find(alertId).orElseThrow(() -> new VigilException(ErrorCode.INTEGRATION_0008));
    AlertRecipient recipient = alerts.recipients(List.of(alertId)).get(0);
    return new Parcel.Notice(
        alertId,
        alert.findingId(),
        alert.findingLabel(),
        recipient.providerId(),
        recipient.displayName(),
        alert.createdAt(),
        alert.sentAt(),
        alert.acknowledgedAt(),
        alert.escalationLevel());
  }

  private Delivery locked(UUID id) {
    return deliveries.lock(id).orElseThrow(() -> unknown(id));
  }

  private static VigilException unknown(UUID id) {
    return new VigilException(ErrorCode.INTEGRATION_0009, Map.of("id", id));
  }

  private static Destination.Kind protocol(Kind kind) {
    return switch (kind) {
      case DICOM_SR, DICOM_SC -> Destination.Kind.DICOM;
      case HL7_ORU -> Destination.Kind.HL7;
      case FHIR_BUNDLE, FHIR_ALERT -> Destination.Kind.FHIR;
    };
  }
}
