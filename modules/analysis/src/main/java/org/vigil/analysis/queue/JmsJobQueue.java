package org.vigil.analysis.queue;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.vigil.analysis.application.JobQueue;
import org.vigil.kernel.Priority;
import org.vigil.tenancy.api.QueuedIds;
import org.vigil.tenancy.api.TenantContext;

/**
 * Sends jobs through the pooled XA connection factory. A message's text is the analysis' id, sealed
 * by the hospital's key; its property {@code vigil_tenant} the hospital.
 */
@ApplicationScoped
public class JmsJobQueue implements JobQueue {
  /** As the broker names it. */
  private static final String QUEUE = "vigil.inference";

  @Resource(lookup = "java:/JmsXA")
  private ConnectionFactory connections;

  @Resource(lookup = "java:/jms/queue/VigilInference")
  private Queue queue;

  @Inject private QueuedIds sealed;

  @Override
  @Transactional(Transactional.TxType.MANDATORY)
  public void enqueue(UUID analysis, Priority priority, int stepsBack) {
    try (JMSContext context = connections.createContext()) {
      context
          .createProducer()
          // 9 to 7 for STAT, 6 to 4 for urgent, 3 to 1 for routine jobs.
          .setPriority(priority.jmsPriority() - stepsBack)
          .setProperty("vigil_tenant", TenantContext.current().value())
          .send(queue, sealed.seal(QUEUE, analysis));
    }
  }
}
