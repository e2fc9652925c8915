package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vigil.imaging.domain.PacsTaskKind;

/** Tasks of the current tenant; every method runs in the caller's transaction. */
@ApplicationScoped
public class PacsTaskRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /**
   * Adds a task; one that was done or given up begins anew, one that waits is left alone.
   *
   * @return whether there is something new to do
   */
  public boolean add(PacsTaskKind kind, String subject, String node, Instant at) {
    return em.createNativeQuery(
                "insert into pacs_task (id, kind, subject, node, state, attempts, created_at,"
                    + " next_attempt_at) values (:id, :kind, :subject, :node, 'WAITING', 0, :at,"
                    + " :at) on conflict (kind, subject, node) do update set state = 'WAITING',"
                    + " attempts = 0, next_attempt_at = excluded.next_attempt_at, finished_at ="
                    + " null where pacs_task.state <> 'WAITING'")
            .setParameter("id", UUID.randomUUID())
            .setParameter("kind", kind.name())
            .setParameter("subject", subject)
            .setParameter("node", node)
            .setParameter("at", at)
            .executeUpdate()
        == 1;
  }

  /**
   * Tasks that are due and that nobody works on, locked; those that another server is just taking
   * are left out.
   *
   * @param server its earlier starts' claims are void
   * @param start this start of it
   */
  public List<PacsTaskEntity> due(String server, String start, Instant now, int limit) {
    List<?> ids =
        em.createNativeQuery(
                "select id from pacs_task where state = 'WAITING' and next_attempt_at <= :now and"
                    + " (claimed_until is null or claimed_until < :now or (split_part(claimed_by,"
                    + " ' ', 1) = :server and claimed_by <> :start)) order by next_attempt_at"
                    + " limit :limit for update skip locked",
                UUID.class)
            .setParameter("now", now)
            .setParameter("server", server)
            .setParameter("start", start)
            .setParameter("limit", limit)
            .getResultList();
    return ids.stream().map(id -> em.find(PacsTaskEntity.class, id)).toList();
  }

  /** Brings the next attempt of a waiting task forward. */
  public void hurry(PacsTaskKind kind, String subject, String node, Instant at) {
    em.createQuery(
            "update PacsTask t set t.nextAttemptAt = :at where t.kind = :kind and t.subject ="
                + " :subject and t.node = :node and t.state = :waiting and t.nextAttemptAt > :at")
        .setParameter("at", at)
        .setParameter("kind", kind)
        .setParameter("subject", subject)
        .setParameter("node", node)
        .setParameter("waiting", PacsTaskEntity.State.WAITING)
        .executeUpdate();
  }

  /** What went wrong last with tasks of a kind that wait, by subject. */
  public Map<String, String> problems(PacsTaskKind kind, Collection<String> subjects) {
    Map<String, String> problems = new HashMap<>();
    if (!subjects.isEmpty()) {
      em.createQuery(
              "select t.subject, t.lastError from PacsTask t where t.kind = :kind and t.subject in"
                  + " :subjects and t.state = :waiting and t.lastError is not null",
              Object[].class)
          .setParameter("kind", kind)
          .setParameter("subjects", subjects)
          .setParameter("waiting", PacsTaskEntity.State.WAITING)
          .getResultStream()
          .forEach(row -> problems.put((String) row[0], (String) row[1]));
    }
    return problems;
  }

  public Optional<PacsTaskEntity> lock(UUID id) {
    return Optional.ofNullable(em.find(PacsTaskEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** Whether anything waits. */
  public boolean anyWaiting() {
    return !em.createQuery("select t.id from PacsTask t where t.state = :waiting", UUID.class)
        .setParameter("waiting", PacsTaskEntity.State.WAITING)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }
}
