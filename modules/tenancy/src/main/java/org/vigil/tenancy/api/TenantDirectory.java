package org.vigil.tenancy.api;

import java.util.List;
import java.util.Optional;
import org.vigil.kernel.TenantId;

/**
 * Which tenants there are and how peers address them. Answers come from memory (refreshed when a
 * tenant is created or changed); no tenant needs to be entered to ask.
 */
public interface TenantDirectory {
  List<TenantView> active();

  Optional<TenantView> find(TenantId id);

  /** By the called AE title of an association request, trimmed, case-sensitive (PS3.8 §9.3.2). */
  Optional<TenantView> byCalledAeTitle(String aeTitle);

  /** By MSH-6.1, case-insensitive. */
  Optional<TenantView> byReceivingFacility(String facility);

  /** Where results of this kind go; empty when the hospital has not configured any. */
  List<Destination> destinations(TenantId id, Destination.Kind kind);
}
