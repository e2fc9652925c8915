package org.vigil.tenancy.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.FeatureChanged;
import org.vigil.tenancy.api.FeatureSettings;
import org.vigil.tenancy.api.Features;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.persistence.FeatureChangeEntity;
import org.vigil.tenancy.persistence.FeatureToggleEntity;

/** The switches of the current tenant, in its own schema. */
@ApplicationScoped
@Transactional
public class FeatureToggles implements Features {
  /** A Defined Term of (0008,0060): PS3.3 §C.7.3.1.1.1. */
  private static final Pattern MODALITY = Pattern.compile("[A-Z][A-Z0-9]{1,15}");

  private static final int LONGEST_LOG = 1000;

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Inject private RefusedAttempts refusals;
  @Inject private Event<AuditEvent> audit;
  @Inject private Event<FeatureChanged> changed;

  private Set<AiFeature> byDefault = Set.of();

  @Inject
  void configure(
      @ConfigProperty(
              name = "vigil.ai-features.enabled-by-default",
              defaultValue = "abnormality_detection,priority_flagging")
          Optional<List<String>> keys) {
    Set<AiFeature> enabled = EnumSet.noneOf(AiFeature.class);
    for (String key : keys.orElse(List.of())) {
      enabled.add(
          AiFeature.ofKey(key.strip())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "vigil.ai-features.enabled-by-default names \""
                              + key
                              + "\"; it may name "
                              + Arrays.stream(AiFeature.values()).map(AiFeature::key).toList())));
    }
    byDefault = enabled;
  }

  @Override
  public FeatureSettings current() {
    TenantContext.current();
    return new FeatureSettings(
        byDefault,
        entities
            .createQuery("select t from FeatureToggleEntity t", FeatureToggleEntity.class)
            .getResultStream()
            .map(FeatureToggleEntity::toDecision)
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public void require(AiFeature feature, String modality, Actor actor) {
    if (current().isEnabled(feature, modality)) {
      return;
    }
    String kind = modality == null ? "" : modality;
    refusals.record(
        AuditEvent.of(Action.FEATURE_REFUSED, actor)
            .outcome(AuditEvent.Outcome.REFUSED)
            .on(feature.key())
            .with(Map.of("modality", kind, "code", ErrorCode.TENANCY_0009.id())));
    throw new VigilException(
        ErrorCode.TENANCY_0009,
        Map.of(
            "feature", feature.key(),
            "modality", kind,
            "tenantId", TenantContext.current().value()));
  }

  @Override
  public void change(
      AiFeature feature, String modality, boolean enabled, String reason, Actor actor) {
    TenantContext.current();
    String why = Reasons.required(reason);
    if (modality != null && !MODALITY.matcher(modality).matches()) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          Map.of("field", "modality", "problem", "is not a modality such as DX or CT"));
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    if (modality == null) {
      entities
          .createQuery("delete from FeatureToggleEntity t where t.key.featureKey = :feature")
          .setParameter("feature", feature.key())
          .executeUpdate();
    }
    FeatureToggleEntity toggle = new FeatureToggleEntity(feature, modality);
    toggle.decide(enabled, why, actor.name(), now);
    entities.merge(toggle);
    entities.persist(new FeatureChangeEntity(feature, modality, enabled, why, actor.name(), now));
    audit.fire(
        AuditEvent.of(Action.FEATURE_CHANGED, actor)
            .on(feature.key())
            .with(
                Map.of(
                    "enabled",
                    Boolean.toString(enabled),
                    "modality",
                    modality == null ? "all" : modality,
                    "reason",
                    why)));
    changed.fire(new FeatureChanged(TenantContext.current(), feature, modality, enabled));
  }

  @Override
  public List<Change> log(AiFeature feature, Instant from, Instant to, int limit) {
    TenantContext.current();
    return entities
        .createQuery(
            "select c from FeatureChangeEntity c where (:feature = '' or c.featureKey = :feature)"
                + " and c.performedAt >= :from and c.performedAt <= :to"
                + " order by c.performedAt desc, c.id",
            FeatureChangeEntity.class)
        .setParameter("feature", feature == null ? "" : feature.key())
        .setParameter("from", from == null ? Instant.EPOCH : from)
        .setParameter("to", to == null ? Instant.now().plus(1, ChronoUnit.DAYS) : to)
        .setMaxResults(Math.max(1, Math.min(limit, LONGEST_LOG)))
        .getResultStream()
        .map(FeatureChangeEntity::toView)
        .flatMap(Optional::stream)
        .toList();
  }
}
