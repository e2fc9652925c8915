package org.vigil.integration.queue;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import org.vigil.integration.application.DeliveryQueue;
import org.vigil.integration.domain.Delivery;
import org.vigil.tenancy.api.TenantContext;

/**
 * Sends through the pooled XA connection factory. A message's text is the delivery's id, its
 * property {@code vigil_tenant} the hospital; nothing of the patient is in the journal.
 */
@ApplicationScoped
public class JmsDeliveryQueue implements DeliveryQueue {
  @Resource(lookup = "java:/JmsXA")
  private ConnectionFactory connections;

  @Resource(lookup = "java:/jms/queue/VigilDelivery")
  private Queue queue;

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
        producer.setPriority(delivery.jmsPriority()).send(queue, delivery.id().toString());
      }
    }
  }
}
