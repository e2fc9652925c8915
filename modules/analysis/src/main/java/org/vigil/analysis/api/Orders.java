package org.vigil.analysis.api;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Orders of the current tenant. */
public interface Orders {
  /**
   * Applies an order in the caller's transaction; matches a study that came before it.
   *
   * @return the order's row
   */
  OrderView apply(PlaceOrder command);

  Optional<OrderView> find(UUID id);

  /** Orders whose study has not come, oldest first. */
  List<OrderView> awaitingStudy();

  List<OrderView> recent(int limit);
}
