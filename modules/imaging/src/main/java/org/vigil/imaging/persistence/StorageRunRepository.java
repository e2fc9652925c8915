package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.imaging.api.StorageTiers.Run;

/** Runs of the storage policy of the current tenant; in the caller's transaction. */
@ApplicationScoped
public class StorageRunRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /**
   * Begins a run, unless one is under way on any server.
   *
   * @param until after which the run counts as broken off when nobody says more
   */
  public boolean begin(UUID id, Instant at, Instant until) {
    em.createNativeQuery(
            "update storage_run set ended_at = claimed_until, problem = 'broke off'"
                + " where ended_at is null and claimed_until < :at")
        .setParameter("at", at)
        .executeUpdate();
    em.createNativeQuery(
            "delete from storage_run where started_at < cast(:at as timestamptz) - interval '400 days'")
        .setParameter("at", at)
        .executeUpdate();
    return em.createNativeQuery(
                "insert into storage_run (id, started_at, claimed_until)"
                    + " values (:id, :at, :until) on conflict do nothing")
            .setParameter("id", id)
            .setParameter("at", at)
            .setParameter("until", until)
            .executeUpdate()
        == 1;
  }

  /** Records how far a run has come. */
  public void progress(Run run, Instant until) {
    em.createNativeQuery(
            "update storage_run set claimed_until = :until, ended_at = cast(nullif(:ended, '') as timestamptz),"
                + " warmed = :warmed, cooled = :cooled, compressed = :compressed,"
                + " saved_bytes = :saved, released = :released, held = :held, removed = :removed,"
                + " failed = :failed, problem = nullif(:problem, '') where id = :id")
        .setParameter("until", until)
        .setParameter("ended", run.endedAt() == null ? "" : run.endedAt().toString())
        .setParameter("warmed", run.warmed())
        .setParameter("cooled", run.cooled())
        .setParameter("compressed", run.compressed())
        .setParameter("saved", run.savedBytes())
        .setParameter("released", run.released())
        .setParameter("held", run.held())
        .setParameter("removed", run.removed())
        .setParameter("failed", run.failed())
        .setParameter("problem", run.problem() == null ? "" : run.problem())
        .setParameter("id", run.id())
        .executeUpdate();
  }

  /** The latest run, under way or ended. */
  public Optional<Run> last() {
    List<?> rows =
        em.createNativeQuery(
                "select id, started_at, ended_at, warmed, cooled, compressed, saved_bytes,"
                    + " released, held, removed, failed, problem from storage_run"
                    + " order by started_at desc limit 1",
                Object[].class)
            .getResultList();
    return rows.stream().map(row -> run((Object[]) row)).findFirst();
  }

  private static Run run(Object[] row) {
    return new Run(
        (UUID) row[0],
        (Instant) row[1],
        (Instant) row[2],
        number(row[3]),
        number(row[4]),
        number(row[5]),
        number(row[6]),
        number(row[7]),
        number(row[8]),
        number(row[9]),
        number(row[10]),
        (String) row[11]);
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
