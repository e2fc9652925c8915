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
import java.util.function.Supplier;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PacsNodes;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.rest.PacsNodeBody.NewPacsNode;
import org.vigil.web.rest.PacsNodeBody.ReachabilityBody;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Any hospital's PACS nodes, for those who run the installation: {@code ./vigil pacs}. */
@Path("/platform/tenants/{tenant}/pacs-nodes")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.TENANT_ADMINISTER)
public class TenantPacsNodeResource {
  @Inject private PacsNodes nodes;
  @Inject private TenantDirectory tenants;
  @Inject private CurrentUser currentUser;
  @Inject private AuditedReads reads;

  @PathParam("tenant")
  private String tenant;

  @GET
  public Map<String, List<PacsNodeBody>> list() {
    return in(
        () -> {
          List<PacsNode> found =
              reads.always(
                  Action.ADMINISTRATION_QUERIED,
                  nodes::list,
                  (event, listed) -> event.on("pacs nodes"));
          return Map.of(
              "nodes",
              found.stream().map(node -> PacsNodeBody.of(node, nodes.reachability(node))).toList());
        });
  }

  /** Adds a node, or brings the one of this name to this description. */
  @PUT
  @Path("/{name}")
  public PacsNodeBody set(@PathParam("name") String name, NewPacsNode body) {
    NewPacsNode wanted = Require.present(body, "body");
    return in(
        () -> {
          PacsNode node = nodes.set(wanted.named(name), wanted.credentials(), currentUser.actor());
          return PacsNodeBody.of(node, nodes.reachability(node));
        });
  }

  @DELETE
  @Path("/{name}")
  public void remove(@PathParam("name") String name) {
    in(
        () -> {
          nodes.remove(name, currentUser.actor());
          return null;
        });
  }

  /** Asks it now. */
  @POST
  @Path("/{name}/echo")
  public ReachabilityBody echo(@PathParam("name") String name) {
    return in(() -> ReachabilityBody.of(nodes.echo(name)));
  }

  private <T> T in(Supplier<T> work) {
    TenantId id = tenants.require(TenantId.of(tenant)).id();
    try (TenantContext.Scope scope = TenantContext.enter(id)) {
      return work.get();
    }
  }
}
