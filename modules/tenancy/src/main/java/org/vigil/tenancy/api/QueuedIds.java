package org.vigil.tenancy.api;

import java.util.Optional;
import java.util.UUID;
import org.vigil.kernel.TenantId;

/**
 * Ids on message queues, sealed by their hospital's key. The broker's journal holds nothing
 * readable, and a message that names another hospital than the one it was written for, or that
 * Vigil did not write, is recognised.
 */
public interface QueuedIds {
  /**
   * The text of a message for the current hospital.
   *
   * @param queue name of the queue it goes to
   */
  String seal(String queue, UUID id);

  /**
   * The id in a message's text. A message that does not open is audited as refused and is to be
   * acknowledged: delivering it again would not change it.
   *
   * @param tenant the hospital that the message names
   * @param queue name of the queue it came from
   * @return empty when it does not open for this hospital and queue
   * @throws org.vigil.kernel.VigilException CRYPTO-0001 or CRYPTO-0003 while the hospital's keys
   *     cannot be read: the message is to come again
   */
  Optional<UUID> open(TenantId tenant, String queue, String text);
}
