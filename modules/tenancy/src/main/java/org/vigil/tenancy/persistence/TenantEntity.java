package org.vigil.tenancy.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.TenantStatus;
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

  @Column(name = "suspended_at")
  private Instant suspendedAt;

  @Column(name = "suspended_by")
  private String suspendedBy;

  @Column(name = "suspended_reason")
  private String suspendedReason;

  @Column(nullable = false)
  private boolean reopening;

  @Column(nullable = false)
  private boolean erasing;

  @Column(name = "migration_failure")
  private String migrationFailure;

  private String region;

  @Column(name = "storage_root")
  private String storageRoot;

  @Column(name = "backup_root")
  private String backupRoot;

  @Column(name = "queue_share")
  private Integer queueShare;

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

  /** Where its data lie; decided once, at creation. */
  public void place(String inRegion, String storage, String backup) {
    this.region = inRegion;
    this.storageRoot = storage;
    this.backupRoot = backup;
  }

  /** Its part of the common queue; null: the installation's default. */
  public void share(Integer waitingJobs) {
    this.queueShare = waitingJobs;
  }

  /** Closes every edge until it is resumed. */
  public void suspend(String reason, String by, Instant at) {
    this.suspendedAt = at;
    this.suspendedBy = by;
    this.suspendedReason = reason;
  }

  /** Opens the edges again; what waited is to be queued again. */
  public void resume() {
    this.suspendedAt = null;
    this.suspendedBy = null;
    this.suspendedReason = null;
    awaitReopening();
  }

  /** What waited is to be queued again. */
  public void awaitReopening() {
    this.reopening = true;
  }

  /** What waited is queued. */
  public void reopened() {
    this.reopening = false;
  }

  /** Closes every edge for good. */
  public void beginErasure() {
    this.erasing = true;
  }

  /** As those see it who run the installation. */
  public TenantStatus toStatus() {
    TenantStatus.State state =
        erasing
            ? TenantStatus.State.ERASING
            : !active
                ? TenantStatus.State.CREATING
                : migrationFailure != null
                    ? TenantStatus.State.MIGRATION_FAILED
                    : suspendedAt != null
                        ? TenantStatus.State.SUSPENDED
                        : TenantStatus.State.ACTIVE;
    return new TenantStatus(
        toView(),
        state,
        state == TenantStatus.State.MIGRATION_FAILED ? migrationFailure : suspendedReason,
        suspendedAt,
        suspendedBy,
        createdAt,
        region,
        storageRoot,
        backupRoot,
        queueShare,
        reopening);
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
