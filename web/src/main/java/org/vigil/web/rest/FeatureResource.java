package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.FeatureSettings;
import org.vigil.tenancy.api.FeatureSettings.Decision;
import org.vigil.tenancy.api.Features;
import org.vigil.tenancy.api.Features.Change;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** The AI features of this hospital: what is on, for which modality, and who decided it. */
@Path("/ai-features")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.AI_FEATURE_VIEW)
public class FeatureResource {
  /** Offered for a decision of their own, besides those that have one. */
  private static final Set<String> USUAL = Set.of("CR", "CT", "DX", "MG", "MR", "NM", "PT", "US");

  @Inject private Features features;
  @Inject private CurrentUser currentUser;

  @GET
  public Map<String, List<FeatureBody>> list() {
    FeatureSettings settings = features.current();
    return Map.of(
        "features",
        Arrays.stream(AiFeature.values()).map(f -> FeatureBody.of(f, settings)).toList());
  }

  /** Switches a feature; without a modality for all of them. */
  @PUT
  @Path("/{featureKey}")
  @Allowed(Permission.AI_FEATURE_CHANGE)
  public Map<String, String> change(@PathParam("featureKey") String key, ChangeBody body) {
    Require.present(body, "body");
    features.change(
        feature(key),
        body.modality() == null || body.modality().isBlank() ? null : body.modality().strip(),
        Require.present(body.enabled(), "enabled"),
        body.reason(),
        currentUser.actor());
    return Map.of("message", body.enabled() ? "enabled" : "disabled");
  }

  /** Past decisions, newest first. */
  @GET
  @Path("/audit-log")
  @Allowed({Permission.AI_FEATURE_CHANGE, Permission.AUDIT_VIEW})
  public Map<String, List<LogEntry>> log(
      @QueryParam("featureKey") String key,
      @QueryParam("dateFrom") String from,
      @QueryParam("dateTo") String to,
      @QueryParam("limit") @DefaultValue("200") int limit) {
    return Map.of(
        "auditLog",
        features
            .log(
                key == null || key.isBlank() ? null : feature(key),
                Require.instant(from, "dateFrom"),
                Require.instant(to, "dateTo"),
                limit)
            .stream()
            .map(LogEntry::of)
            .toList());
  }

  private static AiFeature feature(String key) {
    return AiFeature.ofKey(key).orElseThrow(() -> new VigilException(ErrorCode.TENANCY_0012));
  }

  /** What is wanted. */
  public record ChangeBody(Boolean enabled, String modality, String reason) {}

  /** A feature: {@code enabled} holds where a modality has no decision of its own. */
  public record FeatureBody(
      String featureKey,
      String featureName,
      String category,
      String description,
      boolean enabled,
      DecisionBody decision,
      List<ModalityBody> modalities) {

    static FeatureBody of(AiFeature feature, FeatureSettings settings) {
      Set<String> kinds = new TreeSet<>(USUAL);
      settings.decided().stream()
          .filter(d -> d.feature() == feature)
          .map(Decision::modality)
          .filter(Objects::nonNull)
          .forEach(kinds::add);
      return new FeatureBody(
          feature.key(),
          feature.title(),
          feature.category(),
          feature.description(),
          settings.isEnabled(feature, null),
          settings.deciding(feature, null).map(DecisionBody::of).orElse(null),
          kinds.stream().map(m -> ModalityBody.of(feature, m, settings)).toList());
    }
  }

  /** A feature for one modality; {@code decision} is null where it follows the feature's own. */
  public record ModalityBody(String modality, boolean enabled, DecisionBody decision) {
    static ModalityBody of(AiFeature feature, String modality, FeatureSettings settings) {
      return new ModalityBody(
          modality,
          settings.isEnabled(feature, modality),
          settings
              .deciding(feature, modality)
              .filter(d -> d.modality() != null)
              .map(DecisionBody::of)
              .orElse(null));
    }
  }

  /** Who decided it, when and why. */
  public record DecisionBody(String reason, String changedBy, Instant changedAt) {
    static DecisionBody of(Decision d) {
      return new DecisionBody(d.reason(), d.changedBy(), d.changedAt());
    }
  }

  /** A line of the log; {@code action} is enabled or disabled, modality null for all. */
  public record LogEntry(
      String featureKey,
      String modality,
      String action,
      String performedBy,
      String reason,
      Instant performedAt) {

    static LogEntry of(Change c) {
      return new LogEntry(
          c.feature().key(),
          c.modality(),
          (c.enabled() ? "ENABLED" : "DISABLED").toLowerCase(Locale.ROOT),
          c.performedBy(),
          c.reason(),
          c.performedAt());
    }
  }
}
