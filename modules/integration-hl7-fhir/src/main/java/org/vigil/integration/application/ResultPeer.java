package org.vigil.integration.application;

import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.domain.Outcome;
import org.vigil.integration.domain.Parcel;

/** Port: a protocol in which results leave. Adding one is adding a bean. */
public interface ResultPeer {
  boolean carries(Kind kind);

  /**
   * Makes the result and sends it. Called outside any transaction; every wait has an end well
   * before {@link org.vigil.integration.domain.Delivery#CLAIM}.
   */
  Outcome send(Parcel parcel);
}
