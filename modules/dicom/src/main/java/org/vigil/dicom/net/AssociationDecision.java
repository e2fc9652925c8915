package org.vigil.dicom.net;

/**
 * The answer of an {@link AssociationAcceptor}.
 *
 * @param rejection null to accept
 * @param attachment whatever the acceptor wants to find again at {@link Association#attachment()},
 *     for example the tenant that the called AE title stands for
 * @param identityResponse says that the {@link UserIdentity} was checked and taken (PS3.7
 *     §D.3.3.7.2): empty but for Kerberos and SAML; null where it was not looked at
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, not compared
public record AssociationDecision(
    RejectReason rejection, Object attachment, byte[] identityResponse) {

  /** Accepts. */
  public static AssociationDecision accept() {
    return new AssociationDecision(null, null, null);
  }

  /** Accepts, and keeps an object with the association. */
  public static AssociationDecision accept(Object attachment) {
    return new AssociationDecision(null, attachment, null);
  }

  /** Accepts a user whose identity was checked. */
  public static AssociationDecision acceptUser(Object attachment) {
    return new AssociationDecision(null, attachment, new byte[0]);
  }

  /** Refuses. */
  public static AssociationDecision reject(RejectReason reason) {
    return new AssociationDecision(reason, null, null);
  }

  /** Whether the association may be established. */
  public boolean isAccepted() {
    return rejection == null;
  }
}
