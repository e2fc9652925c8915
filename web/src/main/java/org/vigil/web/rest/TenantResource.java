package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;
import org.vigil.tenancy.api.Tenants;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;

/** Hospitals, for those who run the installation. */
@Path("/platform/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.TENANT_ADMINISTER)
public class TenantResource {
  @Inject private Tenants tenants;
  @Inject private TenantDirectory directory;
  @Inject private AuditedReads reads;

  @GET
  @Allowed(Permission.TENANT_VIEW)
  public Map<String, List<TenantBody>> list() {
    List<TenantView> found =
        reads.always(
            Action.ADMINISTRATION_QUERIED,
            directory::active,
            (event, listed) -> event.on("tenants"));
    return Map.of("tenants", found.stream().map(TenantBody::of).toList());
  }

  /** Creates a hospital or changes it to this description. */
  @POST
  public Response create(NewTenant body) {
    Require.present(body, "body");
    TenantView tenant =
        tenants.create(
            new Tenants.CreateTenant(
                TenantId.of(Require.present(body.id(), "id")),
                Require.present(body.name(), "name"),
                zone(body.timeZone()),
                Require.present(body.aeTitle(), "aeTitle"),
                Require.present(body.receivingFacility(), "receivingFacility"),
                body.users() == null
                    ? List.of()
                    : body.users().stream().map(TenantResource::account).toList(),
                body.destinations() == null
                    ? List.of()
                    : body.destinations().stream().map(TenantResource::destination).toList()));
    return Response.status(Response.Status.CREATED).entity(TenantBody.of(tenant)).build();
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(Require.present(id, "timeZone"));
    } catch (DateTimeException e) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          Map.of("field", "timeZone", "problem", "is not a zone such as Europe/Vienna"),
          e);
    }
  }

  private static Tenants.NewAccount account(NewUser user) {
    Set<RoleGrant> grants = new HashSet<>();
    for (String role : Require.present(user.roles(), "users.roles")) {
      grants.add(RoleGrant.parse(role));
    }
    if (grants.stream().anyMatch(g -> g.role().isOfThePlatform())) {
      throw new VigilException(ErrorCode.IDENTITY_0003, Map.of("field", "users.roles"));
    }
    return new Tenants.NewAccount(
        Require.present(user.username(), "users.username"),
        Require.present(user.displayName(), "users.displayName"),
        Require.present(user.password(), "users.password"),
        grants);
  }

  private static Tenants.NewDestination destination(NewPeer peer) {
    return new Tenants.NewDestination(
        Require.present(
            Require.term(Destination.Kind.class, peer.kind(), "destinations.kind"),
            "destinations.kind"),
        peer.host(),
        peer.port(),
        peer.aeTitle(),
        peer.url(),
        peer.facility());
  }

  /** The hospital wanted. */
  public record NewTenant(
      String id,
      String name,
      String timeZone,
      String aeTitle,
      String receivingFacility,
      List<NewUser> users,
      List<NewPeer> destinations) {}

  /** A local account wanted; a role may be limited, such as {@code RESIDENT;modality=CT+MR}. */
  public record NewUser(String username, String displayName, char[] password, List<String> roles) {}

  /** A destination wanted. */
  public record NewPeer(
      String kind, String host, int port, String aeTitle, String url, String facility) {}

  /** A hospital. */
  public record TenantBody(
      String id, String name, String timeZone, String aeTitle, String receivingFacility) {

    static TenantBody of(TenantView t) {
      return new TenantBody(
          t.id().value(), t.name(), t.timeZone().getId(), t.aeTitle(), t.receivingFacility());
    }
  }
}
