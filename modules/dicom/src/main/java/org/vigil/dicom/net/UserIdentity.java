package org.vigil.dicom.net;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Who sits at the requesting application (PS3.7 §D.3.3.7). What it says must be checked before it
 * is believed, and never written to a log.
 *
 * @param type what the fields hold
 * @param primary user name, or the Kerberos ticket, SAML assertion or JSON Web Token
 * @param secondary pass code with {@link Type#USERNAME_AND_PASSCODE}, else empty
 * @param responseRequested whether the requestor wants to know that the identity was taken
 */
@SuppressWarnings("ArrayRecordComponent") // a secret: neither compared nor printed
public record UserIdentity(Type type, byte[] primary, byte[] secondary, boolean responseRequested) {

  /** User identity types; their numbers are 1 to 5. */
  public enum Type {
    USERNAME,
    USERNAME_AND_PASSCODE,
    KERBEROS,
    SAML,
    JWT;

    int number() {
      return ordinal() + 1;
    }
  }

  public UserIdentity {
    Objects.requireNonNull(type, "type");
    primary = primary.clone();
    secondary = secondary.clone();
  }

  /** A user name with pass code. */
  public static UserIdentity of(String userName, String passcode) {
    return new UserIdentity(
        Type.USERNAME_AND_PASSCODE,
        userName.getBytes(StandardCharsets.UTF_8),
        passcode.getBytes(StandardCharsets.UTF_8),
        true);
  }

  /** A JSON Web Token. */
  public static UserIdentity ofToken(String token) {
    return new UserIdentity(Type.JWT, token.getBytes(StandardCharsets.US_ASCII), new byte[0], true);
  }

  @Override
  public String toString() {
    return "UserIdentity[" + type + "]";
  }
}
