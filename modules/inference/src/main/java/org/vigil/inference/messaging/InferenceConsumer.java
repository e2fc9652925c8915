package org.vigil.inference.messaging;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.inference.application.ModelRegistry;
import org.vigil.inference.application.RunAnalysis;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.DatabaseReadiness;
import org.vigil.tenancy.api.QueuedIds;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;

/**
 * Takes jobs by priority. Each consumer fetches one message at a time (consumerWindowSize 0): a
 * message that waits in a consumer's buffer could not be overtaken by a critical one.
 *
 * <p>The container's XA transaction acknowledges the message together with the result. A refusal
 * rolls it back, and the broker delivers the message again after its delay.
 */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/VigilInference"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "consumerWindowSize", propertyValue = "0"),
      @ActivationConfigProperty(
          propertyName = "maxSession",
          propertyValue = "${vigil.inference.sessions:2}"),
      @ActivationConfigProperty(
          propertyName = "transactionTimeout",
          propertyValue = "${vigil.inference.transaction-timeout-seconds:600}")
    })
public class InferenceConsumer implements MessageListener {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceConsumer.class);

  /** As the broker names it. */
  private static final String QUEUE = "vigil.inference";

  private static final String TENANT = "vigil_tenant";
  private static final String DELIVERY_COUNT = "JMSXDeliveryCount";

  /** The broker's max-delivery-attempts (wildfly-config): after this one come the dead letters. */
  private static final int LAST_DELIVERY = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Resource private MessageDrivenContext context;

  @Inject private DatabaseReadiness database;
  @Inject private TenantDirectory tenants;
  @Inject private QueuedIds sealed;
  @Inject private ModelRegistry models;
  @Inject private RunAnalysis runAnalysis;

  @Override
  public void onMessage(Message message) {
    String id = "unknown";
    int delivery = 0;
    try {
      delivery = message.getIntProperty(DELIVERY_COUNT);
      TenantId tenant = TenantId.of(message.getStringProperty(TENANT));
      boolean last = delivery >= LAST_DELIVERY;
      database.await(PATIENCE);
      if (tenants.find(tenant).isEmpty()) {
        // Its row waits; it is queued again when the hospital opens. An erased one has no row.
        LOG.info("An analysis waits: hospital {} is closed", tenant);
        return;
      }
      Optional<UUID> analysis = sealed.open(tenant, QUEUE, message.getBody(String.class));
      if (analysis.isEmpty()) {
        return;
      }
      UUID analysisId = analysis.get();
      id = analysisId.toString();
      models.await(PATIENCE);
      TenantContext.run(tenant, () -> runAnalysis.run(analysisId, last));
    } catch (JMSException | RuntimeException e) {
      context.setRollbackOnly();
      LOG.warn("Delivery {} of analysis {} is rolled back: {}", delivery, id, e.toString(), e);
    }
  }
}
