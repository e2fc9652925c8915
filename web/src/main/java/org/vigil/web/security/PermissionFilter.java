package org.vigil.web.security;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * Lets a request through to a resource whose {@link Allowed} names a permission of the caller's.
 * Whether that holds for the study concerned is for {@link StudyAccess} to say.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class PermissionFilter implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  @Inject private PermissionCheck permissions;

  @Override
  public void filter(ContainerRequestContext request) {
    Allowed allowed = resource.getResourceMethod().getAnnotation(Allowed.class);
    if (allowed == null) {
      allowed = resource.getResourceClass().getAnnotation(Allowed.class);
    }
    permissions.require(
        allowed,
        resource.getResourceClass().getSimpleName() + "." + resource.getResourceMethod().getName());
  }
}
