package org.vigil.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
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
import org.vigil.tenancy.api.TenantArchives;
import org.vigil.tenancy.api.TenantLifecycle;
import org.vigil.tenancy.api.TenantStatus;
import org.vigil.tenancy.api.TenantView;
import org.vigil.tenancy.api.Tenants;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Hospitals, for those who run the installation. */
@Path("/platform/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.TENANT_ADMINISTER)
public class TenantResource {
  @Inject private Tenants tenants;
  @Inject private AuditedReads reads;
  @Inject private TenantLifecycle lifecycle;
  @Inject private TenantArchives archives;
  @Inject private CurrentUser currentUser;

  @GET
  @Allowed(Permission.TENANT_VIEW)
  public Map<String, List<TenantBody>> list() {
    List<TenantStatus> found =
        reads.always(
            Action.ADMINISTRATION_QUERIED, lifecycle::all, (event, listed) -> event.on("tenants"));
    return Map.of("tenants", found.stream().map(TenantBody::of).toList());
  }

  /** One hospital, whatever its state. */
  @GET
  @Path("/{id}")
  @Allowed(Permission.TENANT_VIEW)
  public TenantBody status(@PathParam("id") String id) {
    TenantId tenant = TenantId.of(id);
    return TenantBody.of(
        reads.always(
            Action.ADMINISTRATION_QUERIED,
            () -> lifecycle.status(tenant),
            (event, found) -> event.on(tenant.value())));
  }

  /** Closes every edge of a hospital; nothing is lost. */
  @POST
  @Path("/{id}/suspend")
  public TenantBody suspend(@PathParam("id") String id, Reason body) {
    return TenantBody.of(
        lifecycle.suspend(
            TenantId.of(id), body == null ? null : body.reason(), currentUser.actor()));
  }

  /** Opens them again and queues what waited. */
  @POST
  @Path("/{id}/resume")
  public TenantBody resume(@PathParam("id") String id, Reason body) {
    return TenantBody.of(
        lifecycle.resume(
            TenantId.of(id), body == null ? null : body.reason(), currentUser.actor()));
  }

  /** Migrates a schema whose migration failed once more. */
  @POST
  @Path("/{id}/migrate")
  public TenantBody migrate(@PathParam("id") String id) {
    return TenantBody.of(lifecycle.migrate(TenantId.of(id), currentUser.actor()));
  }

  /** Writes all there is of a hospital into its region's folder of archives. */
  @POST
  @Path("/{id}/export")
  public ReceiptBody export(@PathParam("id") String id, ExportBody body) {
    char[] passphrase = Require.present(Require.present(body, "body").passphrase(), "passphrase");
    try {
      return ReceiptBody.of(archives.export(TenantId.of(id), passphrase, currentUser.actor()));
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** Puts a hospital back from an archive that lies in a folder of archives of this server. */
  @POST
  @Path("/restore")
  public ReceiptBody restore(RestoreBody body) {
    char[] passphrase = Require.present(Require.present(body, "body").passphrase(), "passphrase");
    try {
      return ReceiptBody.of(
          archives.restore(
              java.nio.file.Path.of(Require.present(body.archive(), "archive")),
              passphrase,
              body.as() == null ? null : TenantId.of(body.as()),
              currentUser.actor()));
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** Erases a hospital; the answer is the proof. */
  @DELETE
  @Path("/{id}")
  public ProofBody erase(@PathParam("id") String id, ErasureBody body) {
    Require.present(body, "body");
    TenantArchives.ErasureProof proof =
        archives.erase(TenantId.of(id), body.confirmation(), body.reason(), currentUser.actor());
    return new ProofBody(
        proof.tenant().value(),
        proof.erasedAt(),
        proof.counts(),
        proof.statement(),
        proof.signature());
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
                    : body.destinations().stream().map(TenantResource::destination).toList(),
                body.region() == null && body.storageRoot() == null && body.backupRoot() == null
                    ? null
                    : new Tenants.Placement(body.region(), body.storageRoot(), body.backupRoot()),
                body.queueShare()),
            currentUser.actor());
    return Response.status(Response.Status.CREATED)
        .entity(TenantBody.of(lifecycle.status(tenant.id())))
        .build();
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
    if (peer.url() != null) {
      Require.matching("https?://[^\\s?#@]+", peer.url(), "destinations.url");
    }
    return new Tenants.NewDestination(
        Require.present(
            Require.term(Destination.Kind.class, peer.kind(), "destinations.kind"),
            "destinations.kind"),
        peer.host(),
        peer.port(),
        peer.aeTitle(),
        peer.url(),
        peer.facility(),
        peer.tls() == null ? null : tls(peer.tls()));
  }

  private static Destination.Tls tls(NewTls wanted) {
    if (wanted.trusted() != null) {
      PeerPolicyResource.checkPem(wanted.trusted(), "destinations.tls.trusted");
    }
    return new Destination.Tls(wanted.trusted(), wanted.clientKey());
  }

  /** The hospital wanted. */
  public record NewTenant(
      String id,
      String name,
      String timeZone,
      String aeTitle,
      String receivingFacility,
      List<NewUser> users,
      List<NewPeer> destinations,
      String region,
      String storageRoot,
      String backupRoot,
      Integer queueShare) {}

  /** Why. */
  public record Reason(String reason) {}

  /** Under what the archive is encrypted. */
  public record ExportBody(char[] passphrase) {}

  /** Which archive; {@code as} is another id, or null for the archived one. */
  public record RestoreBody(String archive, char[] passphrase, String as) {}

  /** The id once more, and why. */
  public record ErasureBody(String confirmation, String reason) {}

  /** What an archive holds: rows and SHA-256 by table, and of the objects together. */
  public record ReceiptBody(
      String tenant,
      String archive,
      Instant createdAt,
      Map<String, Long> rows,
      Map<String, String> tableHashes,
      long files,
      long bytes,
      String fileHash) {

    static ReceiptBody of(TenantArchives.Receipt r) {
      return new ReceiptBody(
          r.tenant().value(),
          r.archive().toString(),
          r.createdAt(),
          r.rows(),
          r.tableHashes(),
          r.files(),
          r.bytes(),
          r.fileHash());
    }
  }

  /** That a hospital was erased: what was counted, the statement and its Ed25519 signature. */
  public record ProofBody(
      String tenant,
      Instant erasedAt,
      Map<String, Long> counts,
      String statement,
      String signature) {}

  /** A local account wanted; a role may be limited, such as {@code RESIDENT;modality=CT+MR}. */
  public record NewUser(String username, String displayName, char[] password, List<String> roles) {}

  /** A destination wanted. */
  public record NewPeer(
      String kind,
      String host,
      int port,
      String aeTitle,
      String url,
      String facility,
      NewTls tls) {}

  /** TLS to a destination; see {@link Destination.Tls}. */
  public record NewTls(String trusted, String clientKey) {}

  /** A hospital; {@code code} is what its edges refuse with, or null. */
  public record TenantBody(
      String id,
      String name,
      String timeZone,
      String aeTitle,
      String receivingFacility,
      String state,
      String code,
      String explanation,
      Instant suspendedAt,
      String suspendedBy,
      Instant createdAt,
      String region,
      Integer queueShare) {

    static TenantBody of(TenantStatus t) {
      return new TenantBody(
          t.tenant().id().value(),
          t.tenant().name(),
          t.tenant().timeZone().getId(),
          t.tenant().aeTitle(),
          t.tenant().receivingFacility(),
          Terms.of(t.state()),
          t.refusal().map(ErrorCode::id).orElse(null),
          t.explanation(),
          t.suspendedAt(),
          t.suspendedBy(),
          t.createdAt(),
          t.region(),
          t.queueShare());
    }
  }
}
