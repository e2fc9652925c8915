package org.vigil.identity.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;

/**
 * What stands behind a token: a session that ends after some time without use, after its longest
 * life, at log-out, or when an administrator says so. Its end is for good, over restarts too, and
 * is told as {@link SessionEnded}.
 */
public interface Sessions {
  /** Begins a session that ends after at most {@code longest}. */
  SessionView open(
      TenantId tenant, String userName, Method method, String address, Duration longest);

  /**
   * Checks a session, and notes that it is in use.
   *
   * @param byPerson whether somebody did something, as opposed to a page that refreshes itself
   * @throws org.vigil.kernel.VigilException IDENTITY-0002, with the reason, when it has ended
   */
  void use(UUID id, boolean byPerson);

  /**
   * Checks the session behind a token that somebody else issued, and notes that it is in use; with
   * its first use it begins. One that has ended stays ended for a day after its longest life.
   *
   * @param offered with the id that its token always gives
   * @return whether it has just begun
   * @throws org.vigil.kernel.VigilException IDENTITY-0002, with the reason, when it has ended
   */
  boolean adopt(SessionView offered, boolean byPerson);

  /** Whether it lasts; asking is no use of it. */
  boolean isOpen(UUID id);

  void end(UUID id, EndReason reason);

  /** Ends all of a user's sessions but one (which may be null) and says how many. */
  int endAll(TenantId tenant, String userName, UUID but, EndReason reason, Actor actor);

  /** Sessions that last, newest first. */
  List<SessionView> open(TenantId tenant);

  /** Longest life of a person's session. */
  Duration longest();

  /** How somebody logged in. */
  enum Method {
    PASSWORD,
    PASSWORD_AND_CODE,
    DIRECTORY,
    DIRECTORY_AND_CODE,
    OPENID,
    OPENID_TOKEN,
    CLIENT_CREDENTIALS
  }

  /** Why a session ended. */
  enum EndReason {
    LOGGED_OUT,
    IDLE,
    EXPIRED,
    REVOKED,
    GRANTS_CHANGED,
    PASSWORD_CHANGED
  }

  /** A session. */
  record SessionView(
      UUID id,
      TenantId tenant,
      String userName,
      Method method,
      String address,
      Instant openedAt,
      Instant lastSeenAt,
      Instant endsAt) {}

  /** A session has ended: fired as a CDI event, for what still hangs on it. */
  record SessionEnded(UUID id, TenantId tenant, String userName, EndReason reason) {}
}
