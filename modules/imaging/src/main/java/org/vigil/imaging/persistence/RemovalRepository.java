package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Files of the current tenant that nothing may need any more ({@code storage_removal}), in the
 * caller's transaction. The row's lock decides between who removes a file and who begins to need it
 * again.
 */
@ApplicationScoped
public class RemovalRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /**
   * Plans a removal; one that is planned is put off.
   *
   * @param sopInstanceUid the released object whose only copy it is, or null
   */
  public void plan(String location, Instant due, String sopInstanceUid) {
    em.createNativeQuery(
            "insert into storage_removal (location, due_at, sop_instance_uid)"
                + " values (:location, :due, nullif(:sop, '')) on conflict (location) do update set"
                + " due_at = excluded.due_at, sop_instance_uid = excluded.sop_instance_uid")
        .setParameter("location", location)
        .setParameter("due", due)
        .setParameter("sop", sopInstanceUid == null ? "" : sopInstanceUid)
        .executeUpdate();
  }

  /**
   * The file is needed: waits for whoever is removing it.
   *
   * @return whether its removal was planned
   */
  public boolean keep(String location) {
    return em.createNativeQuery("delete from storage_removal where location = :location")
            .setParameter("location", location)
            .executeUpdate()
        == 1;
  }

  /** Locations after one that are due, in order. */
  @SuppressWarnings("unchecked")
  public List<String> due(Instant now, String after, int limit) {
    return em.createNativeQuery(
            "select location from storage_removal where due_at <= :now and location > :after"
                + " order by location limit :limit",
            String.class)
        .setParameter("now", now)
        .setParameter("after", after)
        .setParameter("limit", limit)
        .getResultList();
  }

  /** The planned removal, locked; empty when it is no longer planned or somebody else has it. */
  @SuppressWarnings("unchecked")
  public Optional<String> claim(String location, Instant now) {
    List<String> found =
        em.createNativeQuery(
                "select location from storage_removal where location = :location and due_at <= :now"
                    + " for update skip locked",
                String.class)
            .setParameter("location", location)
            .setParameter("now", now)
            .getResultList();
    return found.stream().findFirst();
  }

  public long count() {
    return ((Number) em.createNativeQuery("select count(*) from storage_removal").getSingleResult())
        .longValue();
  }
}
