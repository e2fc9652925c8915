package org.vigil.web.rest;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.vigil.kernel.AuditEvent;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.SigningKeys;

/** The key that signs tokens. */
@Path("/platform/keys/jwt")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.KEY_ADMINISTER)
public class KeyResource {
  @Inject private SigningKeys keys;
  @Inject private CurrentUser currentUser;
  @Inject private Event<AuditEvent> audit;

  @GET
  public SigningKeys.Status status() {
    return keys.status();
  }

  /** A new key from now on; nobody is logged out, nothing restarts. */
  @POST
  @Path("/rotate")
  public SigningKeys.Status rotate() {
    SigningKeys.Status rotated = keys.rotate();
    audit.fire(
        AuditEvent.of(AuditEvent.Action.KEY_ROTATED, currentUser.actor())
            .with(Map.of("key", "jwt", "keyId", rotated.keyId())));
    return rotated;
  }
}
