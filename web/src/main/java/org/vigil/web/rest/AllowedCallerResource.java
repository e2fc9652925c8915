package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.AllowedCaller;
import org.vigil.imaging.api.AllowedCallers;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Which AE titles may open DICOM associations with the hospital. */
@Path("/allowed-callers")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.PACS_ADMINISTER)
public class AllowedCallerResource {
  @Inject private AllowedCallers callers;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  /** None: everybody may. */
  @GET
  @Allowed(Permission.PACS_VIEW)
  public Map<String, List<CallerBody>> list() {
    List<AllowedCaller> found =
        reads.always(
            Action.ADMINISTRATION_QUERIED,
            callers::list,
            (event, listed) -> event.on("allowed callers"));
    return Map.of("callers", found.stream().map(CallerBody::of).toList());
  }

  /** Adds a caller, or brings the one of this AE title to these networks. */
  @PUT
  @Path("/{aeTitle}")
  public CallerBody set(@PathParam("aeTitle") String aeTitle, NetworksBody body) {
    return CallerBody.of(callers.set(NetworksBody.caller(aeTitle, body), currentUser.actor()));
  }

  @DELETE
  @Path("/{aeTitle}")
  public void remove(@PathParam("aeTitle") String aeTitle) {
    callers.remove(aeTitle, currentUser.actor());
  }

  /** From where it may call; none: from anywhere. */
  public record NetworksBody(List<String> networks) {
    static AllowedCaller caller(String aeTitle, NetworksBody body) {
      List<String> networks = body == null || body.networks() == null ? List.of() : body.networks();
      networks.forEach(network -> Require.present(network, "networks"));
      return new AllowedCaller(aeTitle, networks);
    }
  }

  /** A caller as it is told. */
  public record CallerBody(String aeTitle, List<String> networks) {
    static CallerBody of(AllowedCaller caller) {
      return new CallerBody(caller.aeTitle(), caller.networks());
    }
  }
}
