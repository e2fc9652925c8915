package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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

/** The models deployed for this hospital, with their cards. */
@Path("/models")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.MODEL_VIEW)
public class ModelResource {
  @Inject private Models models;
  @Inject private AuditedReads reads;

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
}
