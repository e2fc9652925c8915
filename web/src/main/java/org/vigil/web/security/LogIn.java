package org.vigil.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.vigil.identity.api.Sessions;
import org.vigil.identity.api.Sessions.Method;
import org.vigil.identity.api.Sessions.SessionView;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.security.Tokens.IssuedToken;

/** What every way of logging in ends with: a session, its token, and a line in the audit trail. */
@ApplicationScoped
public class LogIn {
  @Inject private Sessions sessions;
  @Inject private Tokens tokens;
  @Inject private Event<AuditEvent> audit;

  /** Begins a person's session. */
  public IssuedToken succeeded(
      Who who, Method method, Set<RoleGrant> grants, String address, String restricted) {
    return succeeded(who, method, grants, address, restricted, sessions.longest());
  }

  /** Begins a session of at most this length. */
  public IssuedToken succeeded(
      Who who,
      Method method,
      Set<RoleGrant> grants,
      String address,
      String restricted,
      Duration longest) {
    SessionView session = sessions.open(who.tenant(), who.userName(), method, address, longest);
    IssuedToken token = tokens.issue(session, who.displayName(), grants, restricted);
    TenantContext.run(
        who.tenant(),
        () ->
            audit.fire(
                event(who.actor(address), method)
                    .on(session.id().toString())
                    .with(details(method, restricted))));
    return token;
  }

  /**
   * Goes on with the session behind a provider's token; the first use of it is a log-in.
   *
   * @throws VigilException IDENTITY-0002 when it has ended
   */
  void continued(Who who, UUID session, String address, boolean byPerson) {
    Instant now = Instant.now();
    boolean begins =
        sessions.adopt(
            new SessionView(
                session,
                who.tenant(),
                who.userName(),
                Method.OPENID_TOKEN,
                address,
                now,
                now,
                now.plus(sessions.longest())),
            byPerson);
    if (begins) {
      TenantContext.run(
          who.tenant(),
          () -> audit.fire(event(who.actor(address), Method.OPENID_TOKEN).on(session.toString())));
    }
  }

  /**
   * Records a refusal.
   *
   * @param tenant null where the hospital is unknown: then the platform's trail has it
   */
  public void refused(TenantId tenant, Actor actor, Method method, VigilException why) {
    AuditEvent event =
        event(actor, method)
            .outcome(AuditEvent.Outcome.REFUSED)
            .with(Map.of("method", method.name(), "code", why.code().id()));
    if (why.code() == ErrorCode.IDENTITY_0007) {
      // The password was right and the page goes on to ask for the code.
      return;
    }
    if (tenant == null) {
      audit.fire(event);
    } else {
      TenantContext.run(tenant, () -> audit.fire(event));
    }
  }

  private static AuditEvent event(Actor actor, Method method) {
    return AuditEvent.of(AuditEvent.Action.LOGIN, actor).with(Map.of("method", method.name()));
  }

  private static Map<String, String> details(Method method, String restricted) {
    return restricted == null
        ? Map.of("method", method.name())
        : Map.of("method", method.name(), "restricted", restricted);
  }

  /** Who has logged in. */
  public record Who(TenantId tenant, String userName, String displayName, boolean service) {
    Actor actor(String address) {
      return service ? Actor.peer(userName, address) : Actor.person(userName, address);
    }
  }
}
