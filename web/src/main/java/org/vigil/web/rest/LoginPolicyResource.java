package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.vigil.identity.api.Accounts;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** What a hospital asks of its people's log-ins. */
@Path("/login-policy")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.IDENTITY_PROVIDER_ADMINISTER)
public class LoginPolicyResource {
  @Inject private Accounts accounts;
  @Inject private CurrentUser currentUser;

  @GET
  public Policy policy() {
    return new Policy(accounts.requiresSecondFactor(TenantContext.current()));
  }

  @PUT
  public Policy change(Policy body) {
    accounts.requireSecondFactor(
        TenantContext.current(),
        Require.present(body, "body").secondFactorRequired(),
        currentUser.actor());
    return policy();
  }

  /** Whether everybody needs a second factor. */
  public record Policy(boolean secondFactorRequired) {}
}
