package org.vigil.web.security;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.time.Instant;

/** The browser's session: the token in a cookie no script can read. */
public final class SessionCookie {
  public static final String NAME = "vigil_session";

  private SessionCookie() {}

  public static NewCookie of(Tokens.IssuedToken token) {
    return cookie(
        token.value(), (int) Duration.between(Instant.now(), token.expiresAt()).toSeconds());
  }

  /** Ends the session in the browser. */
  public static NewCookie ended() {
    return cookie("", 0);
  }

  private static NewCookie cookie(String value, int maxAge) {
    return new NewCookie.Builder(NAME)
        .value(value)
        .path("/")
        .maxAge(maxAge)
        .secure(true)
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
