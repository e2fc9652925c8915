package org.vigil.tests.server;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Stops the run's server when all tests are over, whatever became of them. */
public final class StopAtEnd implements LauncherSessionListener {
  @Override
  public void launcherSessionClosed(LauncherSession session) {
    VigilServer.stopShared();
  }
}
