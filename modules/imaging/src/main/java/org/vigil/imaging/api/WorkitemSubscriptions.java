package org.vigil.imaging.api;

import java.util.List;
import java.util.function.Consumer;
import org.vigil.dicom.data.Attributes;
import org.vigil.kernel.Actor;

/**
 * Who hears of the current tenant's workitems (PS3.4 §CC.2.3, PS3.18 §11.10 to §11.13). An AE title
 * is its first subscriber's as long as it has any subscription. What there is to hear is fired as
 * {@link WorkitemReported}.
 */
public interface WorkitemSubscriptions {
  /** Stands for all workitems, those to come included. */
  String WORKLIST = "1.2.840.10008.5.1.4.34.5";

  /** Stands for all that match a filter. */
  String FILTERED_WORKLIST = "1.2.840.10008.5.1.4.34.5.1";

  /**
   * Subscribes, or changes the subscription that there is, and reports the present states.
   *
   * @param uid of a workitem, or one of the two that stand for more
   * @param filter matching keys with {@link #FILTERED_WORKLIST}; else null
   * @param lock whether the workitems are to be kept after their end
   * @throws org.vigil.kernel.VigilException IMAGING-0061, IMAGING-0075, KERNEL-0003
   */
  void subscribe(String uid, Subscriber who, Attributes filter, boolean lock);

  /**
   * Ends the subscription to a workitem, or with one of the two UIDs all subscriptions.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0074, IMAGING-0075
   */
  void unsubscribe(String uid, Subscriber who);

  /**
   * Subscribes to no further workitems; those subscribed to stay.
   *
   * @throws org.vigil.kernel.VigilException IMAGING-0074, IMAGING-0075
   */
  void suspend(Subscriber who);

  /**
   * Hands over what somebody who begins to listen must know: the state of each workitem that he is
   * subscribed to, and the requests to cancel that are open.
   *
   * @param opened told first that nothing refuses him, within the transaction
   * @throws org.vigil.kernel.VigilException IMAGING-0075
   */
  void follow(Subscriber who, Consumer<List<Attributes>> opened);

  /**
   * Who subscribes.
   *
   * @param administers whether he may end the subscriptions of others
   */
  record Subscriber(String aeTitle, Actor actor, boolean administers) {}
}
