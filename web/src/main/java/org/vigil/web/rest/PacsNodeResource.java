package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNodes;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.rest.PacsNodeBody.NewPacsNode;
import org.vigil.web.rest.PacsNodeBody.ReachabilityBody;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** The hospital's PACS nodes, for those who look after them. */
@Path("/pacs-nodes")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.PACS_ADMINISTER)
public class PacsNodeResource {
  @Inject private PacsNodes nodes;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @GET
  @Allowed(Permission.PACS_VIEW)
  public Map<String, List<PacsNodeBody>> list() {
    List<PacsNode> found =
        reads.always(
            Action.ADMINISTRATION_QUERIED, nodes::list, (event, listed) -> event.on("pacs nodes"));
    return Map.of(
        "nodes",
        found.stream().map(node -> PacsNodeBody.of(node, nodes.reachability(node))).toList());
  }

  /** Adds a node, or brings the one of this name to this description. */
  @PUT
  @Path("/{name}")
  public PacsNodeBody set(@PathParam("name") String name, NewPacsNode body) {
    NewPacsNode wanted = Require.present(body, "body");
    PacsNode node = nodes.set(wanted.named(name), wanted.credentials(), currentUser.actor());
    return PacsNodeBody.of(node, nodes.reachability(node));
  }

  @DELETE
  @Path("/{name}")
  public void remove(@PathParam("name") String name) {
    nodes.remove(name, currentUser.actor());
  }

  /** Asks it now; that it does not answer is an answer too. */
  @POST
  @Path("/{name}/echo")
  public ReachabilityBody echo(@PathParam("name") String name) {
    return ReachabilityBody.of(nodes.echo(name));
  }
}
