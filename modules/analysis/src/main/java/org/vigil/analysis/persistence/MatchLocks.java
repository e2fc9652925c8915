package org.vigil.analysis.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.vigil.tenancy.api.TenantContext;

/**
 * Lets an order and a study that could belong together be applied one after the other. Without it
 * both could come in the same instant, neither would see the other before it commits, and they
 * would never meet.
 */
@ApplicationScoped
public class MatchLocks {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  protected MatchLocks() {}

  public MatchLocks(EntityManager em) {
    this.em = em;
  }

  /**
   * Waits for everybody else with one of these keys and holds them until the transaction ends
   * (PostgreSQL advisory locks, which survive the prepare of two-phase commit). Taken in one order,
   * so that two cannot wait for each other.
   */
  public void hold(MatchKeys keys) {
    String tenant = TenantContext.current().value();
    keys.names().stream()
        .map(name -> hash(tenant + "/" + name))
        .sorted()
        .distinct()
        .forEach(
            lock ->
                em.createNativeQuery(
                        "select 1 from pg_advisory_xact_lock(:lock) held", Integer.class)
                    .setParameter("lock", lock)
                    .getSingleResult());
  }

  private static long hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
