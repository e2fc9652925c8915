package org.vigil.integration.mllp;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether the MLLP port is open; told by the listener, asked by the health check. */
@ApplicationScoped
public class MllpState {
  private volatile boolean listening;
  private volatile int port;
  private volatile String problem = "not started";

  public void listening(int onPort) {
    port = onPort;
    problem = null;
    listening = true;
  }

  public void notListening(String because) {
    problem = because;
    listening = false;
  }

  public boolean isListening() {
    return listening;
  }

  /** The port bound last, 0 before the first time. */
  public int port() {
    return port;
  }

  /** Why the port is closed, or null. */
  public String problem() {
    return problem;
  }
}
