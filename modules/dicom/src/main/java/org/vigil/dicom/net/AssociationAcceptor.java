package org.vigil.dicom.net;

/** Decides whether a peer may open an association. Called on the association's own thread. */
@FunctionalInterface
public interface AssociationAcceptor {

  /**
   * Decides by AE titles, address and certificate. An exception refuses the association with
   * "temporary congestion" (2, 3, 1), so that the peer tries again.
   */
  AssociationDecision decide(AssociationRequest request) throws Exception;

  /** Accepts everybody; for tests and peers behind other walls. */
  static AssociationAcceptor any() {
    return request -> AssociationDecision.accept();
  }
}
