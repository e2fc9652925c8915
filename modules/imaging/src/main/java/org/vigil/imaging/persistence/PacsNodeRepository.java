package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** PACS nodes of the current tenant; every method runs in the caller's transaction. */
@ApplicationScoped
public class PacsNodeRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  public List<PacsNodeEntity> all() {
    return em.createQuery("select n from PacsNode n order by n.name", PacsNodeEntity.class)
        .getResultList();
  }

  public Optional<PacsNodeEntity> find(String name) {
    return Optional.ofNullable(em.find(PacsNodeEntity.class, name));
  }

  public Optional<PacsNodeEntity> byAeTitle(String aeTitle) {
    return em.createQuery("select n from PacsNode n where n.aeTitle = :ae", PacsNodeEntity.class)
        .setParameter("ae", aeTitle)
        .getResultStream()
        .findFirst();
  }

  public Optional<PacsNodeEntity> lock(String name) {
    return Optional.ofNullable(em.find(PacsNodeEntity.class, name, LockModeType.PESSIMISTIC_WRITE));
  }

  public void add(PacsNodeEntity node) {
    em.persist(node);
  }

  public void remove(PacsNodeEntity node) {
    em.remove(node);
  }
}
