package org.vigil.integration.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.integration.domain.Outcome;
import org.vigil.integration.domain.Parcel;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * One attempt at a delivery: claimed in a short transaction, sent outside any, settled in the
 * transaction that acknowledges the message. Dying anywhere between means sending again, and
 * everything sent bears an identity by which the peer knows it.
 */
@ApplicationScoped
public class SendDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(SendDelivery.class);

  @Inject private DeliveryLedger ledger;
  @Inject private ResultDispatch dispatch;

  /**
   * Tries once, for the current tenant.
   *
   * @throws VigilException INTEGRATION-0009 when the row is not visible yet
   */
  public void attempt(UUID delivery) {
    if (ledger.claim(delivery)) {
      ledger.settle(delivery, outcome(delivery));
    }
  }

  private Outcome outcome(UUID delivery) {
    Optional<Parcel> parcel;
    try {
      parcel = ledger.open(delivery);
    } catch (VigilException e) {
      if (e.code() == ErrorCode.TENANCY_0010) {
        // Waits for a person, not for time: should the patient agree later, it can be sent again.
        return Outcome.refused(e.code().id() + " " + e.code().text());
      }
      LOG.warn("delivery {} cannot be made up: {}", delivery, e.getMessage());
      return Outcome.notTaken(e.code().id());
    }
    return parcel
        .map(dispatch::send)
        .orElseGet(
            () ->
                Outcome.refused(
                    "the study no longer belongs to the order, or the destination was removed"));
  }
}
