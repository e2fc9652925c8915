package org.vigil.tenancy.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/**
 * Which tenants there are and how peers address them. Answers come from memory (refreshed when a
 * tenant is created or changed); no tenant needs to be entered to ask.
 */
public interface TenantDirectory {
  /** Those whose edges are open. */
  List<TenantView> active();

  /** An open one. */
  Optional<TenantView> find(TenantId id);

  /**
   * Hospitals that exist but whose edges refuse, by their stage; those that nobody is to know of
   * are not among them.
   */
  default List<TenantStatus> closed() {
    return List.of();
  }

  /**
   * An open one, for an edge that would work for it.
   *
   * @throws VigilException TENANCY-0013, 0014 or 0015 when it is closed; TENANCY-0004 when there is
   *     none
   */
  default TenantView require(TenantId id) {
    return find(id)
        .orElseThrow(
            () ->
                new VigilException(
                    closed(id).flatMap(TenantStatus::refusal).orElse(ErrorCode.TENANCY_0004),
                    Map.of("tenant", id.value())));
  }

  /** One that exists but refuses. */
  default Optional<TenantStatus> closed(TenantId id) {
    return closed().stream().filter(t -> t.tenant().id().equals(id)).findFirst();
  }

  /** By the called AE title of an association request, trimmed, case-sensitive (PS3.8 §9.3.2). */
  Optional<TenantView> byCalledAeTitle(String aeTitle);

  /** By MSH-6.1, case-insensitive. */
  Optional<TenantView> byReceivingFacility(String facility);

  /** Its own part of the common queue, in waiting jobs of one urgency; empty: the usual one. */
  default Optional<Integer> queueShare(TenantId id) {
    return Optional.empty();
  }

  /** Where results of this kind go; empty when the hospital has not configured any. */
  List<Destination> destinations(TenantId id, Destination.Kind kind);
}
