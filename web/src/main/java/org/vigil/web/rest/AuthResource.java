package org.vigil.web.rest;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;
import org.vigil.tenancy.api.Accounts;
import org.vigil.tenancy.api.Accounts.AccountView;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.CurrentUser.Identity;
import org.vigil.web.security.SessionCookie;
import org.vigil.web.security.Tokens;

/** Log-in and log-out of people. */
@Path("/auth")
@Produces(MediaType.APPLICATION_JSON)
@Allowed
public class AuthResource {
  @Inject private Accounts accounts;
  @Inject private TenantDirectory tenants;
  @Inject private Tokens tokens;
  @Inject private CurrentUser currentUser;
  @Inject private Event<AuditEvent> audit;

  /** Logs in to one hospital; the answer sets the session cookie. */
  @POST
  @Path("/login")
  @Allowed(anonymous = true)
  public Response login(Credentials credentials, @Context HttpServletRequest request) {
    Require.present(credentials, "body");
    char[] password = Require.present(credentials.password(), "password");
    String userName = Require.present(credentials.username(), "username");
    Actor actor = Actor.person(userName, request.getRemoteAddr());
    Optional<TenantView> tenant = tenant(Require.present(credentials.tenant(), "tenant"));
    try {
      AccountView account =
          accounts
              .authenticate(
                  tenant.map(TenantView::id).orElse(TenantId.of("nobody")), userName, password)
              .orElseThrow(() -> new VigilException(ErrorCode.IDENTITY_0001));
      recordLogin(account.tenant(), actor, AuditEvent.Outcome.SUCCESS);
      Tokens.IssuedToken token = tokens.issue(account);
      return Response.ok(
              new Session(
                  account.tenant().value(),
                  tenant.orElseThrow().name(),
                  account.userName(),
                  account.displayName(),
                  RoleGrant.texts(account.grants()),
                  permissions(new AccessRights(account.grants())),
                  token.expiresAt()))
          .cookie(SessionCookie.of(token.value()))
          .build();
    } catch (VigilException e) {
      tenant.ifPresentOrElse(
          known -> recordLogin(known.id(), actor, AuditEvent.Outcome.REFUSED),
          () -> audit.fire(login(actor).outcome(AuditEvent.Outcome.REFUSED)));
      throw e;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Ends the session in the browser. */
  @POST
  @Path("/logout")
  public Response logout() {
    audit.fire(AuditEvent.of(AuditEvent.Action.LOGOUT, currentUser.actor()));
    return Response.noContent().cookie(SessionCookie.ended()).build();
  }

  /** Who is logged in. */
  @GET
  @Path("/me")
  public Session me() {
    Identity identity = currentUser.identity();
    return new Session(
        identity.tenant().map(TenantId::value).orElse(null),
        identity.tenant().flatMap(tenants::find).map(TenantView::name).orElse(null),
        identity.userName(),
        identity.displayName(),
        RoleGrant.texts(identity.rights().grants()),
        permissions(identity.rights()),
        null);
  }

  private Optional<TenantView> tenant(String id) {
    try {
      return tenants.find(TenantId.of(id.trim()));
    } catch (VigilException e) {
      // An id of the wrong form answers as an unknown one: no hint which part was wrong.
      return Optional.empty();
    }
  }

  private void recordLogin(TenantId tenant, Actor actor, AuditEvent.Outcome outcome) {
    TenantContext.run(tenant, () -> audit.fire(login(actor).outcome(outcome)));
  }

  private static AuditEvent login(Actor actor) {
    return AuditEvent.of(AuditEvent.Action.LOGIN, actor).with(Map.of("method", "password"));
  }

  /** What a person types. */
  public record Credentials(String tenant, String username, char[] password) {}

  private static List<String> permissions(AccessRights rights) {
    return rights.permissions().stream().map(Enum::name).toList();
  }

  /**
   * Who is logged in, and until when.
   *
   * @param roles as {@link RoleGrant#text} writes them
   * @param permissions what they amount to, for the page to offer no more
   */
  public record Session(
      String tenant,
      String tenantName,
      String username,
      String displayName,
      List<String> roles,
      List<String> permissions,
      Instant expiresAt) {}
}
