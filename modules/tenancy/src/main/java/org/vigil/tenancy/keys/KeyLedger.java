package org.vigil.tenancy.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.kernel.crypto.MasterKey;
import org.vigil.tenancy.api.KeyRotation.KeyView;
import org.vigil.tenancy.api.KeyRotation.Rewrapped;

/**
 * The table of wrapped keys. Each method is a transaction of its own in the platform's schema;
 * callers go through {@link org.vigil.tenancy.api.TenantContext#asPlatform}.
 */
@ApplicationScoped
public class KeyLedger {
  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  @Inject private MasterKeys masters;
  @Inject private Event<AuditEvent> audit;

  /** A hospital's keys, oldest first; the first is made when it has none. */
  @Transactional(TxType.REQUIRES_NEW)
  public List<DataKey> ofTenant(TenantId tenant) {
    List<TenantKeyEntity> rows = rows(tenant);
    if (rows.isEmpty()) {
      lock(tenant);
      rows = rows(tenant);
    }
    if (rows.isEmpty()) {
      rows = List.of(add(tenant, 1));
    }
    return rows.stream().map(this::unwrap).toList();
  }

  /** Adds a key that encrypts what is written from now on. */
  @Transactional(TxType.REQUIRES_NEW)
  public KeyView rotate(TenantId tenant, Actor actor) {
    lock(tenant);
    int last = rows(tenant).stream().mapToInt(TenantKeyEntity::version).max().orElse(0);
    KeyView added = add(tenant, last + 1).view();
    audit.fire(
        AuditEvent.of(AuditEvent.Action.KEY_ROTATED, actor)
            .on(tenant.value())
            .with(Map.of("key", "tenant", "version", Integer.toString(added.version()))));
    return added;
  }

  /** Wraps every key by the current master key. */
  @Transactional(TxType.REQUIRES_NEW)
  public Rewrapped rewrap(Actor actor) {
    MasterKey master = masters.current();
    List<TenantKeyEntity> all =
        entities
            .createQuery("select k from TenantKeyEntity k order by k.id", TenantKeyEntity.class)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    all.forEach(row -> row.wrap(unwrap(row), master));
    audit.fire(
        AuditEvent.of(AuditEvent.Action.KEY_ROTATED, actor)
            .on(master.name())
            .with(Map.of("key", "master", "dataKeys", Integer.toString(all.size()))));
    return new Rewrapped(master.name(), all.size());
  }

  @Transactional(TxType.REQUIRES_NEW)
  public List<KeyView> all() {
    return entities
        .createQuery(
            "select k from TenantKeyEntity k order by k.tenantId, k.version", TenantKeyEntity.class)
        .getResultStream()
        .map(TenantKeyEntity::view)
        .toList();
  }

  private TenantKeyEntity add(TenantId tenant, int version) {
    TenantKeyEntity added =
        new TenantKeyEntity(
            tenant, version, DataKey.generate(), masters.current(), Clock.systemUTC().instant());
    entities.persist(added);
    return added;
  }

  private List<TenantKeyEntity> rows(TenantId tenant) {
    return entities
        .createQuery(
            "select k from TenantKeyEntity k where k.tenantId = :tenant order by k.version",
            TenantKeyEntity.class)
        .setParameter("tenant", tenant.value())
        .getResultList();
  }

  /** One maker of keys at a time for a hospital. */
  private void lock(TenantId tenant) {
    if (entities
        .createNativeQuery(
            "select id from platform.tenant where id = :id for no key update", String.class)
        .setParameter("id", tenant.value())
        .getResultList()
        .isEmpty()) {
      throw new VigilException(ErrorCode.TENANCY_0004, Map.of("tenant", tenant.value()));
    }
  }

  private DataKey unwrap(TenantKeyEntity row) {
    MasterKey master =
        masters
            .find(row.masterKey())
            .orElseThrow(() -> missing(row, "the master key is not in the credential store", null));
    try {
      return master.unwrap(row.id(), row.wrapped(), row.tenant().value());
    } catch (GeneralSecurityException e) {
      throw missing(row, "it does not open with its master key", e);
    }
  }

  private static VigilException missing(TenantKeyEntity row, String problem, Exception cause) {
    return new VigilException(
        ErrorCode.CRYPTO_0001,
        Map.of(
            "tenant", row.tenant().value(),
            "version", row.version(),
            "masterKey", row.masterKey(),
            "problem", problem),
        cause);
  }
}
