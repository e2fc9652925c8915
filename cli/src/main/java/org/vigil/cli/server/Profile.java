package org.vigil.cli.server;

/** What an installation is for. */
public enum Profile {
  /** Synthetic patients only: listens on loopback, and {@code ./vigil token} signs tokens. */
  DEMO("demo"),
  /** A hospital. */
  PRODUCTION("production");

  private final String key;

  Profile(String key) {
    this.key = key;
  }

  /** Its name on the command line and in {@code vigil.properties}. */
  public String key() {
    return key;
  }
}
