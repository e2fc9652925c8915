package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vigil.analysis.domain.ImagingOrder;
import org.vigil.analysis.domain.PatientIdentity;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.OrderRepository;
import org.vigil.kernel.ErrorCode;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.Consents;
import org.vigil.tenancy.api.FeatureSettings;
import org.vigil.tenancy.api.Features;
import org.vigil.tenancy.api.TenantContext;

/**
 * Whether AI may work on a study: the patient has not opted out, and the hospital has detection
 * switched on for the images. Asked when jobs are made and again when one is taken in hand.
 */
@ApplicationScoped
public class AiClearance {
  private Features features;
  private Consents consents;
  private OrderRepository orders;

  protected AiClearance() {}

  @Inject
  public AiClearance(Features features, Consents consents, OrderRepository orders) {
    this.features = features;
    this.consents = consents;
    this.orders = orders;
  }

  /**
   * Why AI must not run.
   *
   * @param sentence for the reader of the study
   * @param details by name, without patient data
   */
  record Withheld(ErrorCode code, String sentence, Map<String, String> details) {}

  /** Empty when AI may run on a study's images of this modality (null: unknown). */
  Optional<Withheld> withheld(WorklistEntry entry, String modality) {
    Optional<Withheld> byPatient = byPatient(entry);
    return byPatient.isPresent() ? byPatient : byHospital(modality);
  }

  /** The hospital's switches, to be asked for many studies. */
  FeatureSettings switches() {
    return features.current();
  }

  private Optional<Withheld> byPatient(WorklistEntry entry) {
    boolean optedOut =
        objects(entry.patient())
            || orders
                .find(entry.orderId())
                .map(ImagingOrder::patient)
                .filter(this::objects)
                .isPresent();
    return optedOut
        ? Optional.of(
            new Withheld(
                ErrorCode.TENANCY_0010,
                "AI was not run: the patient has opted out of AI analysis.",
                Map.of("scope", Consents.Scope.AI_ANALYSIS.name())))
        : Optional.empty();
  }

  private boolean objects(PatientIdentity patient) {
    return consents.hasOptedOut(Consents.Scope.AI_ANALYSIS, patient.id(), patient.issuer());
  }

  private Optional<Withheld> byHospital(String modality) {
    FeatureSettings switches = features.current();
    if (switches.isEnabled(AiFeature.DETECTION, modality)) {
      return Optional.empty();
    }
    Optional<FeatureSettings.Decision> decision = switches.deciding(AiFeature.DETECTION, modality);
    Map<String, String> details = new LinkedHashMap<>();
    details.put("feature", AiFeature.DETECTION.key());
    details.put("modality", modality == null ? "" : modality);
    details.put("tenantId", TenantContext.current().value());
    return Optional.of(
        new Withheld(
            ErrorCode.TENANCY_0009,
            "AI analysis not available: abnormality detection is switched off for "
                + (modality == null ? "this kind of image" : modality)
                + decision.map(d -> " (" + d.reason() + ").").orElse("."),
            details));
  }
}
