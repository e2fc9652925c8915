package org.vigil.tenancy.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantView;

/** A hospital: {@code platform.tenant}. */
@Entity
@Table(name = "tenant", schema = "platform")
public class TenantEntity {
  @Id private String id;

  @Column(nullable = false)
  private String name;

  @Column(name = "time_zone", nullable = false)
  private String timeZone;

  @Column(name = "ae_title", nullable = false)
  private String aeTitle;

  @Column(name = "receiving_facility", nullable = false)
  private String receivingFacility;

  @Column(nullable = false)
  private boolean active;

  @Column(name = "created_at", nullable = false)
  private Instant createdAt;

  protected TenantEntity() {}

  /** A tenant that is not active yet: its schema is still to be made. */
  public TenantEntity(TenantId id, Instant createdAt) {
    this.id = id.value();
    this.createdAt = createdAt;
  }

  public void describe(String newName, ZoneId zone, String newAeTitle, String facility) {
    this.name = newName;
    this.timeZone = zone.getId();
    this.aeTitle = newAeTitle;
    this.receivingFacility = facility;
  }

  public void activate() {
    this.active = true;
  }

  public boolean isActive() {
    return active;
  }

  public TenantId tenantId() {
    return TenantId.of(id);
  }

  public TenantView toView() {
    return new TenantView(tenantId(), name, ZoneId.of(timeZone), aeTitle, receivingFacility);
  }
}
