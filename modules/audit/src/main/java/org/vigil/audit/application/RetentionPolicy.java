package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.audit.domain.Deletion;
import org.vigil.audit.domain.Retention;
import org.vigil.audit.domain.Retention.Month;
import org.vigil.audit.domain.TrailSurvey;
import org.vigil.audit.persistence.OwnerTrails;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * How long a trail is kept, and its oldest months dropped when that time is over: only whole
 * months, only of a trail that verifies, and never what a legal hold covers.
 */
@ApplicationScoped
public class RetentionPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionPolicy.class);

  @Inject private OwnerTrails owner;
  @Inject private Trails trails;
  @Inject private SealingKeys keys;
  @Inject private TrailIntegrity integrity;
  @Inject private Config config;

  @Inject
  @ConfigProperty(name = "vigil.audit.retention", defaultValue = "P7Y")
  private Period standard;

  /** How long a trail is kept. */
  public Period of(String schema) {
    return trails
        .tenant(schema)
        .flatMap(
            tenant ->
                config.getOptionalValue(
                    "vigil.tenant." + tenant.value() + ".audit.retention", Period.class))
        .orElse(standard);
  }

  /** Trails whose oldest month has been kept for its time. */
  public Set<String> outstanding(List<String> schemas, Instant now) {
    Set<String> found = new LinkedHashSet<>();
    owner
        .survey(schemas, TrailSurvey::oldest)
        .forEach(
            (schema, month) -> {
              if (!month.to().isAfter(limit(of(schema), now))) {
                found.add(schema);
              }
            });
    return found;
  }

  private static Instant limit(Period kept, Instant now) {
    return now.atOffset(ZoneOffset.UTC).minus(kept).toInstant();
  }

  /**
   * Drops what a trail has kept for its time.
   *
   * @return the proofs of what was dropped now
   * @throws VigilException AUDIT-0005 when the trail does not verify
   */
  public List<Deletion> apply(String schema, Instant now) {
    Period kept = of(schema);
    Instant limit = limit(kept, now);
    List<Month> expired =
        owner.onSnapshot(schema, (trail, connection) -> new Retention(trail).endedBy(limit));
    List<Deletion> dropped = new ArrayList<>();
    if (expired.isEmpty()) {
      return dropped;
    }
    if (!integrity.check(schema).isIntact()) {
      throw new VigilException(ErrorCode.AUDIT_0005, Map.of("trail", schema));
    }
    for (Month month : expired) {
      drop(schema, month, kept).ifPresent(dropped::add);
    }
    return dropped;
  }

  private Optional<Deletion> drop(String schema, Month month, Period kept) {
    try {
      Deletion deletion =
          owner.inTransaction(
              schema,
              (trail, connection) ->
                  new Retention(trail)
                      .drop(
                          month,
                          "kept " + kept + ", ended " + month.to().truncatedTo(ChronoUnit.DAYS),
                          "retention",
                          keys.current()));
      LOG.info("{}.{} dropped by policy: {} events", schema, month.name(), deletion.eventCount());
      return Optional.of(deletion);
    } catch (VigilException e) {
      if (e.code() != ErrorCode.AUDIT_0004) {
        throw e;
      }
      LOG.info("{}.{} is kept: a legal hold covers it", schema, month.name());
      return Optional.empty();
    }
  }
}
