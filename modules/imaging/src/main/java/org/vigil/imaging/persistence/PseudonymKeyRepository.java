package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;

/** The current tenant's secret for pseudonyms; runs in the caller's transaction. */
@ApplicationScoped
public class PseudonymKeyRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /** The secret; {@code fresh} becomes it where there is none yet. */
  public byte[] secret(byte[] fresh, Instant now) {
    em.createNativeQuery(
            "insert into pseudonym_key (id, secret, created_at) values (1, :secret, :now)"
                + " on conflict do nothing")
        .setParameter("secret", fresh)
        .setParameter("now", now)
        .executeUpdate();
    return (byte[])
        em.createNativeQuery("select secret from pseudonym_key where id = 1", byte[].class)
            .getSingleResult();
  }
}
