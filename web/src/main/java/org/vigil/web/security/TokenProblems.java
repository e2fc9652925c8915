package org.vigil.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.web.security.AuthenticationFilter.TenantForged;
import org.vigil.web.security.CurrentUser.Identity;
import org.vigil.web.security.Tokens.SessionOver;

/**
 * Audits refused tokens: in the hospital's trail where the token was genuine, else in the
 * platform's. The same problem from the same address is written once a minute, so that nobody fills
 * the trail with rubbish.
 */
@ApplicationScoped
public class TokenProblems {
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int KEPT = 10_000;
  private static final String NOBODY = "unknown";

  @Inject private Event<AuditEvent> audit;

  private final Map<String, Instant> written = new ConcurrentHashMap<>();

  void record(VigilException refusal, String address) {
    if (refusal instanceof SessionOver over) {
      record(over.problem(), over.identity(), address);
    } else if (refusal instanceof TenantForged forged) {
      record("another tenant named", forged.identity(), address);
    } else if (refusal instanceof TokenRefused refused) {
      record(refused.problem(), null, address);
    } else {
      record(refusal.code().id(), null, address);
    }
  }

  private void record(String problem, Identity identity, String address) {
    String who = identity == null ? NOBODY : identity.userName();
    if (!isNew(problem + " " + who + " " + address)) {
      return;
    }
    AuditEvent event =
        AuditEvent.of(AuditEvent.Action.TOKEN_REFUSED, Actor.person(who, address))
            .outcome(AuditEvent.Outcome.REFUSED)
            .with(Map.of("problem", problem));
    if (identity != null && identity.tenant().isPresent()) {
      TenantContext.run(identity.tenant().get(), () -> audit.fire(event));
    } else {
      audit.fire(event);
    }
  }

  private boolean isNew(String key) {
    Instant now = Instant.now();
    if (written.size() > KEPT) {
      written.values().removeIf(at -> now.isAfter(at.plus(QUIET)));
    }
    Instant before = written.put(key, now);
    return before == null || now.isAfter(before.plus(QUIET));
  }
}
