package org.vigil.web.security;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.vigil.identity.api.AccessReviews;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;

/**
 * Lets a request through to a resource whose {@link Allowed} names a permission of the caller's.
 * Whether that holds for the study concerned is for {@link StudyAccess} to say.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class PermissionFilter implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  @Inject private CurrentUser currentUser;
  @Inject private Event<AuditEvent> audit;
  @Inject private AccessReviews reviews;

  @Override
  public void filter(ContainerRequestContext request) {
    Allowed allowed = resource.getResourceMethod().getAnnotation(Allowed.class);
    if (allowed == null) {
      allowed = resource.getResourceClass().getAnnotation(Allowed.class);
    }
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
              .with(
                  Map.of(
                      "resource",
                      resource.getResourceClass().getSimpleName()
                          + "."
                          + resource.getResourceMethod().getName())));
      throw new VigilException(ErrorCode.IDENTITY_0003);
    }
  }
}
