package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.vigil.tenancy.api.ErasureVeto;

/** A hospital is not erased while any of its records is under legal hold. */
@ApplicationScoped
public class LegalHoldVeto implements ErasureVeto {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Optional<String> reasonToKeep() {
    Number inForce =
        (Number)
            entities
                .createNativeQuery("select count(*) from legal_hold where lifted_at is null")
                .getSingleResult();
    return inForce.longValue() == 0
        ? Optional.empty()
        : Optional.of("legal holds in force: " + inForce);
  }
}
