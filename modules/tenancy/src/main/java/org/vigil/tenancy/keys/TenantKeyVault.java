package org.vigil.tenancy.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.tenancy.api.KeyRotation;
import org.vigil.tenancy.api.TenantClosed;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantKeys;

/** Data keys in memory, unwrapped; read anew each minute, so that other nodes' rotations arrive. */
@ApplicationScoped
public class TenantKeyVault implements TenantKeys, KeyRotation {
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

  private final Map<TenantId, Ring> rings = new ConcurrentHashMap<>();
  private final KeyLedger ledger;
  private final MasterKeys masters;

  @Inject
  public TenantKeyVault(KeyLedger ledger, MasterKeys masters) {
    this.ledger = ledger;
    this.masters = masters;
  }

  /** For the container's proxy. */
  protected TenantKeyVault() {
    this(null, null);
  }

  @Override
  public DataKey current(TenantId tenant) {
    Ring ring = rings.get(tenant);
    return ring != null && System.nanoTime() - ring.readAt() < FRESH_NANOS
        ? ring.current()
        : read(tenant).current();
  }

  @Override
  public Optional<DataKey> find(TenantId tenant, UUID id) {
    Ring ring = rings.get(tenant);
    Optional<DataKey> known = ring == null ? Optional.empty() : ring.find(id);
    return known.or(() -> read(tenant).find(id));
  }

  @Override
  public Rewrapped rotateMaster(Actor actor) {
    masters.add();
    Rewrapped done = TenantContext.asPlatform(() -> ledger.rewrap(actor));
    rings.clear();
    return done;
  }

  @Override
  public KeyView rotateTenant(TenantId tenant, Actor actor) {
    KeyView added = TenantContext.asPlatform(() -> ledger.rotate(tenant, actor));
    rings.remove(tenant);
    return added;
  }

  @Override
  public List<KeyView> keys() {
    return TenantContext.asPlatform(ledger::all);
  }

  /** An erased hospital's keys must not encrypt what comes after it under the same id. */
  void forget(@Observes TenantClosed event) {
    rings.remove(event.tenant());
  }

  private Ring read(TenantId tenant) {
    List<DataKey> keys = TenantContext.asPlatform(() -> ledger.ofTenant(tenant));
    Ring ring = new Ring(keys, System.nanoTime());
    rings.put(tenant, ring);
    return ring;
  }

  /** A hospital's keys, oldest first. */
  private record Ring(List<DataKey> keys, long readAt) {
    DataKey current() {
      return keys.get(keys.size() - 1);
    }

    Optional<DataKey> find(UUID id) {
      return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }
  }
}
