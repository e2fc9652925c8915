package org.vigil.tenancy.keys;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.kernel.crypto.MasterKey;
import org.vigil.tenancy.api.KeyRotation.KeyView;

/** A wrapped data key: {@code platform.tenant_key}. */
@Entity
@Table(name = "tenant_key", schema = "platform")
public class TenantKeyEntity {
  @Id private UUID id;

  @Column(name = "tenant_id", nullable = false)
  private String tenantId;

  @Column(nullable = false)
  private int version;

  @Column(name = "master_key", nullable = false)
  private String masterKey;

  @Column(nullable = false)
  private byte[] wrapped;

  @Column(name = "created_at", nullable = false)
  private Instant createdAt;

  protected TenantKeyEntity() {}

  TenantKeyEntity(TenantId tenant, int version, DataKey key, MasterKey master, Instant at) {
    this.id = key.id();
    this.tenantId = tenant.value();
    this.version = version;
    this.createdAt = at;
    wrap(key, master);
  }

  final void wrap(DataKey key, MasterKey master) {
    this.masterKey = master.name();
    this.wrapped = master.wrap(key, tenantId);
  }

  UUID id() {
    return id;
  }

  TenantId tenant() {
    return TenantId.of(tenantId);
  }

  int version() {
    return version;
  }

  String masterKey() {
    return masterKey;
  }

  byte[] wrapped() {
    return wrapped.clone();
  }

  KeyView view() {
    return new KeyView(tenantId, version, masterKey, createdAt);
  }
}
