package org.vigil.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.vigil.identity.api.AccessReviews;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;

/** Whether who makes this request has a permission that an {@link Allowed} names. */
@ApplicationScoped
public class PermissionCheck {
  @Inject private CurrentUser currentUser;
  @Inject private Event<AuditEvent> audit;
  @Inject private AccessReviews reviews;

  /**
   * Refuses, and audits it, where it is not so.
   *
   * @param allowed null lets nobody through
   * @param resource as the audit trail names it
   * @throws VigilException IDENTITY-0002, IDENTITY-0003 or IDENTITY-0013
   */
  public void require(Allowed allowed, String resource) {
    if (allowed != null && allowed.anonymous()) {
      return;
    }
    if (!currentUser.isKnown()) {
      throw new VigilException(ErrorCode.IDENTITY_0002);
    }
    String restricted = currentUser.identity().restricted();
    if (restricted != null && (allowed == null || allowed.value().length > 0)) {
      throw new VigilException(ErrorCode.IDENTITY_0013, Map.of("first", restricted));
    }
    Optional<Permission> used =
        allowed == null
            ? Optional.empty()
            : Arrays.stream(allowed.value()).filter(currentUser.rights()::has).findFirst();
    boolean permitted = used.isPresent() || (allowed != null && allowed.value().length == 0);
    if (used.isPresent() && currentUser.identity().tenant().isPresent()) {
      reviews.used(
          currentUser.identity().tenant().get(), currentUser.identity().userName(), used.get());
    }
    if (!permitted) {
      audit.fire(
          AuditEvent.of(AuditEvent.Action.ACCESS_REFUSED, currentUser.actor())
              .outcome(AuditEvent.Outcome.REFUSED)
              .with(Map.of("resource", resource)));
      throw new VigilException(ErrorCode.IDENTITY_0003);
    }
  }
}
