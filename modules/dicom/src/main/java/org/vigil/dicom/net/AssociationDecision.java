package org.vigil.dicom.net;

/**
 * The answer of an {@link AssociationAcceptor}.
 *
 * @param rejection null to accept
 * @param attachment whatever the acceptor wants to find again at {@link Association#attachment()},
 *     for example the tenant that the called AE title stands for
 */
public record AssociationDecision(RejectReason rejection, Object attachment) {

  /** Accepts. */
  public static AssociationDecision accept() {
    return new AssociationDecision(null, null);
  }

  /** Accepts, and keeps an object with the association. */
  public static AssociationDecision accept(Object attachment) {
    return new AssociationDecision(null, attachment);
  }

  /** Refuses. */
  public static AssociationDecision reject(RejectReason reason) {
    return new AssociationDecision(reason, null);
  }

  /** Whether the association may be established. */
  public boolean isAccepted() {
    return rejection == null;
  }
}
