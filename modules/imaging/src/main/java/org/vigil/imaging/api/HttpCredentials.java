package org.vigil.imaging.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * By what Vigil shows a DICOMweb service who it is.
 *
 * @param value what follows the scheme in the Authorization header; empty with {@link Scheme#NONE}
 */
public record HttpCredentials(Scheme scheme, String value) {
  /** None: what was kept is forgotten. */
  public static final HttpCredentials NONE = new HttpCredentials(Scheme.NONE, "");

  /** A name and a password (RFC 7617), in UTF-8; the name holds no colon. */
  public static HttpCredentials basic(String user, String password) {
    return new HttpCredentials(
        Scheme.BASIC,
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  /** A token (RFC 6750). */
  public static HttpCredentials bearer(String token) {
    return new HttpCredentials(Scheme.BEARER, token);
  }

  /** For logs: without the secret. */
  @Override
  public String toString() {
    return scheme.name();
  }

  /** How they are shown. */
  public enum Scheme {
    NONE,
    BASIC,
    BEARER
  }
}
