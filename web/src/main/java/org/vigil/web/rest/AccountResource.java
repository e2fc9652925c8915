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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.vigil.identity.api.Accounts;
import org.vigil.identity.api.Accounts.AccountDescription;
import org.vigil.identity.api.Accounts.AccountView;
import org.vigil.identity.api.SecondFactors;
import org.vigil.identity.api.Sessions;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Permission;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.CurrentUser;

/** Local accounts of a hospital, for its administrator. */
@Path("/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Allowed(Permission.ACCOUNT_ADMINISTER)
public class AccountResource {
  @Inject private Accounts accounts;
  @Inject private SecondFactors secondFactors;
  @Inject private Sessions sessions;
  @Inject private CurrentUser currentUser;

  @GET
  @Allowed(Permission.ACCOUNT_VIEW)
  public Map<String, List<AccountBody>> list() {
    return Map.of(
        "accounts", accounts.list(TenantContext.current()).stream().map(AccountBody::of).toList());
  }

  /**
   * Creates an account, or changes it to this description; a password must be changed at log-in.
   */
  @PUT
  @Path("/{user}")
  public AccountBody describe(@PathParam("user") String user, NewAccountBody body) {
    Require.present(body, "body");
    try {
      return AccountBody.of(
          accounts.describe(
              TenantContext.current(),
              new AccountDescription(
                  Require.matching("[\\w.@-]{2,64}", user, "user"),
                  Require.present(body.displayName(), "displayName"),
                  grants(Require.present(body.roles(), "roles")),
                  body.enabled() == null || body.enabled(),
                  body.password()),
              currentUser.actor()));
    } finally {
      if (body.password() != null) {
        Arrays.fill(body.password(), '\0');
      }
    }
  }

  @POST
  @Path("/{user}/unlock")
  public void unlock(@PathParam("user") String user) {
    accounts.unlock(TenantContext.current(), user, currentUser.actor());
  }

  /** For a lost phone: the person sets a new one up at the next log-in. */
  @DELETE
  @Path("/{user}/second-factor")
  public void removeSecondFactor(@PathParam("user") String user) {
    secondFactors.remove(TenantContext.current(), user, currentUser.actor());
    endSessions(user);
  }

  /** Ends all of a person's sessions at once. */
  @DELETE
  @Path("/{user}/sessions")
  public Map<String, Integer> endSessions(@PathParam("user") String user) {
    return Map.of(
        "ended",
        sessions.endAll(
            TenantContext.current(), user, null, Sessions.EndReason.REVOKED, currentUser.actor()));
  }

  @GET
  @Path("/sessions")
  public Map<String, List<SessionBody>> sessions() {
    TenantId tenant = TenantContext.current();
    return Map.of("sessions", sessions.open(tenant).stream().map(SessionBody::of).toList());
  }

  static Set<RoleGrant> grants(List<String> texts) {
    return texts.stream().map(RoleGrant::parse).collect(Collectors.toSet());
  }

  /** How an account shall be. */
  public record NewAccountBody(
      String displayName, List<String> roles, Boolean enabled, char[] password) {}

  /** An account. */
  public record AccountBody(
      String username,
      String displayName,
      List<String> roles,
      boolean enabled,
      boolean ofDirectory,
      Instant lockedUntil,
      boolean secondFactor,
      boolean mustChangePassword,
      Instant lastLoginAt) {

    static AccountBody of(AccountView a) {
      return new AccountBody(
          a.userName(),
          a.displayName(),
          RoleGrant.texts(a.grants()),
          a.enabled(),
          a.ofDirectory(),
          a.lockedUntil(),
          a.secondFactor(),
          a.mustChangePassword(),
          a.lastLoginAt());
    }
  }

  /** A session that lasts. */
  public record SessionBody(
      UUID id,
      String username,
      String method,
      String address,
      Instant openedAt,
      Instant lastSeenAt,
      Instant endsAt) {

    static SessionBody of(Sessions.SessionView s) {
      return new SessionBody(
          s.id(),
          s.userName(),
          Terms.of(s.method()),
          s.address(),
          s.openedAt(),
          s.lastSeenAt(),
          s.endsAt());
    }
  }
}
