package org.vigil.tenancy.api;

import java.time.Instant;
import java.util.Optional;
import org.vigil.kernel.ErrorCode;

/**
 * Where a hospital stands, for those who run the installation.
 *
 * @param explanation why it is closed, or null
 * @param suspendedAt since when it is suspended, or null; likewise by whom
 * @param region whose rules say where its data may lie, or null for the installation's only one
 * @param storageRoot folder of its objects, or null for the installation's
 * @param backupRoot folder of its archives, or null for the installation's
 * @param queueShare waiting jobs of one urgency that take part in the common order, or null for the
 *     installation's default
 * @param reopening whether work that waited is still to be queued again
 */
public record TenantStatus(
    TenantView tenant,
    State state,
    String explanation,
    Instant suspendedAt,
    String suspendedBy,
    Instant createdAt,
    String region,
    String storageRoot,
    String backupRoot,
    Integer queueShare,
    boolean reopening) {

  /** The code with which every edge refuses; empty for one that is open. */
  public Optional<ErrorCode> refusal() {
    return Optional.ofNullable(state.refusal);
  }

  /** The same hospital closed for another reason. */
  public TenantStatus closed(State because, String why) {
    return new TenantStatus(
        tenant,
        because,
        why,
        suspendedAt,
        suspendedBy,
        createdAt,
        region,
        storageRoot,
        backupRoot,
        queueShare,
        reopening);
  }

  /** The stages of its life. */
  public enum State {
    /** Its schema is still to be made; nobody is told that it exists. */
    CREATING(ErrorCode.TENANCY_0004),
    ACTIVE(null),
    SUSPENDED(ErrorCode.TENANCY_0013),
    /** Its schema is not up to date; the others run. */
    MIGRATION_FAILED(ErrorCode.TENANCY_0014),
    /** Its storage lies outside what its region allows. */
    MISPLACED(ErrorCode.TENANCY_0015),
    ERASING(ErrorCode.TENANCY_0004);

    private final ErrorCode refusal;

    State(ErrorCode refusal) {
      this.refusal = refusal;
    }
  }
}
