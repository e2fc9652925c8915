package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.identity.api.BreakGlass;
import org.vigil.identity.persistence.BreakGlassEntity;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Emergency access; who has it is kept in memory, since every request of theirs asks. */
@ApplicationScoped
public class EmergencyAccess implements BreakGlass {
  private static final Logger LOG = LoggerFactory.getLogger(EmergencyAccess.class);
  private static final int LISTED = 500;
  private static final int LONGEST_TEXT = 2000;

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Inject
  @ConfigProperty(name = "vigil.break-glass.length", defaultValue = "PT60M")
  private Duration length;

  @Inject private Event<AuditEvent> audit;
  @Inject private Event<Changed> changed;

  private final Map<String, Optional<Access>> known = new ConcurrentHashMap<>();

  @Override
  @Transactional
  public Access begin(String userName, String reason, Actor actor) {
    Optional<Access> lasting = stored(userName);
    if (lasting.isPresent()) {
      return lasting.get();
    }
    if (reason == null || reason.isBlank()) {
      throw new VigilException(ErrorCode.ANALYSIS_0006);
    }
    Instant now = Instant.now();
    BreakGlassEntity row = new BreakGlassEntity(userName, cut(reason), now, now.plus(length));
    entities.persist(row);
    Access access = row.toAccess();
    audit.fire(
        AuditEvent.of(AuditEvent.Action.BREAK_GLASS_BEGUN, actor)
            .on(access.id().toString())
            .with(Map.of("endsAt", access.endsAt().toString())));
    changed.fire(new Changed(key(userName)));
    LOG.warn("Emergency access {} has begun: it waits for review", access.id());
    return access;
  }

  @Override
  @Transactional
  public Optional<Access> current(String userName) {
    Optional<Access> access = known.get(key(userName));
    if (access == null) {
      access = stored(userName);
      known.put(key(userName), access);
    }
    return access.filter(a -> Instant.now().isBefore(a.endsAt()));
  }

  @Override
  @Transactional
  public void end(String userName, Actor actor) {
    Access access = stored(userName).orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0016));
    entities.find(BreakGlassEntity.class, access.id()).endNow(Instant.now());
    changed.fire(new Changed(key(userName)));
    audit.fire(
        AuditEvent.of(AuditEvent.Action.BREAK_GLASS_ENDED, actor).on(access.id().toString()));
  }

  @Override
  @Transactional
  public List<Access> list(boolean onlyUnreviewed) {
    return entities
        .createQuery(
            "select b from BreakGlassEntity b"
                + (onlyUnreviewed ? " where b.reviewedAt is null" : "")
                + " order by b.begunAt desc",
            BreakGlassEntity.class)
        .setMaxResults(LISTED)
        .getResultStream()
        .map(BreakGlassEntity::toAccess)
        .toList();
  }

  @Override
  @Transactional
  public Access review(UUID id, Verdict verdict, String comment, Actor actor) {
    BreakGlassEntity row = entities.find(BreakGlassEntity.class, id);
    if (row == null) {
      throw new VigilException(ErrorCode.IDENTITY_0016);
    }
    Access access = row.toAccess();
    if (access.userName().equals(actor.name())) {
      throw new VigilException(
          ErrorCode.IDENTITY_0003, Map.of("reason", "nobody reviews their own access"));
    }
    if (access.reviewedAt() != null) {
      throw new VigilException(ErrorCode.KERNEL_0005);
    }
    row.review(verdict, comment == null ? null : cut(comment), actor.name(), Instant.now());
    audit.fire(
        AuditEvent.of(AuditEvent.Action.BREAK_GLASS_REVIEWED, actor)
            .on(id.toString())
            .with(Map.of("verdict", verdict.name(), "user", access.userName())));
    return row.toAccess();
  }

  /** Only what is committed counts. */
  void onChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) Changed change) {
    known.remove(change.key());
  }

  private Optional<Access> stored(String userName) {
    return entities
        .createQuery(
            "select b from BreakGlassEntity b where b.userName = :user and b.endsAt > :now",
            BreakGlassEntity.class)
        .setParameter("user", userName)
        .setParameter("now", Instant.now())
        .setMaxResults(1)
        .getResultStream()
        .map(BreakGlassEntity::toAccess)
        .findFirst();
  }

  /** Somebody's emergency access has begun or ended. */
  record Changed(String key) {}

  private static String key(String userName) {
    return TenantContext.current().value() + "/" + userName;
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(LONGEST_TEXT, text.length()));
  }
}
