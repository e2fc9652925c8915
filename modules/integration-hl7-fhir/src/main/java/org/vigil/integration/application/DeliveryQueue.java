package org.vigil.integration.application;

import java.time.Duration;
import java.util.Collection;
import org.vigil.integration.domain.Delivery;

/** Port: the queue of deliveries. */
public interface DeliveryQueue {
  /**
   * Puts deliveries of the current tenant into the queue as part of the current transaction.
   *
   * @param wait zero, or how long the queue keeps them back
   */
  void enqueue(Collection<Delivery> deliveries, Duration wait);
}
