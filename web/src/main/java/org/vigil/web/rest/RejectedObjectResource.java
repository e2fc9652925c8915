package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.RejectedObjects;
import org.vigil.imaging.api.RejectedObjects.RejectedObject;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Objects that were refused: why, and what came. */
@Path("/rejected-objects")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.QUARANTINE_VIEW)
public class RejectedObjectResource {
  @Inject private RejectedObjects objects;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @GET
  public Map<String, List<RejectedObject>> list() {
    return Map.of(
        "objects",
        reads.viewed(
            AuditEvent.Action.ADMINISTRATION_QUERIED,
            "refused objects",
            objects::list,
            (event, found) -> event.on("refused objects")));
  }

  /** The object as it came, perhaps no valid DICOM. */
  @GET
  @Path("/{name}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response open(@PathParam("name") String name) {
    if (!name.matches("[0-9]{8}T[0-9.]{10}-[0-9a-f]{8}")) {
      throw new VigilException(ErrorCode.KERNEL_0004, Map.of("problem", "no such name"));
    }
    return Response.ok(objects.open(name, currentUser.actor()))
        .header("Content-Disposition", "attachment; filename=\"" + name + ".dcm\"")
        .build();
  }
}
