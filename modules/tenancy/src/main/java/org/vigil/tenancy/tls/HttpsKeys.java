package org.vigil.tenancy.tls;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The key store and key manager of the server's own HTTPS listener, through WildFly's management
 * operations as its JMX domain offers them inside the server.
 */
@ApplicationScoped
public class HttpsKeys {
  private static final String ELYTRON = "jboss.as:subsystem=elytron,";

  /** Reads the key store's file again and hands its keys to the listener. */
  void reload() throws IOException {
    MBeanServer management = ManagementFactory.getPlatformMBeanServer();
    try {
      management.invoke(
          new ObjectName(ELYTRON + "key-store=vigil"), "load", new Object[0], new String[0]);
      management.invoke(
          new ObjectName(ELYTRON + "key-manager=vigil"), "init", new Object[0], new String[0]);
    } catch (JMException e) {
      throw new IOException("HTTPS could not take the new certificate: " + e.getMessage(), e);
    }
  }
}
