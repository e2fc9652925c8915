package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Allowed callers of the current tenant; every method runs in the caller's transaction. */
@ApplicationScoped
public class AllowedCallerRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  public List<AllowedCallerEntity> all() {
    return em.createQuery(
            "select c from AllowedCaller c order by c.aeTitle", AllowedCallerEntity.class)
        .getResultList();
  }

  public Optional<AllowedCallerEntity> lock(String aeTitle) {
    return Optional.ofNullable(
        em.find(AllowedCallerEntity.class, aeTitle, LockModeType.PESSIMISTIC_WRITE));
  }

  public void add(AllowedCallerEntity caller) {
    em.persist(caller);
  }

  public void remove(AllowedCallerEntity caller) {
    em.remove(caller);
  }
}
