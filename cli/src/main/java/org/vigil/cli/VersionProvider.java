package org.vigil.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the JAR's manifest; {@code development} when run from classes. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Vigil.class.getPackage().getImplementationVersion();
    return new String[] {
      "vigil " + (version == null ? "development" : version),
      "Java " + Runtime.version() + " (" + System.getProperty("os.arch") + ")"
    };
  }
}
