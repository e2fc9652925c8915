package org.vigil.imaging.api;

import org.vigil.dicom.data.Attributes;
import org.vigil.kernel.Actor;

/**
 * Unified procedure steps of the current tenant (PS3.4 annex CC): peers create them, one peer
 * claims each and does it. Vigil keeps them and their rules and performs none.
 */
public interface Workitems {
  /**
   * Creates a workitem, which is scheduled then.
   *
   * @param uid its SOP instance UID
   * @throws org.vigil.kernel.VigilException IMAGING-0062 when there is one, IMAGING-0073 naming the
   *     attribute that is wrong
   */
  void create(String uid, Attributes workitem, Actor actor);

  /**
   * The workitem without its Transaction UID.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0061
   */
  Attributes retrieve(String uid);

  /**
   * Changes attributes.
   *
   * @param transaction UID with which it was claimed; null while nobody has
   * @throws org.vigil.kernel.VigilException IMAGING-0061, 0063, 0064, 0069, 0072, 0073
   */
  void update(String uid, String transaction, Attributes changes, Actor actor);

  /**
   * Claims, completes or cancels a workitem.
   *
   * @param state {@code IN PROGRESS}, {@code COMPLETED} or {@code CANCELED}
   * @throws org.vigil.kernel.VigilException IMAGING-0061, 0063 to 0069, 0073
   */
  Outcome changeState(String uid, String state, String transaction, Actor actor);

  /**
   * Asks for cancellation without having claimed it. In progress it is its performer who cancels,
   * and hears of this where anybody is subscribed to the workitem.
   *
   * @param information why and whom to talk to, or an empty data set
   * @throws org.vigil.kernel.VigilException IMAGING-0061, 0070, 0071
   */
  Outcome requestCancellation(String uid, Attributes information, Actor actor);

  /**
   * Finds workitems, the earliest start first.
   *
   * @param keys the identifier of a query (PS3.4 §C.2.2.2)
   */
  SearchMatches search(Attributes keys, int offset, int limit);

  /** How a request ended that was not refused. */
  enum Outcome {
    DONE,
    /** It stays as it is; its performer is told what is wanted. */
    PERFORMER_TOLD,
    ALREADY_COMPLETED,
    ALREADY_CANCELED
  }
}
