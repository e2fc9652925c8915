package org.vigil.tests.incontainer.launch;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Tells Arquillian of {@link LaunchedServer}. */
public final class LaunchVigil implements LoadableExtension {
  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(LaunchedServer.class);
  }
}
