package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.vigil.inference.api.Models;
import org.vigil.inference.api.Models.ModelView;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** The models deployed for this hospital, with their cards. */
@Path("/models")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.MODEL_VIEW)
public class ModelResource {
  @Inject private Models models;
  @Inject private AuditedReads reads;
  @Inject private CurrentUser currentUser;

  @GET
  public Map<String, List<ModelView>> list() {
    return Map.of(
        "models",
        reads.viewed(
            Action.ADMINISTRATION_QUERIED,
            "models",
            models::deployed,
            (event, listed) -> event.on("models")));
  }

  /** Decides whether this hospital uses a model, and which version; none is the newest. */
  @PUT
  @Path("/{id}/deployment")
  @Allowed(Permission.MODEL_DEPLOY)
  public ModelView decide(@PathParam("id") String id, Decision body) {
    Require.present(body, "body");
    return models.decide(
        id,
        body.version(),
        Require.present(body.enabled(), "enabled"),
        body.reason(),
        currentUser.actor());
  }

  /** What this hospital decides about a model. */
  public record Decision(Boolean enabled, String version, String reason) {}
}
