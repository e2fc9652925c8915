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
import java.util.Optional;
import org.vigil.identity.api.Accounts;
import org.vigil.identity.api.Accounts.AccountView;
import org.vigil.identity.api.Sessions;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;
import org.vigil.web.security.CurrentUser.Identity;
import org.vigil.web.security.LogIn;
import org.vigil.web.security.SessionCookie;
import org.vigil.web.security.Tokens.IssuedToken;

/** Log-in and log-out of people. */
@Path("/auth")
@Produces(MediaType.APPLICATION_JSON)
@Allowed
public class AuthResource {
  @Inject private Accounts accounts;
  @Inject private Sessions sessions;
  @Inject private TenantDirectory tenants;
  @Inject private LogIn logIn;
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
    String address = request.getRemoteAddr();
    Optional<TenantView> tenant =
        tenant(Require.present(credentials.tenant(), "tenant"), Actor.person(userName, address));
    TenantId id = tenant.map(TenantView::id).orElse(null);
    try {
      AccountView account =
          accounts.authenticate(id, userName, password, credentials.code(), address);
      String restricted = restriction(account);
      IssuedToken token =
          logIn.succeeded(
              new LogIn.Who(id, account.userName(), account.displayName(), false),
              method(account),
              account.grants(),
              address,
              restricted);
      AccessRights rights =
          restricted == null ? new AccessRights(account.grants()) : new AccessRights(List.of());
      return Response.ok(
              new Session(
                  id.value(),
                  tenant.orElseThrow().name(),
                  account.userName(),
                  account.displayName(),
                  RoleGrant.texts(account.grants()),
                  permissions(rights),
                  restricted,
                  token.expiresAt()))
          .cookie(SessionCookie.of(token))
          .build();
    } catch (VigilException e) {
      logIn.refused(id, Actor.person(userName, address), Sessions.Method.PASSWORD, e);
      throw e;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Ends the session: its token is worth nothing from now on, wherever it may be. */
  @POST
  @Path("/logout")
  public Response logout() {
    Identity identity = currentUser.identity();
    audit.fire(AuditEvent.of(AuditEvent.Action.LOGOUT, currentUser.actor()));
    if (identity.session() != null) {
      sessions.end(identity.session(), Sessions.EndReason.LOGGED_OUT);
    }
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
        identity.restricted(),
        null);
  }

  private static Sessions.Method method(AccountView account) {
    if (account.ofDirectory()) {
      return account.secondFactor()
          ? Sessions.Method.DIRECTORY_AND_CODE
          : Sessions.Method.DIRECTORY;
    }
    return account.secondFactor() ? Sessions.Method.PASSWORD_AND_CODE : Sessions.Method.PASSWORD;
  }

  /** What a person must do before anything else. */
  private String restriction(AccountView account) {
    if (account.mustChangePassword()) {
      return "password";
    }
    return !account.secondFactor() && accounts.requiresSecondFactor(account.tenant())
        ? "second-factor"
        : null;
  }

  private Optional<TenantView> tenant(String text, Actor actor) {
    TenantId id;
    try {
      id = TenantId.of(text.trim());
    } catch (VigilException e) {
      // An id of the wrong form answers as an unknown one: no hint which part was wrong.
      return Optional.empty();
    }
    if (tenants.closed(id).isPresent()) {
      try {
        tenants.require(id);
      } catch (VigilException e) {
        logIn.refused(null, actor, Sessions.Method.PASSWORD, e);
        throw e;
      }
    }
    return tenants.find(id);
  }

  private static List<String> permissions(AccessRights rights) {
    return rights.permissions().stream().map(Enum::name).toList();
  }

  /** What a person types; {@code code} where a second factor is set up. */
  public record Credentials(String tenant, String username, char[] password, String code) {}

  /**
   * Who is logged in, and until when.
   *
   * @param roles as {@link RoleGrant#text} writes them
   * @param permissions what they amount to, for the page to offer no more
   * @param restricted what must be done first ({@code password}, {@code second-factor}), or null
   */
  public record Session(
      String tenant,
      String tenantName,
      String username,
      String displayName,
      List<String> roles,
      List<String> permissions,
      String restricted,
      Instant expiresAt) {}
}
