package org.vigil.dicom.net;

/** Hears of an association's life. Called on the association's own thread. */
public interface AssociationListener {

  /** The association was accepted. */
  default void opened(Association association) {}

  /** The peer released the association: whatever it wanted to send, it has sent. */
  default void released(Association association) {}

  /**
   * The association ended without release: aborted by either side, timed out, or the connection was
   * lost. What was answered with success before stays valid.
   *
   * @param reason words for a log
   */
  default void aborted(Association association, String reason) {}
}
