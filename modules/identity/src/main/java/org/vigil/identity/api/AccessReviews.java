package org.vigil.identity.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Permission;

/** Who holds which role in a hospital, and who has not used what. */
public interface AccessReviews {
  /** Notes that somebody used a permission; costs no write. */
  void used(TenantId tenant, String userName, Permission permission);

  /** People and services, by name. */
  List<Line> review(TenantId tenant);

  /**
   * One person or service.
   *
   * @param kind {@code account}, {@code directory} with the roles of the last log-in, {@code
   *     service}, or {@code openid} for somebody of the hospital's provider, whose roles are not
   *     known here
   * @param lastUse by area of what the roles give; null where it was never used
   * @param unused areas that were not used for 90 days: roles that give nothing else can go
   */
  record Line(
      String userName,
      String displayName,
      String kind,
      List<String> roles,
      boolean enabled,
      boolean secondFactor,
      Instant lastLoginAt,
      Map<Permission.Area, Instant> lastUse,
      List<Permission.Area> unused) {}
}
