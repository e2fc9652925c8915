package org.vigil.integration.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.time.Duration;
import org.vigil.integration.application.SendDelivery;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.DatabaseReadiness;
import org.vigil.tenancy.api.QueuedIds;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;

/**
 * Sends results. One message at a time a session ({@code consumerWindowSize=0}), so that a critical
 * one overtakes all that wait; a message whose row is not visible yet comes again.
 */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/VigilDelivery"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "consumerWindowSize", propertyValue = "0"),
      @ActivationConfigProperty(
          propertyName = "maxSession",
          propertyValue = "${vigil.delivery.sessions:8}")
    })
public class DeliveryConsumer implements MessageListener {
  /** As the broker names it. */
  private static final String QUEUE = "vigil.delivery";

  private static final Duration WAIT_FOR_SCHEMAS = Duration.ofSeconds(30);

  @Inject private SendDelivery sendDelivery;
  @Inject private DatabaseReadiness database;
  @Inject private TenantDirectory tenants;
  @Inject private QueuedIds sealed;

  @Override
  public void onMessage(Message message) {
    try {
      database.await(WAIT_FOR_SCHEMAS);
      TenantId tenant = TenantId.of(message.getStringProperty("vigil_tenant"));
      if (tenants.find(tenant).isEmpty()) {
        // Its row waits; it is queued again when the hospital opens. An erased one has no row.
        return;
      }
      sealed
          .open(tenant, QUEUE, message.getBody(String.class))
          .ifPresent(delivery -> TenantContext.run(tenant, () -> sendDelivery.attempt(delivery)));
    } catch (JMSException e) {
      throw new EJBException(e);
    }
  }
}
