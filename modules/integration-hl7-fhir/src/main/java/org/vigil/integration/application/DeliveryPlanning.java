package org.vigil.integration.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.analysis.api.AnalysisCompleted;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.AnalysisView.FindingView;
import org.vigil.analysis.api.OrderView;
import org.vigil.analysis.api.StudyMatchedLate;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.domain.Alert;
import org.vigil.integration.domain.Delivery;
import org.vigil.integration.persistence.AlertRepository;
import org.vigil.integration.persistence.DeliveryRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.Severity;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.Features;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;

/**
 * Decides what leaves when a result is there: rows and messages in the very transaction that
 * records the result, so that none is lost and none is made twice. A hospital without a destination
 * of some kind gets no row of that kind.
 */
@ApplicationScoped
public class DeliveryPlanning {
  private static final int CRITICAL_PRIORITY = 9;
  private static final Actor VIGIL = Actor.system("integration");

  @Inject private TenantDirectory tenants;
  @Inject private DeliveryRepository deliveries;
  @Inject private AlertRepository alerts;
  @Inject private Features features;
  @Inject private DeliveryQueue queue;
  @Inject private Event<AuditEvent> audit;

  @Inject
  @ConfigProperty(name = "vigil.alert.escalation", defaultValue = "PT15M")
  private Duration escalation;

  /** For the container's proxy. */
  protected DeliveryPlanning() {}

  DeliveryPlanning(
      TenantDirectory tenants,
      DeliveryRepository deliveries,
      AlertRepository alerts,
      Features features,
      DeliveryQueue queue,
      Event<AuditEvent> audit,
      Duration escalation) {
    this.tenants = tenants;
    this.deliveries = deliveries;
    this.alerts = alerts;
    this.features = features;
    this.queue = queue;
    this.audit = audit;
    this.escalation = escalation;
  }

  /** A model has run. */
  public void onCompleted(@Observes AnalysisCompleted event) {
    List<Delivery> planned = new ArrayList<>();
    Severity severity = flagged(event.analysis(), event.severity());
    planImages(event.analysis(), severity, planned);
    if (event.order() != null) {
      planOrder(event.analysis(), event.order(), severity, planned);
    }
    queue.enqueue(planned, Duration.ZERO);
  }

  /** An order came after its study was analysed: what needed it can leave now. */
  public void onMatchedLate(@Observes StudyMatchedLate event) {
    List<Delivery> planned = new ArrayList<>();
    for (AnalysisView analysis : event.completed()) {
      planOrder(analysis, event.order(), flagged(analysis, severity(analysis)), planned);
    }
    queue.enqueue(planned, Duration.ZERO);
  }

  /** The next notice of an alert to the EHR: it was escalated, or a person took it. */
  void planNotice(Alert alert) {
    int revision = alert.nextNotice();
    List<Delivery> planned = new ArrayList<>();
    for (Destination destination : destinations(Destination.Kind.FHIR)) {
      add(
          planned,
          Delivery.planned(
              Kind.FHIR_ALERT,
              destination.id(),
              alert.analysisId(),
              revision,
              alert.orderId(),
              alert.id(),
              alert.study(),
              CRITICAL_PRIORITY,
              now()));
    }
    queue.enqueue(planned, Duration.ZERO);
  }

  private void planImages(AnalysisView analysis, Severity severity, List<Delivery> planned) {
    for (Destination destination : destinations(Destination.Kind.DICOM)) {
      plan(Kind.DICOM_SR, destination, analysis, null, null, severity, planned);
      if (analysis.heatMap() != null) {
        plan(Kind.DICOM_SC, destination, analysis, null, null, severity, planned);
      }
    }
  }

  private void planOrder(
      AnalysisView analysis, OrderView order, Severity severity, List<Delivery> planned) {
    UUID alert = raiseAlert(analysis, order, severity);
    for (Destination destination : destinations(Destination.Kind.FHIR)) {
      plan(Kind.FHIR_BUNDLE, destination, analysis, order.id(), alert, severity, planned);
    }
    for (Destination destination : destinations(Destination.Kind.HL7)) {
      plan(Kind.HL7_ORU, destination, analysis, order.id(), null, severity, planned);
    }
  }

  private UUID raiseAlert(AnalysisView analysis, OrderView order, Severity severity) {
    if (severity != Severity.CRITICAL) {
      return null;
    }
    Optional<FindingView> worst =
        analysis.findings().stream()
            .filter(finding -> finding.positive() && finding.severity() == Severity.CRITICAL)
            .max(Comparator.comparingDouble(FindingView::confidence));
    if (worst.isEmpty()) {
      return null;
    }
    FindingView finding = worst.get();
    Alert alert =
        Alert.raised(
            order.id(),
            analysis.study(),
            analysis.id(),
            finding.id(),
            finding.code().scheme() + "|" + finding.code().value(),
            finding.code().meaning(),
            Severity.CRITICAL,
            now(),
            escalation);
    if (!alerts.insert(alert, order.orderingProviderId(), recipientName(order))) {
      return null;
    }
    audit.fire(
        AuditEvent.of(AuditEvent.Action.ALERT_RAISED, VIGIL)
            .about(alert.study(), order.patientId())
            .on(alert.id().toString())
            .with(
                Map.of(
                    "finding",
                    alert.findingCode(),
                    "model",
                    analysis.modelId() + " " + analysis.modelVersion())));
    return alert.id();
  }

  private static String recipientName(OrderView order) {
    if (order.orderingProviderName() != null) {
      return order.orderingProviderName().replace('^', ' ').replaceAll(" +", " ").trim();
    }
    return order.orderingProviderId() == null
        ? "ordering department (no provider named in the order)"
        : order.orderingProviderId();
  }

  private void plan(
      Kind kind,
      Destination destination,
      AnalysisView analysis,
      UUID order,
      UUID alert,
      Severity severity,
      List<Delivery> planned) {
    int priority =
        severity == Severity.CRITICAL
            ? CRITICAL_PRIORITY
            : Math.min(CRITICAL_PRIORITY - 1, analysis.priority().jmsPriority());
    add(
        planned,
        Delivery.planned(
            kind,
            destination.id(),
            analysis.id(),
            0,
            order,
            alert,
            analysis.study(),
            priority,
            now()));
  }

  private void add(List<Delivery> planned, Delivery delivery) {
    if (deliveries.insert(delivery)) {
      planned.add(delivery);
    }
  }

  private List<Destination> destinations(Destination.Kind kind) {
    return tenants.destinations(TenantContext.current(), kind);
  }

  /**
   * Where flagging is switched off, findings leave with the results but raise and hurry nothing.
   */
  private Severity flagged(AnalysisView analysis, Severity severity) {
    return severity == Severity.ROUTINE
            || features.current().isEnabled(AiFeature.FLAGGING, analysis.modality())
        ? severity
        : Severity.ROUTINE;
  }

  private static Severity severity(AnalysisView analysis) {
    return analysis.findings().stream()
        .filter(FindingView::positive)
        .map(FindingView::severity)
        .min(Comparator.naturalOrder())
        .orElse(Severity.ROUTINE);
  }

  // As precise as the database keeps it.
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
