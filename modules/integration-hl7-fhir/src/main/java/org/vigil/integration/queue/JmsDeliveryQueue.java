package org.vigil.integration.queue;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import org.vigil.integration.application.DeliveryQueue;
import org.vigil.integration.domain.Delivery;
import org.vigil.tenancy.api.QueuedIds;
import org.vigil.tenancy.api.TenantContext;

/**
 * Sends through the pooled XA connection factory. A message's text is the delivery's id, sealed by
 * the hospital's key; its property {@code vigil_tenant} the hospital.
 */
@ApplicationScoped
public class JmsDeliveryQueue implements DeliveryQueue {
  /** As the broker names it. */
  private static final String QUEUE = "vigil.delivery";

  @Resource(lookup = "java:/JmsXA")
  private ConnectionFactory connections;

  @Resource(lookup = "java:/jms/queue/VigilDelivery")
  private Queue queue;

  @Inject private QueuedIds sealed;

  @Override
  @Transactional(Transactional.TxType.MANDATORY)
  public void enqueue(Collection<Delivery> deliveries, Duration wait) {
    if (deliveries.isEmpty()) {
      return;
    }
    try (JMSContext context = connections.createContext()) {
      JMSProducer producer =
          context
              .createProducer()
              .setDeliveryDelay(wait.toMillis())
              .setProperty("vigil_tenant", TenantContext.current().value());
      for (Delivery delivery : deliveries) {
        producer.setPriority(delivery.jmsPriority()).send(queue, sealed.seal(QUEUE, delivery.id()));
      }
    }
  }
}
