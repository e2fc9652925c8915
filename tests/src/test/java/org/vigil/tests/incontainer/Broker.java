package org.vigil.tests.incontainer;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.vigil.kernel.TenantId;

/** A queue through the server's own management. */
enum Broker {
  INFERENCE("vigil.inference"),
  DELIVERY("vigil.delivery"),
  DEAD("DLQ");

  private final String queue;

  Broker(String queue) {
    this.queue = queue;
  }

  /** Consumers stay, but get nothing. */
  void pause() {
    call("pause");
  }

  void resume() {
    call("resume");
  }

  /**
   * Messages of a hospital that wait, counted up to 200 (Artemis browses no further); those put off
   * or in hand are not counted.
   */
  long messages(TenantId tenant) {
    return ((Number) call("countMessages", filter(tenant))).longValue();
  }

  void remove(TenantId tenant) {
    call("removeMessages", filter(tenant));
  }

  /** Messages of all hospitals, wherever they are. */
  long all() {
    return ((Number) attribute("messageCount")).longValue();
  }

  /** Messages that consumers hold at this moment. */
  int inHand() {
    return ((Number) attribute("deliveringCount")).intValue();
  }

  /** Messages that wait for the time of their redelivery. */
  long putOff() {
    return ((Number) attribute("scheduledCount")).longValue();
  }

  private static String filter(TenantId tenant) {
    return "vigil_tenant = '" + tenant.value() + "'";
  }

  private Object attribute(String attribute) {
    try {
      return server().getAttribute(managed(), attribute);
    } catch (JMException e) {
      throw new IllegalStateException(queue + " " + attribute, e);
    }
  }

  private Object call(String operation, String... arguments) {
    String[] types = new String[arguments.length];
    java.util.Arrays.fill(types, String.class.getName());
    try {
      return server().invoke(managed(), operation, arguments, types);
    } catch (JMException e) {
      throw new IllegalStateException(queue + " " + operation, e);
    }
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  @SuppressWarnings("BanJNDI") // no JNDI: the name of a management bean
  private ObjectName managed() throws JMException {
    return new ObjectName(
        "jboss.as:subsystem=messaging-activemq,server=default,jms-queue=" + queue);
  }
}
