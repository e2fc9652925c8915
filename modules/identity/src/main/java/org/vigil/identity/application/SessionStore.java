package org.vigil.identity.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vigil.identity.api.Sessions.EndReason;
import org.vigil.identity.api.Sessions.SessionView;
import org.vigil.identity.persistence.LoginSessionEntity;
import org.vigil.kernel.TenantId;

/** Rows of sessions; each method is a transaction of its own on the platform's schema. */
@ApplicationScoped
public class SessionStore {
  /** Ended rows are kept as long as a token of theirs could still be shown, and a day more. */
  private static final Duration KEPT = Duration.ofDays(1);

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Transactional(TxType.REQUIRES_NEW)
  public void add(SessionView session) {
    entities.persist(new LoginSessionEntity(session));
  }

  /** The same, unless there is one of this id; says whether there was none. */
  @Transactional(TxType.REQUIRES_NEW)
  public boolean addIfNew(SessionView session) {
    return entities
            .createNativeQuery(
                "insert into platform.login_session (id, tenant_id, user_name, method, address,"
                    + " opened_at, last_seen_at, ends_at) values (:id, :tenant, :user, :method,"
                    + " :address, :opened, :seen, :ends) on conflict (id) do nothing")
            .setParameter("id", session.id())
            .setParameter("tenant", session.tenant().value())
            .setParameter("user", session.userName())
            .setParameter("method", session.method().name())
            .setParameter("address", session.address())
            .setParameter("opened", session.openedAt())
            .setParameter("seen", session.lastSeenAt())
            .setParameter("ends", session.endsAt())
            .executeUpdate()
        > 0;
  }

  /** The session, unless there is none; {@code endReason} is null while it lasts. */
  @Transactional(TxType.REQUIRES_NEW)
  public Optional<Stored> find(UUID id) {
    return Optional.ofNullable(entities.find(LoginSessionEntity.class, id))
        .map(row -> new Stored(row.toView(), row.endReason()));
  }

  /** Ends it, if it lasts; says whether it did. */
  @Transactional(TxType.REQUIRES_NEW)
  public boolean end(UUID id, EndReason reason, Instant now) {
    return entities
            .createQuery(
                "update LoginSessionEntity s set s.endedAt = :now, s.endReason = :reason"
                    + " where s.id = :id and s.endedAt is null")
            .setParameter("now", now)
            .setParameter("reason", reason)
            .setParameter("id", id)
            .executeUpdate()
        > 0;
  }

  @Transactional(TxType.REQUIRES_NEW)
  public List<SessionView> open(TenantId tenant, Instant now) {
    return entities
        .createQuery(
            "select s from LoginSessionEntity s where s.tenantId = :tenant and s.endedAt is null"
                + " and s.endsAt > :now order by s.openedAt desc",
            LoginSessionEntity.class)
        .setParameter("tenant", tenant.value())
        .setParameter("now", now)
        .getResultStream()
        .map(LoginSessionEntity::toView)
        .toList();
  }

  /** Writes when sessions were last seen, and forgets those long over. */
  @Transactional(TxType.REQUIRES_NEW)
  public void seen(Map<UUID, Instant> lastSeen, Instant now) {
    lastSeen.forEach(
        (id, at) ->
            entities
                .createQuery(
                    "update LoginSessionEntity s set s.lastSeenAt = :at where s.id = :id"
                        + " and s.lastSeenAt < :at")
                .setParameter("at", at)
                .setParameter("id", id)
                .executeUpdate());
    entities
        .createQuery("delete from LoginSessionEntity s where s.endsAt < :then")
        .setParameter("then", now.minus(KEPT))
        .executeUpdate();
  }

  /** A session as it is stored. */
  public record Stored(SessionView session, EndReason endReason) {}
}
