package org.vigil.identity.api;

import java.util.List;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;

/** One-time codes of an authenticator app (RFC 6238) as second factor of local accounts. */
public interface SecondFactors {
  /**
   * Makes a secret, which counts only once a code of it was confirmed.
   *
   * @throws org.vigil.kernel.VigilException IDENTITY-0010; KERNEL-0005 when one is set up already
   */
  Enrolment enrol(TenantId tenant, String userName);

  /**
   * Confirms the secret with one of its codes.
   *
   * @return recovery codes, shown this once; each serves once instead of a code
   * @throws org.vigil.kernel.VigilException IDENTITY-0008
   */
  List<String> confirm(TenantId tenant, String userName, String code, Actor actor);

  /** Takes the second factor away: by its owner with a code, or by an administrator without. */
  void remove(TenantId tenant, String userName, Actor actor);

  /**
   * A secret for an authenticator app.
   *
   * @param secret base 32
   * @param otpauthUri the same as a URI, for a QR code
   */
  record Enrolment(String secret, String otpauthUri) {}
}
